#include "libs/rpc/traceparent.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/id.h"

namespace xiufu::rpc {
namespace {

// 00-<32 hex>-<16 hex>-<2 hex>
constexpr size_t kLength = 55;

template <size_t N>
bool ReadHex(absl::string_view hex, std::array<uint8_t, N>* bytes) {
  const bool lower =
      std::none_of(hex.begin(), hex.end(), [](unsigned char c) { return absl::ascii_isupper(c); });
  const absl::StatusOr<std::string> decoded = HexDecode(hex);
  if (!lower || !decoded.ok() || decoded->size() != N) return false;
  std::copy(decoded->begin(), decoded->end(), bytes->begin());
  return true;
}

template <size_t N>
bool AllZero(const std::array<uint8_t, N>& bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](uint8_t b) { return b == 0; });
}

template <size_t N>
std::string Hex(const std::array<uint8_t, N>& bytes) {
  return HexEncode(absl::string_view(reinterpret_cast<const char*>(bytes.data()), N));
}

}  // namespace

std::optional<Traceparent> ParseTraceparent(absl::string_view text) {
  if (text.size() < kLength || text[2] != '-' || text[35] != '-' || text[52] != '-') {
    return std::nullopt;
  }
  std::array<uint8_t, 1> version{};
  std::array<uint8_t, 1> flags{};
  Traceparent parsed;
  if (!ReadHex(text.substr(0, 2), &version) || !ReadHex(text.substr(3, 32), &parsed.trace_id) ||
      !ReadHex(text.substr(36, 16), &parsed.parent_id) || !ReadHex(text.substr(53, 2), &flags)) {
    return std::nullopt;
  }
  const bool more = text.size() > kLength;
  if (version[0] == 0xff || (version[0] == 0 && more) || (more && text[kLength] != '-')) {
    return std::nullopt;
  }
  if (AllZero(parsed.trace_id) || AllZero(parsed.parent_id)) return std::nullopt;
  parsed.flags = flags[0];
  return parsed;
}

std::string FormatTraceparent(const Traceparent& traceparent) {
  return absl::StrCat("00-", Hex(traceparent.trace_id), "-", Hex(traceparent.parent_id), "-",
                      Hex(std::array<uint8_t, 1>{traceparent.flags}));
}

Traceparent ChildOf(const Traceparent& parent, const std::array<uint8_t, 8>& span_id) {
  Traceparent child = parent;
  child.parent_id = span_id;
  return child;
}

}  // namespace xiufu::rpc
