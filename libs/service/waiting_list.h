#pragma once

#include "absl/status/status.h"
#include "libs/rpc/page_token.h"
#include "libs/storage/database.h"
#include "xiufu/stream/v1/stream.pb.h"

namespace xiufu::service {

// One page of what waits: rows by id, then what could not be parsed by its own id.
absl::Status FillWaitingList(storage::Database* database, const rpc::PageTokens& page_tokens,
                             const stream::v1::ListWaitingRequest& request,
                             stream::v1::ListWaitingResponse* response);

}  // namespace xiufu::service
