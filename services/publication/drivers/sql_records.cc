#include "services/publication/drivers/sql_records.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"
#include "services/publication/domain/name_search.h"
#include "services/publication/drivers/sql_names.h"

namespace xiufu::publication {
namespace {

std::string ExtraJson(const RecordContent& content) { return nlohmann::json(content.extra).dump(); }

std::optional<std::string> DayText(const std::optional<absl::CivilDay>& day) {
  if (!day) return std::nullopt;
  return FormatDay(*day);
}

std::optional<absl::CivilDay> DayAt(const storage::Query& query, int column) {
  if (query.IsNull(column)) return std::nullopt;
  absl::StatusOr<absl::CivilDay> day = ParseDay(query.Text(column));
  return day.ok() ? std::optional<absl::CivilDay>(*day) : std::nullopt;
}

std::optional<Reported> ReportedAt(const storage::Query& query, int first) {
  if (query.IsNull(first)) return std::nullopt;
  return Reported{static_cast<Reported::Kind>(query.Int(first)), DayAt(query, first + 1),
                  std::string(query.Text(first + 2)), std::string(query.Text(first + 3)),
                  std::string(query.Text(first + 4))};
}

std::string TextAt(const storage::Query& query, int column) {
  return std::string(query.Text(column));
}

// Of every query that reads whole records. What only other systems look at (facts, remark, extra
// ...) stays in the table.
#define XIUFU_RECORD_COLUMNS                                                                \
  " id, version, state, authority_uscc, document_no, subject_uscc, code_mismatch,"          \
  " subject_name, authority_name, decision_date, publicity_end, penalty_kinds, fine_fen,"   \
  " confiscated_fen, violation, ended_at, ended_by, result_word, matter, entry, list_name," \
  " ground, procedure, published_on, corrected_on, restriction_until, repair_basis, basis," \
  " reported, reported_on, reported_by, reported_by_uscc, reported_reason, ends_on,"        \
  " repairable_on, restarted_on"

Record ReadRecord(const storage::Query& query) {
  Record record;
  record.id = query.IdAt(0);
  record.version = static_cast<uint64_t>(query.Int(1));
  record.state = static_cast<RecordState>(query.Int(2));
  RecordContent& content = record.content;
  content.key = {catalogue::MatterNamed(query.Text(18)).value_or(catalogue::MatterKind::kPenalty),
                 TextAt(query, 3), TextAt(query, 4), TextAt(query, 5), TextAt(query, 19)};
  content.code_mismatch = query.Int(6) != 0;
  content.subject_name = TextAt(query, 7);
  content.authority_name = TextAt(query, 8);
  content.decision_date = DayAt(query, 9).value_or(absl::CivilDay());
  content.publicity_end = DayAt(query, 10);
  if (const absl::string_view kinds = query.Text(11); !kinds.empty()) {
    content.penalty_kinds = absl::StrSplit(kinds, '\n');
  }
  content.fine_fen = query.Int(12);
  content.confiscated_fen = query.Int(13);
  content.violation = TextAt(query, 14);
  if (!query.IsNull(15)) record.ended_at = query.TimeAt(15);
  record.ended_by = query.IdAt(16);
  record.result_word = TextAt(query, 17);
  content.list_name = TextAt(query, 20);
  content.ground = TextAt(query, 21);
  content.procedure = TextAt(query, 22);
  content.published_on = DayAt(query, 23);
  content.corrected_on = DayAt(query, 24);
  content.restriction_until = DayAt(query, 25);
  content.repair_basis =
      catalogue::BasisNamed(query.Text(26)).value_or(catalogue::Basis::kOrdinary);
  content.basis = TextAt(query, 27);
  content.reported = ReportedAt(query, 28);
  record.ends_on = DayAt(query, 33);
  record.repairable_on = DayAt(query, 34);
  content.restarted_on = DayAt(query, 35);
  return record;
}

// As they are stored.
struct Days {
  explicit Days(const RecordContent& content)
      : decided(FormatDay(content.decision_date)),
        valid_until(DayText(content.valid_until)),
        publicity_end(DayText(content.publicity_end)),
        published_on(DayText(content.published_on)),
        corrected_on(DayText(content.corrected_on)),
        restriction_until(DayText(content.restriction_until)),
        reported_on(content.reported ? DayText(content.reported->day) : std::nullopt) {}
  std::string decided;
  std::optional<std::string> valid_until, publicity_end, published_on, corrected_on,
      restriction_until, reported_on;
};

std::optional<int> ReportedKind(const RecordContent& content) {
  if (!content.reported) return std::nullopt;
  return static_cast<int>(content.reported->kind);
}

std::vector<Record> OfSubjectNamed(storage::Session& session, absl::string_view uscc,
                                   absl::string_view name, const std::optional<PagePosition>& after,
                                   int limit) {
  const std::string day = FormatDay(after ? after->decision_date : absl::CivilDay(9999, 12, 31));
  const Id last = after ? after->record : Id();
  storage::Query query =
      session.Sql("SELECT" XIUFU_RECORD_COLUMNS
                  " FROM record WHERE subject_uscc = ?1 AND subject_name = ?2 AND state <> 6"
                  " AND decision_date <= ?3"
                  " AND (decision_date < ?3 OR id > ?4)"
                  " ORDER BY decision_date DESC, id LIMIT ?5",
                  uscc, name, day, storage::Blob{last.bytes()}, limit);
  std::vector<Record> records;
  while (query.Next()) records.push_back(ReadRecord(query));
  return records;
}

}  // namespace

std::optional<KnownRecord> SqlRecords::FindByKey(storage::Session& session, const NaturalKey& key,
                                                 absl::string_view authority_name) const {
  storage::Query query = session.Sql(
      "SELECT id, fingerprint, authority_uscc FROM record"
      " WHERE subject_uscc = ?1 AND document_no = ?2 AND matter = ?3 AND entry = ?4"
      " AND CASE WHEN authority_uscc = '' OR ?5 = '' THEN authority_name = ?6"
      " ELSE authority_uscc = ?5 END"
      " ORDER BY authority_uscc = ?5 DESC",
      key.subject_uscc, key.document_no, ToString(key.matter), key.entry, key.authority_uscc,
      authority_name);
  if (!query.Next()) return std::nullopt;
  return KnownRecord{query.IdAt(0), std::string(query.Blob(1)), std::string(query.Text(2))};
}

std::optional<Record> SqlRecords::Find(storage::Session& session, const Id& id) const {
  storage::Query query = session.Sql("SELECT" XIUFU_RECORD_COLUMNS " FROM record WHERE id = ?", id);
  if (!query.Next()) return std::nullopt;
  return ReadRecord(query);
}

std::vector<Record> SqlRecords::OfSubject(storage::Session& session, absl::string_view uscc,
                                          const std::optional<PagePosition>& after,
                                          int limit) const {
  const std::string day = FormatDay(after ? after->decision_date : absl::CivilDay(9999, 12, 31));
  const Id last = after ? after->record : Id();
  storage::Query query = session.Sql("SELECT" XIUFU_RECORD_COLUMNS
                                     " FROM record WHERE subject_uscc = ?1 AND decision_date <= ?2"
                                     " AND (decision_date < ?2 OR id > ?3)"
                                     " ORDER BY decision_date DESC, id LIMIT ?4",
                                     uscc, day, storage::Blob{last.bytes()}, limit);
  std::vector<Record> records;
  while (query.Next()) records.push_back(ReadRecord(query));
  return records;
}

std::vector<NamedRecord> SqlRecords::OfName(storage::Session& session, absl::string_view name,
                                            const std::optional<NamePosition>& after,
                                            int limit) const {
  std::vector<NamedRecord> found;
  const int64_t from = after ? after->subject : 0;
  // The index knows names that have all of its pairs of characters; instr() those that have them in
  // this order.
  storage::Query subjects = session.Sql(
      "SELECT subject.id, subject.uscc, subject.name FROM subject_grams"
      " JOIN subject ON subject.id = subject_grams.rowid"
      " WHERE subject_grams MATCH ?1 AND subject_grams.rowid >= ?2"
      " AND instr(subject.folded, ?3) > 0 ORDER BY subject_grams.rowid",
      GramsOf(name), from, name);
  while (static_cast<int>(found.size()) < limit && subjects.Next()) {
    const int64_t subject = subjects.Int(0);
    const bool goes_on = after && after->subject == subject;
    for (Record& record : OfSubjectNamed(session, subjects.Text(1), subjects.Text(2),
                                         goes_on ? after->after : std::nullopt,
                                         limit - static_cast<int>(found.size()))) {
      found.push_back({subject, std::move(record)});
    }
  }
  return found;
}

void SqlRecords::Insert(storage::Tx& tx, const Record& record, absl::string_view fingerprint,
                        absl::string_view reckoned_by, absl::Time now) const {
  const RecordContent& content = record.content;
  const NaturalKey& key = content.key;
  const std::string kinds = absl::StrJoin(content.penalty_kinds, "\n");
  const Days days(content);
  const std::string extra = ExtraJson(content);
  const Reported reported = content.reported.value_or(Reported());
  tx.Run(
      "INSERT INTO record (id, version, state, authority_uscc, document_no, subject_uscc,"
      " code_mismatch, subject_name, subject_kind, authority_name, decision_date, valid_until,"
      " publicity_end, penalty_kinds, fine_fen, confiscated_fen, violation, facts, basis, penalty,"
      " licence, source_name, source_uscc, remark, extra, fingerprint, imported_at, changed_at,"
      " matter, entry, list_name, ground, procedure, published_on, corrected_on,"
      " restriction_until, repair_basis, reported, reported_on, reported_by, reported_by_uscc,"
      " reported_reason, ends_on, reckoned_by, repairable_on)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
      " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35,"
      " ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44)",
      record.id, record.version, static_cast<int>(record.state), key.authority_uscc,
      key.document_no, key.subject_uscc, content.code_mismatch, content.subject_name,
      content.subject_kind, content.authority_name, days.decided, days.valid_until,
      days.publicity_end, kinds, content.fine_fen, content.confiscated_fen, content.violation,
      content.facts, content.basis, content.penalty, content.licence, content.source_name,
      content.source_uscc, content.remark, extra, storage::Blob{fingerprint}, now,
      ToString(key.matter), key.entry, content.list_name, content.ground, content.procedure,
      days.published_on, days.corrected_on, days.restriction_until, ToString(content.repair_basis),
      ReportedKind(content), days.reported_on, reported.authority_name, reported.authority_uscc,
      reported.reason, DayText(record.ends_on), reckoned_by, DayText(record.repairable_on));
  IndexName(tx, key.subject_uscc, content.subject_name);
}

void SqlRecords::Update(storage::Tx& tx, const Id& id, const RecordContent& content,
                        absl::string_view fingerprint, absl::Time now) const {
  const std::string kinds = absl::StrJoin(content.penalty_kinds, "\n");
  const Days days(content);
  const std::string extra = ExtraJson(content);
  const Reported reported = content.reported.value_or(Reported());
  tx.Run(
      "UPDATE record SET version = version + 1, code_mismatch = ?2, subject_name = ?3,"
      " subject_kind = ?4, authority_name = ?5, decision_date = ?6, valid_until = ?7,"
      " publicity_end = ?8, penalty_kinds = ?9, fine_fen = ?10, confiscated_fen = ?11,"
      " violation = ?12, facts = ?13, basis = ?14, penalty = ?15, licence = ?16,"
      " source_name = ?17, source_uscc = ?18, remark = ?19, extra = ?20, fingerprint = ?21,"
      " changed_at = ?22, authority_uscc = ?23, list_name = ?24, ground = ?25, procedure = ?26,"
      " published_on = ?27, corrected_on = ?28, restriction_until = ?29, repair_basis = ?30,"
      " reported = ?31, reported_on = ?32, reported_by = ?33, reported_by_uscc = ?34,"
      " reported_reason = ?35, reckoned_by = '' WHERE id = ?1",
      id, content.code_mismatch, content.subject_name, content.subject_kind, content.authority_name,
      days.decided, days.valid_until, days.publicity_end, kinds, content.fine_fen,
      content.confiscated_fen, content.violation, content.facts, content.basis, content.penalty,
      content.licence, content.source_name, content.source_uscc, content.remark, extra,
      storage::Blob{fingerprint}, now, content.key.authority_uscc, content.list_name,
      content.ground, content.procedure, days.published_on, days.corrected_on,
      days.restriction_until, ToString(content.repair_basis), ReportedKind(content),
      days.reported_on, reported.authority_name, reported.authority_uscc, reported.reason);
  IndexName(tx, content.key.subject_uscc, content.subject_name);
}

std::vector<Record> SqlRecords::Over(storage::Session& session, absl::CivilDay today,
                                     int limit) const {
  storage::Query query = session.Sql("SELECT" XIUFU_RECORD_COLUMNS
                                     " FROM record WHERE state IN (1, 6) AND ends_on IS NOT NULL"
                                     " AND ends_on < ? ORDER BY ends_on, id LIMIT ?",
                                     FormatDay(today), limit);
  std::vector<Record> records;
  while (query.Next()) records.push_back(ReadRecord(query));
  return records;
}

std::optional<absl::CivilDay> SqlRecords::NextEnd(storage::Session& session) const {
  storage::Query query = session.Sql(
      "SELECT ends_on FROM record WHERE state IN (1, 6) AND ends_on IS NOT NULL"
      " ORDER BY ends_on LIMIT 1");
  return query.Next() ? DayAt(query, 0) : std::nullopt;
}

std::vector<Record> SqlRecords::NotReckonedBy(storage::Session& session, absl::string_view version,
                                              int limit) const {
  // Two ranges of the index; "<>" would go through everything.
  storage::Query query = session.Sql("SELECT" XIUFU_RECORD_COLUMNS
                                     " FROM record WHERE reckoned_by < ?1 OR reckoned_by > ?1"
                                     " LIMIT ?2",
                                     version, limit);
  std::vector<Record> records;
  while (query.Next()) records.push_back(ReadRecord(query));
  return records;
}

std::vector<Record> SqlRecords::Repairable(storage::Session& session, absl::CivilDay on,
                                           absl::string_view region, absl::string_view after_day,
                                           const Id& after, int limit) const {
  storage::Query query =
      session.Sql("SELECT" XIUFU_RECORD_COLUMNS
                  " FROM record WHERE state = 1 AND repairable_on IS NOT NULL"
                  " AND repairable_on <= ?1 AND (repairable_on, id) > (?2, ?3)"
                  " AND (?4 = '' OR substr(subject_uscc, 3, 6) = ?4)"
                  " ORDER BY repairable_on, id LIMIT ?5",
                  FormatDay(on), after_day, storage::Blob{after.bytes()}, region, limit);
  std::vector<Record> records;
  while (query.Next()) records.push_back(ReadRecord(query));
  return records;
}

void SqlRecords::SaveReckoning(storage::Tx& tx, const Id& id, const Publicity& publicity,
                               absl::string_view version) const {
  tx.Run("UPDATE record SET ends_on = ?2, reckoned_by = ?3, repairable_on = ?4 WHERE id = ?1", id,
         DayText(publicity.ends_on), version, DayText(publicity.repairable_on));
}

void SqlRecords::SavePublicity(storage::Tx& tx, const Record& record) const {
  tx.Run(
      "UPDATE record SET version = ?2, state = ?3, ended_at = ?4, ended_by = ?5, result_word = ?6,"
      " restarted_on = ?7 WHERE id = ?1",
      record.id, record.version, static_cast<int>(record.state), record.ended_at, record.ended_by,
      record.result_word, DayText(record.content.restarted_on));
}

}  // namespace xiufu::publication
