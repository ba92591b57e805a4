#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/storage/database.h"
#include "libs/storage/inbox.h"
#include "libs/storage/outbox.h"

namespace xiufu::service {

// Remembers how far a consumer is (for retention) with the next transaction. Nobody waits for it:
// marks only rise, and the next Heads brings them again.
//
// Only what is within `heads`, this store's own streams, is kept. A consumer tells each of its
// producers all of its marks, and after a restore it may be ahead of one: it then stops that stream
// itself (catch_up.h), and must not count here as having what this store has yet to write.
void NoteConsumerMarks(storage::Database* database, const std::string& consumer,
                       const std::vector<storage::StreamHead>& heads,
                       const std::vector<storage::Mark>& marks, absl::Time now);

}  // namespace xiufu::service
