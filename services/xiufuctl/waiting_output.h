#pragma once

#include <string>
#include <vector>

#include "xiufu/stream/v1/stream.pb.h"

namespace xiufu::ctl {

// What waits, for people: a few lines a message, Chinese first.
std::string WaitingText(const std::vector<stream::v1::WaitingMessage>& messages);
// For programs: {"messages": [{"id", "state", "stream", "epoch", "seq", "type", "application",
// "case", "attempts", "reason", "first_seen", "next_attempt"}]}, ids as UUIDs, times in RFC 3339,
// absent where there is none.
std::string WaitingJson(const std::vector<stream::v1::WaitingMessage>& messages);

}  // namespace xiufu::ctl
