#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/storage/database.h"
#include "libs/storage/tx.h"

namespace xiufu::publication {

// Tables "subject" and "subject_grams". A name that is there already is not entered again.
void IndexName(storage::Tx& tx, absl::string_view uscc, absl::string_view name);

// Takes in the names of a store from before there was a search by name, some thousands a
// transaction. Before Start; where nothing is pending it costs one query.
absl::Status IndexPendingNames(storage::Database& database);

}  // namespace xiufu::publication
