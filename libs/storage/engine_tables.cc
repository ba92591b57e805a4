#include "libs/storage/engine_tables.h"

namespace xiufu::storage {

absl::Span<const absl::string_view> EngineTables() {
  static constexpr absl::string_view kTables[] = {
      "attempt",        "case_input", "consumer_mark", "divergence", "epoch",   "job",
      "law_version",    "mark",       "meta",          "outbox",     "poison",  "request",
      "schema_version", "stream",     "timer",         "versions",   "waiting",
  };
  return kTables;
}

}  // namespace xiufu::storage
