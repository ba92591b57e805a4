#include "services/intake/drivers/objection_table.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {
namespace {

constexpr char kReasonSeparator[] = "\x1e";

// Read by ReadObjection in this order.
#define XIUFU_OBJECTION_COLUMNS                                                                  \
  "id, number, query_code, principal, subject_uscc, record, snapshot, kind, statement,"          \
  " applicant_name, applicant_phone, applicant_capacity, application, case_id, region, rule_id," \
  " catalogue_version, catalogue_sha256, calendar_version, state, version, authority_code,"      \
  " authority_name, authority_uscc, due_date, due_provisional, document_no, correction,"         \
  " reasons, remedies, created, filed, ended"

RecordSnapshot SnapshotIn(absl::string_view bytes) {
  common::v1::RecordSnapshot proto;
  proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  // It was checked when it came.
  return FromProto(proto).value_or(RecordSnapshot());
}

void ReadAnswer(const storage::Query& query, Objection& objection) {
  objection.document_no = std::string(query.Text(26));
  objection.correction = std::string(query.Text(27));
  if (const absl::string_view reasons = query.Text(28); !reasons.empty()) {
    objection.reasons = absl::StrSplit(reasons, kReasonSeparator);
  }
  objection.remedies = std::string(query.Text(29));
}

Objection ReadObjection(const storage::Query& query) {
  const auto text = [&query](int column) { return std::string(query.Text(column)); };
  Objection objection;
  objection.id = query.IdAt(0);
  objection.number = text(1);
  objection.query_code = text(2);
  objection.principal = text(3);
  objection.what = {
      .subject_uscc = text(4),
      .record = query.IdAt(5),
      .kind = static_cast<ObjectionKind>(query.Int(7)),
      .statement = text(8),
      .applicant = {text(9), text(10), static_cast<Capacity>(query.Int(11))},
      .application = query.IdAt(12),
      .case_id = query.IdAt(13),
      .region = text(14),
  };
  objection.snapshot = SnapshotIn(query.Blob(6));
  objection.rule = {text(15), text(16), text(17), text(18)};
  objection.state = static_cast<ObjectionState>(query.Int(19));
  objection.version = query.Int(20);
  objection.authority = {text(21), text(22), text(23)};
  objection.due_date = text(24);
  objection.due_provisional = query.Int(25) != 0;
  ReadAnswer(query, objection);
  objection.created = query.TimeAt(30);
  objection.filed = query.TimeAt(31);
  objection.ended = query.TimeAt(32);
  return objection;
}

}  // namespace

std::optional<Objection> SqlObjectionTable::Find(storage::Session& session, const Id& id) const {
  storage::Query query =
      session.Sql("SELECT " XIUFU_OBJECTION_COLUMNS " FROM objection WHERE id = ?", id);
  if (!query.Next()) return std::nullopt;
  return ReadObjection(query);
}

std::vector<Objection> SqlObjectionTable::List(storage::Session& session,
                                               const std::string& principal, const Id& before,
                                               int limit) const {
  storage::Query query = session.Sql("SELECT " XIUFU_OBJECTION_COLUMNS
                                     " FROM objection WHERE principal = ?"
                                     " AND (id < ?2 OR ?2 IS NULL) ORDER BY id DESC LIMIT ?3",
                                     principal, before, limit);
  std::vector<Objection> objections;
  while (query.Next()) objections.push_back(ReadObjection(query));
  return objections;
}

std::optional<Id> SqlObjectionTable::OpenLike(storage::Session& session,
                                              const ObjectionDraft& what) const {
  const Id case_id = what.kind == ObjectionKind::kResult ? what.case_id : Id();
  // The states as in the index objection_open.
  storage::Query query = session.Sql(
      "SELECT id FROM objection WHERE record = ? AND kind = ? AND state IN (1, 2, 3, 8)"
      " AND (case_id = ?3 OR ?3 IS NULL) ORDER BY id LIMIT 1",
      what.record, static_cast<int>(what.kind), case_id);
  if (!query.Next()) return std::nullopt;
  return query.IdAt(0);
}

void SqlObjectionTable::Insert(storage::Tx& tx, const Objection& objection) const {
  const ObjectionDraft& what = objection.what;
  const std::string snapshot = ToProto(objection.snapshot).SerializeAsString();
  tx.Run("INSERT INTO objection (" XIUFU_OBJECTION_COLUMNS
         ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
         objection.id, objection.number, objection.query_code, objection.principal,
         what.subject_uscc, what.record, storage::Blob{snapshot}, static_cast<int>(what.kind),
         what.statement, what.applicant.name, what.applicant.phone,
         static_cast<int>(what.applicant.capacity), what.application, what.case_id, what.region,
         objection.rule.rule_id, objection.rule.catalogue_version, objection.rule.catalogue_sha256,
         objection.rule.calendar_version, static_cast<int>(objection.state), objection.version,
         objection.authority.code, objection.authority.name, objection.authority.uscc,
         objection.due_date, objection.due_provisional, objection.document_no, objection.correction,
         absl::StrJoin(objection.reasons, kReasonSeparator), objection.remedies, objection.created,
         objection.filed, objection.ended);
}

void SqlObjectionTable::Update(storage::Tx& tx, const Objection& objection) const {
  tx.Run(
      "UPDATE objection SET rule_id = ?, catalogue_version = ?, catalogue_sha256 = ?,"
      " calendar_version = ?, state = ?, version = ?, authority_code = ?, authority_name = ?,"
      " authority_uscc = ?, due_date = ?, due_provisional = ?, document_no = ?, correction = ?,"
      " reasons = ?, remedies = ?, filed = ?, ended = ? WHERE id = ?",
      objection.rule.rule_id, objection.rule.catalogue_version, objection.rule.catalogue_sha256,
      objection.rule.calendar_version, static_cast<int>(objection.state), objection.version,
      objection.authority.code, objection.authority.name, objection.authority.uscc,
      objection.due_date, objection.due_provisional, objection.document_no, objection.correction,
      absl::StrJoin(objection.reasons, kReasonSeparator), objection.remedies, objection.filed,
      objection.ended, objection.id);
}

std::vector<ObjectionStep> SqlObjectionTable::StepsOf(storage::Session& session,
                                                      const Id& id) const {
  storage::Query query = session.Sql(
      "SELECT time, state, authority, due_date FROM objection_step WHERE objection = ?"
      " ORDER BY position",
      id);
  std::vector<ObjectionStep> steps;
  while (query.Next()) {
    steps.push_back({query.TimeAt(0), static_cast<ObjectionState>(query.Int(1)),
                     std::string(query.Text(2)), std::string(query.Text(3))});
  }
  return steps;
}

void SqlObjectionTable::AddStep(storage::Tx& tx, const Id& id, const ObjectionStep& step) const {
  tx.Run(
      "INSERT INTO objection_step (objection, position, time, state, authority, due_date)"
      " SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3, ?4, ?5 FROM objection_step"
      " WHERE objection = ?1",
      id, step.time, static_cast<int>(step.state), step.authority, step.due_date);
}

void SqlObjectionTable::CompleteFirstStep(storage::Tx& tx, const Id& id,
                                          const ObjectionStep& step) const {
  tx.Run(
      "UPDATE objection_step SET authority = ?, due_date = ? WHERE objection = ? AND position = 1",
      step.authority, step.due_date, id);
}

#undef XIUFU_OBJECTION_COLUMNS

}  // namespace xiufu::intake
