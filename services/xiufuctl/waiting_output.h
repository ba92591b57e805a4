#pragma once

#include <string>
#include <vector>

#include "xiufu/stream/v1/stream.pb.h"

namespace xiufu::ctl {

// What waits or was given up, for people: a few lines an entry, Chinese first.
std::string WaitingText(const std::vector<stream::v1::WaitingMessage>& messages);
// For programs: {"messages": [{"id", "state", "stream", "epoch", "seq", "type", "application",
// "case", "attempts", "reason", "first_seen", "next_attempt", "discarded", "discard_reason"}]},
// with "job": {"id", "kind", "destination", "parked_since"} in place of id, stream, epoch, seq,
// type and case for a call to the outside; ids as UUIDs, times in RFC 3339, absent where there is
// none.
std::string WaitingJson(const std::vector<stream::v1::WaitingMessage>& messages);

}  // namespace xiufu::ctl
