#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/feed/header.h"
#include "libs/feed/row_reader.h"
#include "libs/storage/tx.h"
#include "services/publication/app/notice_ports.h"
#include "services/publication/app/ports.h"
#include "services/publication/app/take_report.h"
#include "services/publication/domain/publicity.h"

namespace xiufu::publication {

constexpr size_t kImportBatch = 500;  // rows a write

// Rows of a feed on their way into the store, each with what was made of it.
struct ImportBatch {
  struct Row {
    int64_t line = 0;
    std::optional<RecordContent> content;  // nothing: out of scope, or errors
    std::string fingerprint;
    std::string authority;  // AuthorityKey
    Publicity publicity;
    std::vector<RowNote> errors;
    std::vector<RowNote> warnings;
  };
  int64_t first = 0;  // rows of the file before it
  std::string layout;
  std::string encoding;
  std::string reckoned_by;  // the version of the catalogue that publicity is by
  std::vector<Row> rows;
};

// Takes the rows of one feed in order and gives batches. Holds no more than a batch, however long
// the feed. Not thread-safe.
class FeedImport {
 public:
  // `asked_layout`: an id, or empty: the header tells. Rows up to `position` are in the store.
  FeedImport(feed::FeedRules rules, std::string asked_layout, int64_t position)
      : rules_(rules), asked_layout_(std::move(asked_layout)), position_(position) {}

  // The first row of a CSV is the header; every row of JSON names its fields. INVALID_ARGUMENT with
  // violations when the layout cannot be told or the header is not usable.
  absl::Status Take(const FeedRow& row);
  // INVALID_ARGUMENT when the feed had no header.
  absl::Status Finish() const;

  bool BatchReady() const { return batch_.rows.size() >= kImportBatch; }
  bool BatchEmpty() const { return batch_.rows.empty(); }
  ImportBatch TakeBatch(absl::string_view encoding);

 private:
  absl::Status TakeObject(const FeedRow& row);
  absl::Status Bind(const std::vector<std::string>& columns, bool complete);
  // Every object may name other fields than the one before.
  absl::Status BindNames(const FeedRow& row);
  void Read(const FeedRow& row);

  const feed::FeedRules rules_;
  const std::string asked_layout_;
  const int64_t position_;
  std::optional<feed::Header> header_;
  std::vector<std::string> names_;  // that header_ is bound to; JSON
  int64_t seen_ = 0;
  ImportBatch batch_;
};

// Brings batches into the store.
class ImportWriter {
 public:
  ImportWriter(const Records* records, const RepairNotices* notices, const Imports* imports,
               const TakeReport* take_report, Ids* ids)
      : records_(records),
        notices_(notices),
        imports_(imports),
        take_report_(take_report),
        ids_(ids) {}

  // Idempotent by natural key: new ones get an id and, where they are public, a notice; same
  // content changes nothing, other content is taken over as the next version. Two rows of one file
  // that have one key and say different things would undo each other with every import, so the
  // second one is an error. What became of the rows is written with them. ABORTED
  // (IMPORT_TAKEN_OVER) when another call goes on with the import.
  absl::StatusOr<Import> Write(storage::Tx& tx, const Import& import, const ImportBatch& batch,
                               absl::Time now) const;
  // The end of the file: the import is over, and said to be. As it is then.
  absl::StatusOr<Import> Finish(storage::Tx& tx, const Import& import,
                                const std::optional<RowNote>& about_the_whole,
                                const ImportAnnouncer& announcer,
                                const messaging::Cause& cause) const;

 private:
  void WriteRow(storage::Tx& tx, Import& import, const ImportBatch& batch,
                const ImportBatch::Row& row, absl::Time now) const;
  void Take(storage::Tx& tx, Import& import, const ImportBatch& batch, const ImportBatch::Row& row,
            absl::Time now) const;
  void Again(storage::Tx& tx, Import& import, const ImportBatch::Row& row, RecordContent content,
             const KnownRecord& known, absl::Time now) const;
  void Report(storage::Tx& tx, const Import& import, const Id& record, const ImportBatch::Row& row,
              TakeReport::Audience audience, absl::Time now) const;
  void Note(storage::Tx& tx, Import& import, bool warning, const RowNote& note) const;

  const Records* records_;
  const RepairNotices* notices_;
  const Imports* imports_;
  const TakeReport* take_report_;
  Ids* ids_;
};

}  // namespace xiufu::publication
