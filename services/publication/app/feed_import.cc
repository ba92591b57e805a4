#include "services/publication/app/feed_import.h"

#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "libs/base/status.h"

namespace xiufu::publication {
namespace {

std::string KeyHash(const NaturalKey& key) {
  return Sha256(absl::StrCat(key.authority_uscc.size(), ":", key.authority_uscc,
                             key.document_no.size(), ":", key.document_no, key.subject_uscc));
}

void AppendNotes(const std::vector<RowNote>& notes, std::vector<RowNote>& list) {
  for (const RowNote& note : notes) {
    if (list.size() >= kMaxListedNotes) return;
    list.push_back(note);
  }
}

}  // namespace

BatchCounts WriteBatch(storage::Tx& tx, const Records& records, Ids& ids, const ImportBatch& batch,
                       absl::Time now) {
  BatchCounts counts;
  for (const ImportBatch::Item& item : batch.items) {
    const std::optional<KnownRecord> known =
        records.FindByKey(tx, item.content.key, item.content.authority_name);
    if (!known) {
      records.Insert(tx, {.id = ids.NewV7(now), .version = 1, .content = item.content},
                     item.fingerprint, now);
      ++counts.imported;
    } else if (known->fingerprint == item.fingerprint) {
      ++counts.unchanged;
    } else {
      records.Update(tx, known->id, item.content, item.fingerprint, now);
      ++counts.updated;
    }
  }
  return counts;
}

absl::Status FeedImport::Take(const FeedRow& row) {
  if (!layout_) return TakeHeader(row);
  if (++report_.rows > kMaxImportRows) {
    return absl::OutOfRangeError(absl::StrCat("a feed of more than ", kMaxImportRows, " rows"));
  }
  RowReading reading = ReadRow(row, *layout_, rules_);
  if (reading.out_of_scope) {
    ++report_.out_of_scope;
  } else if (!reading.content) {
    Reject(reading.errors);
  } else {
    AppendNotes(reading.warnings, report_.warnings);
    TakeContent(row.line, *std::move(reading.content));
  }
  return absl::OkStatus();
}

absl::Status FeedImport::TakeHeader(const FeedRow& row) {
  if (!row.broken.empty()) return FieldViolation("header", row.broken, "a row of CF_* codes");
  absl::StatusOr<PenaltyLayout> layout = PenaltyLayout::FromHeader(row.fields);
  if (!layout.ok()) return layout.status();
  layout_ = *std::move(layout);
  return absl::OkStatus();
}

void FeedImport::TakeContent(int64_t line, RecordContent content) {
  std::string fingerprint = Fingerprint(content);
  auto [seen, is_new] = seen_.try_emplace(KeyHash(content.key), Seen{line, fingerprint});
  if (is_new) {
    batch_.items.push_back({std::move(content), std::move(fingerprint)});
  } else if (seen->second.fingerprint == fingerprint) {
    ++report_.unchanged;
  } else {
    Reject({{line, std::string(CodeOf(Column::kDocumentNo)),
             absl::StrCat("与第", seen->second.line,
                          "行为同一处罚但内容不同 / the same penalty as line ", seen->second.line,
                          " with other content")}});
  }
}

void FeedImport::Reject(const std::vector<RowNote>& errors) {
  ++report_.rejected;
  AppendNotes(errors, report_.errors);
}

absl::Status FeedImport::Finish() const {
  if (layout_) return absl::OkStatus();
  return FieldViolation("header", "文件为空 / the file is empty", "a header row of CF_* codes");
}

void FeedImport::Count(const BatchCounts& counts) {
  report_.imported += counts.imported;
  report_.unchanged += counts.unchanged;
  report_.updated += counts.updated;
}

}  // namespace xiufu::publication
