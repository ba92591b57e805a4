#include "services/intake/drivers/file_channel.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "services/intake/drivers/notification_codec.h"

namespace xiufu::intake {
namespace {

// It may be full or away for a time: never for good.
absl::Status NotNow(const char* what) {
  return absl::UnavailableError(absl::StrCat(what, ": ", std::strerror(errno)));
}

bool WriteAll(int fd, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// What was renamed stays renamed.
absl::Status SyncFolder(const std::string& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return NotNow("open folder");
  const bool synced = fsync(fd) == 0;
  absl::Status status = synced ? absl::OkStatus() : NotNow("fsync folder");
  close(fd);
  return status;
}

}  // namespace

absl::Status FileChannel::Send(const OutgoingMessage& message, absl::Time) {
  if (mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return NotNow("mkdir");
  const std::string id = message.notification.id.ToString();
  const std::string path = absl::StrCat(folder_, "/", id, ".json");
  const std::string half = absl::StrCat(folder_, "/.", id, ".part");
  const int fd = open(half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return NotNow("open");
  const bool written = WriteAll(fd, ShortMessageJson(message)) && fsync(fd) == 0;
  absl::Status status = written ? absl::OkStatus() : NotNow("write");
  close(fd);
  if (!status.ok()) return status;
  if (rename(half.c_str(), path.c_str()) != 0) return NotNow("rename");
  return SyncFolder(folder_);
}

}  // namespace xiufu::intake
