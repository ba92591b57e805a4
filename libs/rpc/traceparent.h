#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace xiufu::rpc {

// W3C Trace Context, version 00. Ids come from outside: this knows no chance.
struct Traceparent {
  std::array<uint8_t, 16> trace_id{};
  std::array<uint8_t, 8> parent_id{};
  uint8_t flags = 1;  // sampled
  friend bool operator==(const Traceparent&, const Traceparent&) = default;
};

// Nothing for text that is none, or whose trace or parent id is all zero. Of a later version the
// first four fields are read, as the specification asks.
std::optional<Traceparent> ParseTraceparent(absl::string_view text);
std::string FormatTraceparent(const Traceparent& traceparent);
// The same trace, one step further.
Traceparent ChildOf(const Traceparent& parent, const std::array<uint8_t, 8>& span_id);

}  // namespace xiufu::rpc
