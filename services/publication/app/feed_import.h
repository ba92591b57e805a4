#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/storage/tx.h"
#include "services/publication/app/ports.h"
#include "services/publication/domain/import_report.h"
#include "services/publication/domain/penalty_row.h"

namespace xiufu::publication {

constexpr size_t kImportBatch = 500;  // records a write
constexpr int64_t kMaxImportRows =
    1000000;  // of one feed: its keys are kept in memory until its end

// Good rows of a feed on their way into the store.
struct ImportBatch {
  struct Item {
    RecordContent content;
    std::string fingerprint;
  };
  std::vector<Item> items;
};
struct BatchCounts {
  int64_t imported = 0;
  int64_t unchanged = 0;
  int64_t updated = 0;
};

// Writes a batch, idempotent by natural key: new ones get an id, same content changes nothing,
// other content is taken over as the next version. On the writer.
BatchCounts WriteBatch(storage::Tx& tx, const Records& records, Ids& ids, const ImportBatch& batch,
                       absl::Time now);

// One feed on its way in: takes its rows in order, gives batches, and keeps the report. Not
// thread-safe.
//
// A feed is idempotent as a whole: two rows of one file that have one key and say different things
// would undo each other with every import, so the second one is an error.
class FeedImport {
 public:
  explicit FeedImport(FeedRules rules) : rules_(rules) {}

  // The first row is the header. INVALID_ARGUMENT with violations when it is not usable,
  // OUT_OF_RANGE beyond kMaxImportRows: then nothing more can be read from this feed.
  absl::Status Take(const FeedRow& row);
  // INVALID_ARGUMENT when the feed had no header.
  absl::Status Finish() const;

  bool BatchReady() const { return batch_.items.size() >= kImportBatch; }
  bool BatchEmpty() const { return batch_.items.empty(); }
  ImportBatch TakeBatch() { return std::exchange(batch_, {}); }
  void Count(const BatchCounts& counts);
  const ImportReport& report() const { return report_; }

 private:
  struct Seen {
    int64_t line;
    std::string fingerprint;
  };
  absl::Status TakeHeader(const FeedRow& row);
  void TakeContent(int64_t line, RecordContent content);
  void Reject(const std::vector<RowNote>& errors);

  const FeedRules rules_;
  std::optional<PenaltyLayout> layout_;
  absl::flat_hash_map<std::string, Seen> seen_;  // by SHA-256 of the key
  ImportBatch batch_;
  ImportReport report_;
};

}  // namespace xiufu::publication
