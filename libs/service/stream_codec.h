#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/inbox.h"
#include "libs/storage/outbox.h"
#include "xiufu/stream/v1/stream.pb.h"

namespace xiufu::service {

// Heads and marks between the wire and the store.
stream::v1::Head EncodeHead(const storage::StreamHead& head);
// UNAVAILABLE for a head that cannot be one: the producer speaks another language.
absl::StatusOr<storage::StreamHead> DecodeHead(const stream::v1::Head& proto);

stream::v1::HeadsRequest EncodeHeadsRequest(const std::string& consumer,
                                            const std::vector<std::string>& patterns,
                                            const std::vector<storage::Mark>& marks);
std::vector<std::string> PatternsOf(const stream::v1::HeadsRequest& request);
std::vector<storage::Mark> MarksOf(const stream::v1::HeadsRequest& request);

}  // namespace xiufu::service
