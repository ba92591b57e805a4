#include "services/publication/drivers/sql_commitments.h"

#include "libs/base/legal_day.h"

namespace xiufu::publication {

void SqlCommitments::Insert(storage::Tx& tx, const Commitment& commitment) const {
  const std::string made_on = FormatDay(commitment.made_on);
  tx.Run(
      "INSERT OR IGNORE INTO commitment (decision, record, subject_uscc, subject_name,"
      " authority_name, authority_uscc, record_document_no, title, title_en, made_on, rule_id)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      commitment.decision, commitment.record, commitment.subject_uscc, commitment.subject_name,
      commitment.authority_name, commitment.authority_uscc, commitment.record_document_no,
      commitment.title, commitment.title_en, made_on, commitment.rule_id);
}

void SqlCommitments::Break(storage::Tx& tx, const RevokedDecision& decision) const {
  const std::string found_on = FormatDay(decision.found_on);
  tx.Run("UPDATE commitment SET finding = ?, document_no = ?, found_on = ? WHERE decision = ?",
         decision.kind, decision.document_no, found_on, decision.decision);
}

std::vector<Commitment> SqlCommitments::OfSubject(storage::Session& session, absl::string_view uscc,
                                                  const std::optional<CommitmentPosition>& after,
                                                  int limit) const {
  const std::string day = FormatDay(after ? after->made_on : absl::CivilDay(9999, 12, 31));
  const Id last = after ? after->decision : Id();
  storage::Query query = session.Sql(
      "SELECT decision, record, subject_name, authority_name, authority_uscc, record_document_no,"
      " title, title_en, made_on, rule_id, finding, document_no, found_on FROM commitment"
      " WHERE subject_uscc = ?1 AND made_on <= ?2 AND (made_on < ?2 OR decision > ?3)"
      " ORDER BY made_on DESC, decision LIMIT ?4",
      uscc, day, storage::Blob{last.bytes()}, limit);
  std::vector<Commitment> commitments;
  const auto text = [&](int column) { return std::string(query.Text(column)); };
  while (query.Next()) {
    Commitment commitment{query.IdAt(0), query.IdAt(1), std::string(uscc), text(2), text(3),
                          text(4),       text(5),       text(6),           text(7)};
    commitment.made_on = ParseDay(query.Text(8)).value_or(absl::CivilDay());
    commitment.rule_id = text(9);
    commitment.finding = text(10);
    commitment.document_no = text(11);
    commitment.found_on = text(12);
    commitments.push_back(std::move(commitment));
  }
  return commitments;
}

}  // namespace xiufu::publication
