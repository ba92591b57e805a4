#include "services/publication/app/feed_import.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/publication/app/automatic_end.h"

namespace xiufu::publication {
namespace {

std::string LayoutIds(const feed::LayoutBook& book) {
  return absl::StrJoin(book.layouts(), ", ", [](std::string* out, const feed::Layout& layout) {
    absl::StrAppend(out, layout.id);
  });
}

// Instead of a row whose fields cannot be told.
FeedRow Unnamed(const FeedRow& row, const absl::Status& why) {
  const std::vector<Violation> problems = ViolationsOf(why);
  return {.line = row.line,
          .broken = absl::StrCat(problems[0].field, ": ", problems[0].description)};
}

absl::Status TakenOver() {
  return WithReason(absl::AbortedError("another call goes on with this import"),
                    "IMPORT_TAKEN_OVER");
}

}  // namespace

absl::Status FeedImport::Take(const FeedRow& row) {
  if (row.self_named) return TakeObject(row);
  if (!header_) {
    if (!row.broken.empty()) return FieldViolation("header", row.broken, "a row of column names");
    return Bind(row.fields, /*complete=*/true);
  }
  if (++seen_ > position_) Read(row);
  return absl::OkStatus();
}

absl::Status FeedImport::TakeObject(const FeedRow& row) {
  const absl::Status bound = BindNames(row);
  // One that names its fields as no row can is a bad row, and not the end of the file.
  if (++seen_ > position_) bound.ok() ? Read(row) : Read(Unnamed(row, bound));
  // But there must be one that tells what the file is.
  return header_ || batch_.rows.size() < kImportBatch ? absl::OkStatus() : Finish();
}

absl::Status FeedImport::BindNames(const FeedRow& row) {
  if (!row.broken.empty() || (header_ && row.names == names_)) return absl::OkStatus();
  absl::Status bound = Bind(row.names, /*complete=*/false);
  if (bound.ok()) names_ = row.names;
  return bound;
}

absl::Status FeedImport::Bind(const std::vector<std::string>& columns, bool complete) {
  const feed::Layout* layout = header_ ? &header_->layout() : nullptr;
  if (layout == nullptr && !asked_layout_.empty()) layout = rules_.layouts->Find(asked_layout_);
  if (layout == nullptr) {
    std::vector<std::string> names;
    for (const std::string& column : columns) names.push_back(feed::ColumnName(column));
    layout = rules_.layouts->Recognise(names);
  }
  if (layout == nullptr) {
    return FieldViolation(
        "header", "表头不是已知的数据格式 / the header is of no known layout",
        absl::StrCat("a header of, or a layout named: ", LayoutIds(*rules_.layouts)));
  }
  absl::StatusOr<feed::Header> header =
      feed::Header::Bind(columns, *layout, *rules_.layouts, complete);
  if (!header.ok()) return header.status();
  header_ = *std::move(header);
  return absl::OkStatus();
}

void FeedImport::Read(const FeedRow& row) {
  if (batch_.rows.empty()) batch_.first = seen_ - 1;
  feed::RowReading reading;
  if (row.broken.empty()) {
    reading = feed::ReadRow(row, *header_, rules_);
  } else {
    reading.errors.push_back({row.line, "", row.broken});
  }
  ImportBatch::Row taken{.line = row.line,
                         .content = std::move(reading.content),
                         .errors = std::move(reading.errors),
                         .warnings = std::move(reading.warnings)};
  if (taken.content) {
    taken.fingerprint = Fingerprint(*taken.content);
    taken.authority = AuthorityKey(*taken.content, *rules_.authorities);
    taken.publicity =
        PublicityOf(*taken.content, *rules_.catalogue, *rules_.authorities, *rules_.today);
  }
  batch_.rows.push_back(std::move(taken));
}

absl::Status FeedImport::Finish() const {
  if (header_) return absl::OkStatus();
  if (!batch_.rows.empty()) {
    return FieldViolation("header", batch_.rows[0].errors[0].reason, "objects of one layout");
  }
  return FieldViolation("header", "文件为空 / the file is empty", "a header row, or objects");
}

ImportBatch FeedImport::TakeBatch(absl::string_view encoding) {
  if (header_) batch_.layout = header_->layout().id;
  batch_.encoding = std::string(encoding);
  batch_.reckoned_by = rules_.catalogue->version();
  return std::exchange(batch_, {});
}

absl::StatusOr<Import> ImportWriter::Write(storage::Tx& tx, const Import& import,
                                           const ImportBatch& batch, absl::Time now) const {
  const std::optional<Import> stored = imports_->Find(tx, import.id);
  if (!stored || stored->attempt != import.attempt || stored->counts.position != batch.first) {
    return TakenOver();
  }
  Import next = *stored;
  next.layout = batch.layout;
  next.encoding = batch.encoding;
  for (const ImportBatch::Row& row : batch.rows) WriteRow(tx, next, batch, row, now);
  imports_->Save(tx, next);
  AutomaticEnd::LookAtNextMidnight(tx, now);
  return next;
}

void ImportWriter::WriteRow(storage::Tx& tx, Import& import, const ImportBatch& batch,
                            const ImportBatch::Row& row, absl::Time now) const {
  ++import.counts.position;
  if (row.content) {
    Take(tx, import, batch, row, now);
    return;
  }
  row.errors.empty() ? ++import.counts.out_of_scope : ++import.counts.rejected;
  for (const RowNote& error : row.errors) Note(tx, import, false, error);
}

void ImportWriter::Take(storage::Tx& tx, Import& import, const ImportBatch& batch,
                        const ImportBatch::Row& row, absl::Time now) const {
  for (const RowNote& warning : row.warnings) Note(tx, import, true, warning);
  const std::optional<KnownRecord> known =
      records_->FindByKey(tx, row.content->key, row.content->authority_name);
  if (known) {
    Again(tx, import, row, *row.content, *known, now);
    return;
  }
  const Id id = ids_->NewV7(now);
  const Record record = {.id = id,
                         .version = 1,
                         .content = *row.content,
                         .state = StateOnArrival(row.publicity, LegalDay(now)),
                         .ends_on = row.publicity.ends_on,
                         .repairable_on = row.publicity.repairable_on};
  records_->Insert(tx, record, row.fingerprint, batch.reckoned_by, now);
  if (record.state == RecordState::kPublished) {
    notices_->Make(tx, {.record = id, .authority = row.authority, .made_on = LegalDay(now)});
  }
  imports_->SetSource(tx, id, import.id, row.line);
  ++import.counts.imported;
  Report(tx, import, id, row, TakeReport::Audience::kNobody, now);
}

void ImportWriter::Again(storage::Tx& tx, Import& import, const ImportBatch::Row& row,
                         RecordContent content, const KnownRecord& known, absl::Time now) const {
  std::string fingerprint = row.fingerprint;
  // A feed without the authority's code says nothing against the one that is known.
  if (content.key.authority_uscc.empty() && !known.authority_uscc.empty()) {
    content.key.authority_uscc = known.authority_uscc;
    fingerprint = Fingerprint(content);
  }
  const int64_t before = imports_->LineOf(tx, known.id, import.id);
  if (fingerprint == known.fingerprint) {
    if (before == 0) imports_->SetSource(tx, known.id, import.id, row.line);
    ++import.counts.unchanged;
  } else if (before != 0) {
    Note(tx, import, false,
         {row.line, "",
          absl::StrCat("与第", before, "行为同一记录但内容不同 / the same record as line ", before,
                       " with other content")});
    ++import.counts.rejected;
  } else {
    records_->Update(tx, known.id, content, fingerprint, now);
    // The notice is made once; whose it is, is known better by a code than by a name.
    if (!row.content->key.authority_uscc.empty()) {
      notices_->SetAuthority(tx, known.id, row.authority);
    }
    imports_->SetSource(tx, known.id, import.id, row.line);
    ++import.counts.updated;
    Report(tx, import, known.id, row, TakeReport::Audience::kAll, now);
  }
}

// The row also tells what the authority did with the record by itself.
void ImportWriter::Report(storage::Tx& tx, const Import& import, const Id& record,
                          const ImportBatch::Row& row, TakeReport::Audience audience,
                          absl::Time now) const {
  if (!row.content->reported) return;
  const std::string source = absl::StrCat("imports/", import.id.ToString());
  // It was just written, so it is there; an error of the store stays in the transaction. A result
  // that was told before stays as it was told first; what the row says is kept with the record.
  (*take_report_)(record, *row.content->reported, source, audience, now, tx).IgnoreError();
}

void ImportWriter::Note(storage::Tx& tx, Import& import, bool warning, const RowNote& note) const {
  imports_->AddNote(tx, import.id, ++import.counts.notes, {warning, note});
}

absl::StatusOr<Import> ImportWriter::Finish(storage::Tx& tx, const Import& import,
                                            const std::optional<RowNote>& about_the_whole,
                                            const ImportAnnouncer& announcer,
                                            const messaging::Cause& cause) const {
  std::optional<Import> stored = imports_->Find(tx, import.id);
  if (!stored || stored->attempt != import.attempt) return TakenOver();
  if (about_the_whole) {
    Note(tx, *stored, true, *about_the_whole);
    imports_->Save(tx, *stored);
  }
  imports_->Finish(tx, import.id, cause.now);
  announcer.Announce(tx, cause, *stored);
  // What was changed is reckoned anew.
  if (absl::Status begun = AutomaticEnd::Begin(tx, cause.now); !begun.ok()) return begun;
  return *std::move(stored);
}

}  // namespace xiufu::publication
