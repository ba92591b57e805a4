#include "libs/base/v7_sequence.h"

#include <array>

namespace xiufu {
namespace {

constexpr int64_t kFollowAfterMillis = 10'000;
constexpr uint64_t kLow62 = (uint64_t{1} << 62) - 1;

Id AssembleV7(uint64_t millis, uint64_t high12, uint64_t low62) {
  const uint64_t words[2] = {millis << 16 | 0x7000 | high12, uint64_t{0x8000000000000000} | low62};
  std::array<uint8_t, Id::kSize> bytes;
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<uint8_t>(words[i / 8] >> (56 - 8 * (i % 8)));
  return Id(bytes);
}

}  // namespace

Id V7Sequence::Next(absl::Time now, uint64_t high, uint64_t low) {
  const int64_t millis = absl::ToUnixMillis(now);
  if (millis > millis_ || millis_ - millis > kFollowAfterMillis) {
    millis_ = millis;
    high12_ = high & 0x7FF;  // top bit free: room to ascend within the millisecond
    low62_ = low & kLow62;
  } else {
    // A random step keeps the next id unpredictable.
    low62_ += 1 + (low & 0xFFFFFFFF);
    high12_ += low62_ >> 62;
    low62_ &= kLow62;
    millis_ += static_cast<int64_t>(high12_ >> 12);
    high12_ &= 0xFFF;
  }
  return AssembleV7(static_cast<uint64_t>(millis_), high12_, low62_);
}

}  // namespace xiufu
