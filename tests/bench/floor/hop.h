#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/string_view.h"

namespace xiufu::bench {

// The seven hops of one application: who is reached, and over which stream. Five processes, as in
// the chain.
enum class Role { kIntake, kRouting, kAdapter, kResult, kPublication };

struct Hop {
  const char* stream;
  Role to;
};
constexpr std::array<Hop, 7> kHops = {{{"submitted", Role::kRouting},
                                       {"task", Role::kAdapter},
                                       {"answer", Role::kRouting},
                                       {"taken", Role::kResult},
                                       {"entered", Role::kPublication},
                                       {"ended", Role::kResult},
                                       {"concluded", Role::kIntake}}};

// An event of 800 bytes: hop, application id, number in its stream, ballast.
constexpr size_t kEventBytes = 800;

struct Event {
  uint8_t hop = 0;
  std::array<char, 16> id{};
  int64_t seq = 0;

  std::string Encode(absl::string_view ballast) const {
    std::string bytes(kEventBytes, '\0');
    bytes[0] = static_cast<char>(hop);
    memcpy(bytes.data() + 1, id.data(), id.size());
    memcpy(bytes.data() + 17, &seq, sizeof(seq));
    memcpy(bytes.data() + 25, ballast.data(), std::min(ballast.size(), kEventBytes - 25));
    return bytes;
  }
  static Event Decode(absl::string_view bytes) {
    Event event;
    event.hop = static_cast<uint8_t>(bytes[0]);
    memcpy(event.id.data(), bytes.data() + 1, event.id.size());
    memcpy(&event.seq, bytes.data() + 17, sizeof(event.seq));
    return event;
  }
};

}  // namespace xiufu::bench
