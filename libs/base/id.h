#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace xiufu {

// A 16-byte UUID (RFC 9562), ordered by time in its first 48 bits, so that tables keyed by it grow
// at their end.
class Id {
 public:
  static constexpr size_t kSize = 16;

  constexpr Id() = default;  // all zero: "none"
  explicit constexpr Id(const std::array<uint8_t, kSize>& bytes) : bytes_(bytes) {}

  // INVALID_ARGUMENT unless exactly 16 bytes.
  static absl::StatusOr<Id> FromBytes(absl::string_view bytes);
  // 8-4-4-4-12 hex digits, either case. INVALID_ARGUMENT otherwise.
  static absl::StatusOr<Id> Parse(absl::string_view text);

  bool IsNone() const { return *this == Id(); }
  // A view into this object: valid as long as it lives.
  absl::string_view bytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  std::string ToString() const;  // lower-case 8-4-4-4-12
  // UTC milliseconds of the first 48 bits; meaningful for versions 7 and 8.
  int64_t UnixMillis() const;

  friend bool operator==(const Id&, const Id&) = default;
  friend auto operator<=>(const Id&, const Id&) = default;

  template <typename H>
  friend H AbslHashValue(H h, const Id& id) {
    return H::combine_contiguous(std::move(h), id.bytes_.data(), id.bytes_.size());
  }

 private:
  std::array<uint8_t, kSize> bytes_{};
};

// Where a thing lives: the cell is one complete suite (one of several regions later), the bucket
// one of 16 shares of its applications. Both travel with every event.
struct Place {
  uint8_t cell = 0;
  uint8_t bucket = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

// The bucket (0..15) of an application.
uint8_t BucketOf(const Id& application);

// A UUIDv8 born in a handler: the cause's millisecond, 16 bits of cell and bucket, then 58 bits of
// SHA-256(cause, tag, ordinal). Handling the same cause again gives the same id. `tag` names what
// is born
// ("case", "task", an event type), so that adding one kind of child never renumbers another.
Id DeriveId(const Id& cause, absl::string_view tag, uint64_t ordinal, Place place);

// The place that a UUIDv8 of DeriveId carries.
Place PlaceOf(const Id& derived);

// SHA-256 of bytes, 32 bytes.
std::string Sha256(absl::string_view bytes);
std::string HexEncode(absl::string_view bytes);
// INVALID_ARGUMENT for an odd length or a character that is no hex digit.
absl::StatusOr<std::string> HexDecode(absl::string_view hex);

}  // namespace xiufu
