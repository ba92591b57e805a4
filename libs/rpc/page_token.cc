#include "libs/rpc/page_token.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "libs/base/status.h"

namespace xiufu::rpc {
namespace {

constexpr size_t kMacSize = 16;  // half of HMAC-SHA256: enough against guessing

std::string HmacSha256(absl::string_view key, absl::string_view text) {
  std::string mac(32, '\0');
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(mac.data()), nullptr);
  return mac;
}

absl::Status NotOfThisList() {
  return FieldViolation("page_token", "not a token of this list",
                        "the next_page_token of a call with the same arguments, or none");
}

}  // namespace

PageTokens::PageTokens(std::string key) : key_(std::move(key)) {}

std::string PageTokens::Mac(absl::string_view filter, absl::string_view position) const {
  return HmacSha256(key_, absl::StrCat(Sha256(filter), position)).substr(0, kMacSize);
}

std::string PageTokens::Encode(absl::string_view filter, absl::string_view position) const {
  return absl::WebSafeBase64Escape(absl::StrCat(Mac(filter, position), position));
}

absl::StatusOr<std::string> PageTokens::Decode(absl::string_view filter,
                                               absl::string_view token) const {
  if (token.empty()) return std::string();
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() < kMacSize) {
    return NotOfThisList();
  }
  std::string position = bytes.substr(kMacSize);
  const std::string mac = Mac(filter, position);
  if (CRYPTO_memcmp(mac.data(), bytes.data(), kMacSize) != 0) return NotOfThisList();
  return position;
}

std::string PageTokenKey(absl::string_view secret) {
  return HmacSha256(secret, "xiufu page tokens");
}

absl::StatusOr<int> PageSize(int32_t requested, int fallback, int most) {
  if (requested < 0) return FieldViolation("page_size", "negative", "0 or more");
  return requested == 0 ? fallback : std::min(requested, most);
}

}  // namespace xiufu::rpc
