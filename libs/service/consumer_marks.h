#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/storage/database.h"
#include "libs/storage/inbox.h"

namespace xiufu::service {

// Remembers how far a consumer is (for retention) with the next transaction. Nobody waits for it:
// marks only rise, and the next Heads brings them again.
void NoteConsumerMarks(storage::Database* database, const std::string& consumer,
                       const std::vector<storage::Mark>& marks, absl::Time now);

}  // namespace xiufu::service
