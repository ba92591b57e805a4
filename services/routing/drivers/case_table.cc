#include "services/routing/drivers/case_table.h"

namespace xiufu::routing {
namespace {

void ReadOpening(const storage::Query& row, Case& kase) {
  kase.application = row.IdAt(0);
  kase.record = row.IdAt(1);
  kase.task = row.IdAt(2);
  kase.authority = {std::string(row.Text(3)), std::string(row.Text(4)), std::string(row.Text(5))};
  kase.rule = {std::string(row.Text(6)), std::string(row.Text(7)), std::string(row.Text(8)),
               std::string(row.Text(9))};
  kase.snapshot = std::string(row.Blob(10));
  kase.opening_sha256 = std::string(row.Blob(11));
  kase.opened_at = row.TimeAt(12);
}

void ReadProgress(const storage::Query& row, Case& kase) {
  kase.state = static_cast<CaseState>(row.Int(13));
  kase.resume = static_cast<CaseState>(row.Int(14));
  kase.version = row.Int(15);
  kase.changed_at = row.TimeAt(16);
  kase.rounds = static_cast<int>(row.Int(17));
  kase.authority_no = std::string(row.Text(18));
  kase.counted_answer = std::string(row.Text(19));
  kase.result = static_cast<CaseResult>(row.Int(20));
  kase.decision_no = std::string(row.Text(21));
  kase.decision_date = std::string(row.Text(22));
  kase.decision = row.IdAt(23);
  kase.concluded_at = row.TimeAt(24);
  kase.loop_closed_at = row.TimeAt(25);
  kase.authority.kind = std::string(row.Text(26));
  kase.record_version = static_cast<uint64_t>(row.Int(27));
  kase.reason = std::string(row.Text(28));
  kase.handling = std::string(row.Text(29));
  kase.revoked_by = std::string(row.Text(30));
  kase.step = static_cast<int>(row.Int(31));
  kase.review_rounds = static_cast<int>(row.Int(32));
  kase.reviewer = std::string(row.Text(33));
}

}  // namespace

std::optional<Case> CaseTable::Find(storage::Tx& tx, const Id& id) const { return Read(tx, id); }

std::optional<Case> CaseTable::Read(storage::Session& session, const Id& id) const {
  storage::Query row = session.Sql(
      "SELECT application, record, task, authority_code, authority_name, authority_uscc, rule_id,"
      "  catalogue_version, catalogue_sha256, calendar_version, snapshot, opening_sha256, "
      "opened_at,"
      "  state, resume, version, changed_at, rounds, authority_no, counted_answer, result,"
      "  decision_no, decision_date, decision, concluded_at, loop_closed_at, authority_kind,"
      "  record_version, reason, handling, revoked_by, step, review_rounds, reviewer"
      " FROM kase WHERE id = ?",
      id);
  if (!row.Next()) return std::nullopt;
  Case kase{.id = id};
  ReadOpening(row, kase);
  ReadProgress(row, kase);
  return kase;
}

void CaseTable::Insert(storage::Tx& tx, const Case& kase) const {
  tx.Run(
      "INSERT INTO kase (id, application, record, task, authority_code, authority_name,"
      "  authority_uscc, rule_id, catalogue_version, catalogue_sha256, calendar_version, snapshot,"
      "  opening_sha256, opened_at, state, resume, version, changed_at, rounds, authority_no,"
      "  counted_answer, result, decision_no, decision_date, authority_kind, record_version,"
      "  reason, handling, reviewer)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '', 0, '', '', ?, ?, "
      "?, ?, ?)",
      kase.id, kase.application, kase.record, kase.task, kase.authority.code, kase.authority.name,
      kase.authority.uscc, kase.rule.rule_id, kase.rule.catalogue_version,
      kase.rule.catalogue_sha256, kase.rule.calendar_version, storage::Blob{kase.snapshot},
      storage::Blob{kase.opening_sha256}, kase.opened_at, static_cast<int>(kase.state),
      static_cast<int>(kase.resume), kase.version, kase.changed_at, kase.authority.kind,
      kase.record_version, kase.reason, kase.handling, kase.reviewer);
}

std::vector<Id> CaseTable::RunningAfter(storage::Tx& tx, const Id& after, size_t limit) const {
  // None is before the first: its bytes are all zero, where SQL's NULL is before nothing.
  storage::Query rows = tx.Sql(
      "SELECT id FROM kase INDEXED BY kase_running"
      " WHERE (state NOT IN (6, 9, 10, 11) OR (state = 6 AND result = 1 AND loop_closed_at IS "
      "NULL))"
      "  AND id > ? ORDER BY id LIMIT ?",
      storage::Blob{after.bytes()}, limit);
  std::vector<Id> ids;
  while (rows.Next()) ids.push_back(rows.IdAt(0));
  return ids;
}

std::vector<Id> CaseTable::OpenAbout(storage::Tx& tx, const Id& record) const {
  storage::Query rows = tx.Sql(
      "SELECT id FROM kase INDEXED BY kase_open_record"
      " WHERE state NOT IN (6, 9, 10, 11) AND record = ? ORDER BY id",
      record);
  std::vector<Id> ids;
  while (rows.Next()) ids.push_back(rows.IdAt(0));
  return ids;
}

std::vector<Id> CaseTable::ConcludedBy(storage::Tx& tx, absl::string_view decision_no) const {
  storage::Query rows = tx.Sql(
      "SELECT id FROM kase INDEXED BY kase_decision_no"
      " WHERE state = 6 AND decision_no = ? LIMIT 2",
      decision_no);
  std::vector<Id> ids;
  while (rows.Next()) ids.push_back(rows.IdAt(0));
  return ids;
}

void CaseTable::Update(storage::Tx& tx, const Case& kase) const {
  tx.Run(
      "UPDATE kase SET task = ?, authority_code = ?, authority_name = ?, authority_uscc = ?,"
      "  authority_kind = ?, state = ?, resume = ?, version = ?, changed_at = ?, reason = ?,"
      "  rounds = ?, authority_no = ?, counted_answer = ?, result = ?, decision_no = ?,"
      "  decision_date = ?, decision = ?, concluded_at = ?, loop_closed_at = ?, revoked_by = ?,"
      "  step = ?, review_rounds = ?, reviewer = ?"
      " WHERE id = ?",
      kase.task, kase.authority.code, kase.authority.name, kase.authority.uscc, kase.authority.kind,
      static_cast<int>(kase.state), static_cast<int>(kase.resume), kase.version, kase.changed_at,
      kase.reason, kase.rounds, kase.authority_no, kase.counted_answer,
      static_cast<int>(kase.result), kase.decision_no, kase.decision_date, kase.decision,
      kase.concluded_at, kase.loop_closed_at, kase.revoked_by, kase.step, kase.review_rounds,
      kase.reviewer, kase.id);
}

}  // namespace xiufu::routing
