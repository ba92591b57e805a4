#include "libs/storage/ballast.h"

#include <fcntl.h>
#include <unistd.h>

namespace xiufu::storage {

bool Ballast::Take() {
  if (bytes_ == 0) return true;
  const int fd = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool held = posix_fallocate(fd, 0, bytes_) == 0;
  close(fd);
  if (!held) GiveUp();
  return held;
}

void Ballast::GiveUp() {
  if (bytes_ > 0) unlink(path_.c_str());
}

}  // namespace xiufu::storage
