#pragma once

#include "absl/status/status.h"
#include "libs/rpc/page_token.h"
#include "libs/storage/database.h"
#include "xiufu/stream/v1/stream.pb.h"

namespace xiufu::service {

// One page of what waits: events by id, then calls, then what could not be parsed by ids of their
// own.
absl::Status FillWaitingList(storage::Database* database, const rpc::PageTokens& page_tokens,
                             const stream::v1::ListWaitingRequest& request,
                             stream::v1::ListWaitingResponse* response);

}  // namespace xiufu::service
