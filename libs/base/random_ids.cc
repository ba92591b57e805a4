#include "libs/base/random_ids.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

#include "libs/base/query_code.h"

namespace xiufu {
namespace {

void FillWithChance(void* out, size_t size) {
  char* at = static_cast<char*>(out);
  while (size > 0) {
    const ssize_t got = getrandom(at, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) abort();  // without chance no query code is a secret
    at += got;
    size -= static_cast<size_t>(got);
  }
}

}  // namespace

Id RandomIds::NewV7(absl::Time now) {
  uint64_t words[2];
  FillWithChance(words, sizeof(words));
  absl::MutexLock lock(&mutex_);
  return sequence_.Next(now, words[0], words[1]);
}

std::string RandomIds::NewQueryCode(size_t length) {
  return MakeQueryCode(length, [] {
    uint8_t byte = 0;
    FillWithChance(&byte, sizeof(byte));
    return byte;
  });
}

}  // namespace xiufu
