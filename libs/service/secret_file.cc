#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/service/config.h"

namespace xiufu::service {

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  absl::Cleanup close_fd = [fd] { close(fd); };
  struct stat info {};
  if (fstat(fd, &info) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  if ((info.st_mode & 077) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat(path, " can be used by others; its mode must be 0600"));
  }
  char buffer[4097];
  const ssize_t size = read(fd, buffer, sizeof buffer);
  if (size < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  const absl::string_view text(buffer, static_cast<size_t>(size));
  const absl::string_view line = absl::StripTrailingAsciiWhitespace(text);
  if (line.empty() || text.size() == sizeof buffer || line.find('\n') != absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat(path, " must hold one line, and nothing else"));
  }
  return std::string(line);
}

}  // namespace xiufu::service
