#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace xiufu::rpc {

// Page tokens (AIP-158): opaque, URL-safe, bound to the request's other arguments, so that a token
// is good for the list it came from and no other. A token gives no access by itself.
class PageTokens {
 public:
  // `key`: secret bytes, the same over restarts (PageTokenKey). Not empty.
  explicit PageTokens(std::string key);

  // `filter`: all arguments that choose what is listed, in one string. `position`: where the next
  // page begins.
  std::string Encode(absl::string_view filter, absl::string_view position) const;
  // The position; "" for an empty token (first page). INVALID_ARGUMENT with a violation of
  // "page_token" for one that is malformed, forged or of another list.
  absl::StatusOr<std::string> Decode(absl::string_view filter, absl::string_view token) const;

 private:
  std::string Mac(absl::string_view filter, absl::string_view position) const;

  std::string key_;
};

// A key for PageTokens from a secret the service has anyway: its own bearer token.
std::string PageTokenKey(absl::string_view secret);

// 0 means `fallback`, more than `most` means `most`. INVALID_ARGUMENT with a violation of
// "page_size" when negative.
absl::StatusOr<int> PageSize(int32_t requested, int fallback, int most);

}  // namespace xiufu::rpc
