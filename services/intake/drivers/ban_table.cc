#include "services/intake/drivers/ban_table.h"

#include <string>

#include "libs/base/legal_day.h"

namespace xiufu::intake {

void SqlBanTable::Insert(storage::Tx& tx, const Ban& ban) const {
  const std::string from = FormatDay(ban.from);
  const std::string until = FormatDay(ban.until);
  tx.Run(
      "INSERT OR IGNORE INTO ban (revocation, subject_uscc, regime, rule_id, from_day, until_day,"
      " document_no, authority_code, authority_name, authority_uscc, source, confidence)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ban.revocation, ban.subject_uscc, ban.regime, ban.rule_id, from, until, ban.document_no,
      ban.authority.code, ban.authority.name, ban.authority.uscc, ban.source, ban.confidence);
}

std::vector<Ban> SqlBanTable::Of(storage::Session& session, absl::string_view subject_uscc) const {
  storage::Query query = session.Sql(
      "SELECT revocation, regime, rule_id, from_day, until_day, document_no, authority_code,"
      " authority_name, authority_uscc, source, confidence FROM ban"
      " WHERE subject_uscc = ? ORDER BY until_day, revocation",
      subject_uscc);
  std::vector<Ban> bans;
  const auto text = [&](int column) { return std::string(query.Text(column)); };
  while (query.Next()) {
    Ban ban{query.IdAt(0), std::string(subject_uscc), text(1), text(2)};
    ban.from = ParseDay(query.Text(3)).value_or(absl::CivilDay());
    ban.until = ParseDay(query.Text(4)).value_or(absl::CivilDay());
    ban.document_no = text(5);
    ban.authority = {text(6), text(7), text(8)};
    ban.source = text(9);
    ban.confidence = text(10);
    bans.push_back(std::move(ban));
  }
  return bans;
}

}  // namespace xiufu::intake
