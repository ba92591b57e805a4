#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "libs/rpc/server.h"

namespace xiufu::rpc {
namespace {

constexpr size_t kTokenBytes = 32;

std::string RandomToken() {
  std::string bytes(kTokenBytes, '\0');
  RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  return absl::WebSafeBase64Escape(bytes);
}

absl::Status CheckName(absl::string_view principal) {
  const bool good =
      !principal.empty() && principal.size() <= 64 &&
      std::all_of(principal.begin(), principal.end(), [](unsigned char c) {
        return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_' || c == '-';
      });
  if (good) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("\"", principal, "\" is no principal: [a-z0-9_-]{1,64}"));
}

absl::Status WriteNew(const std::string& path, const std::string& content) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot create ", path));
  absl::Cleanup close_fd = [fd] { close(fd); };
  // The mode above is cut by the umask, which may also take away the owner's rights.
  if (fchmod(fd, 0600) != 0 ||
      write(fd, content.data(), content.size()) != static_cast<ssize_t>(content.size()) ||
      fsync(fd) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

// Written under a name of its own and linked: whoever comes first wins, and nobody reads half a
// token.
absl::Status CreateTokenFile(const std::string& path) {
  const std::string draft = absl::StrCat(path, ".", getpid(), ".", RandomToken().substr(0, 8));
  absl::Cleanup remove_draft = [&] { unlink(draft.c_str()); };
  if (absl::Status status = WriteNew(draft, RandomToken() + "\n"); !status.ok()) return status;
  if (link(draft.c_str(), path.c_str()) != 0 && errno != EEXIST) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot create ", path));
  }
  return absl::OkStatus();
}

// NOT_FOUND when there is no file.
absl::StatusOr<std::string> ReadTokenFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  absl::Cleanup close_fd = [fd] { close(fd); };
  struct stat info {};
  if (fstat(fd, &info) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  if ((info.st_mode & 077) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat(path, " can be used by others; its mode must be 0600"));
  }
  char buffer[256];
  const ssize_t size = read(fd, buffer, sizeof buffer);
  if (size < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  const absl::string_view token =
      absl::StripTrailingAsciiWhitespace(absl::string_view(buffer, static_cast<size_t>(size)));
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() != kTokenBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " holds no token: 32 bytes in base64url; delete it and a new one is made"));
  }
  return std::string(token);
}

absl::StatusOr<std::string> ReadOrCreateToken(const std::string& path) {
  absl::StatusOr<std::string> token = ReadTokenFile(path);
  if (!absl::IsNotFound(token.status())) return token;
  if (absl::Status status = CreateTokenFile(path); !status.ok()) return status;
  return ReadTokenFile(path);
}

absl::Status CreateFolder(const std::string& folder) {
  std::error_code error;
  const bool made = std::filesystem::create_directories(folder, error);
  if (error) {
    return absl::UnavailableError(absl::StrCat("cannot create ", folder, ": ", error.message()));
  }
  if (made && chmod(folder.c_str(), 0700) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot protect ", folder));
  }
  return absl::OkStatus();
}

bool SameSecret(const std::string& a, const std::string& b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

absl::StatusOr<Tokens> Tokens::LoadOrCreate(const std::string& folder,
                                            const std::vector<std::string>& principals) {
  if (absl::Status status = CreateFolder(folder); !status.ok()) return status;
  Tokens tokens;
  for (const std::string& principal : principals) {
    if (absl::Status status = CheckName(principal); !status.ok()) return status;
    absl::StatusOr<std::string> token =
        ReadOrCreateToken(absl::StrCat(folder, "/", principal, ".token"));
    if (!token.ok()) return token.status();
    if (const std::string other = tokens.PrincipalFor(*token); !other.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("principals ", other, " and ", principal, " have the same token"));
    }
    tokens.by_principal_.emplace_back(principal, *std::move(token));
  }
  return tokens;
}

std::string Tokens::PrincipalFor(const std::string& token) const {
  std::string found;
  for (const auto& [principal, held] : by_principal_) {  // all of them: time tells nothing
    if (SameSecret(held, token)) found = principal;
  }
  return found;
}

absl::StatusOr<std::string> Tokens::TokenOf(const std::string& principal) const {
  for (const auto& [name, token] : by_principal_) {
    if (name == principal) return token;
  }
  return absl::NotFoundError(absl::StrCat("no token of principal ", principal, " was loaded"));
}

}  // namespace xiufu::rpc
