#include "libs/storage/end_process.h"

#include <sysexits.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"

namespace xiufu::storage {

void EndProcess(absl::string_view store, absl::string_view step, const absl::Status& why) {
  const std::string line = absl::StrCat("xiufu: store ", store, ": ", step, " failed, ",
                                        why.message(), "; outcome unknown, the process ends\n");
  const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
  static_cast<void>(written);  // nobody is left to tell
  std::_Exit(EX_IOERR);
}

}  // namespace xiufu::storage
