#include "services/routing/drivers/answer_table.h"

#include <iterator>

namespace xiufu::routing {
namespace {

// Text, because people look into this table.
constexpr absl::string_view kKindNames[] = {"ACCEPTED", "SUPPLEMENT_REQUESTED", "DECIDED",
                                            "RETURNED"};
constexpr int kFirstAnswerKind = static_cast<int>(InputKind::kAccepted);

absl::string_view KindName(InputKind kind) {
  return kKindNames[static_cast<int>(kind) - kFirstAnswerKind];
}

InputKind KindNamed(absl::string_view name) {
  int kind = kFirstAnswerKind;
  for (absl::string_view known : kKindNames) {
    if (known == name) break;
    ++kind;
  }
  return static_cast<InputKind>(kind);
}

}  // namespace

std::optional<AnswerRow> AnswerTable::Find(storage::Tx& tx, const Id& case_id,
                                           absl::string_view answer_id) const {
  storage::Query row = tx.Sql(
      "SELECT kind, content, counts, reason, fault_reason FROM answer"
      " WHERE case_id = ? AND answer_id = ?",
      case_id, answer_id);
  if (!row.Next()) return std::nullopt;
  return AnswerRow{.kind = KindNamed(row.Text(0)),
                   .content = std::string(row.Blob(1)),
                   .counts = row.Int(2) != 0,
                   .reason = std::string(row.Text(3)),
                   .fault_reason = std::string(row.Text(4))};
}

void AnswerTable::Insert(storage::Tx& tx, const Id& case_id, absl::string_view answer_id,
                         absl::Time received_at, const AnswerRow& row) const {
  tx.Run(
      "INSERT INTO answer (case_id, answer_id, kind, content, received_at, counts, reason,"
      "  fault_reason)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      case_id, answer_id, KindName(row.kind), storage::Blob{row.content}, received_at, row.counts,
      row.reason, row.fault_reason);
}

void AnswerTable::MarkFaulty(storage::Tx& tx, const Id& case_id, absl::string_view answer_id,
                             absl::string_view reason) const {
  tx.Run(
      "UPDATE answer SET counts = 0, reason = '无法入账 / could not be entered', fault_reason = ?"
      " WHERE case_id = ? AND answer_id = ?",
      reason, case_id, answer_id);
}

}  // namespace xiufu::routing
