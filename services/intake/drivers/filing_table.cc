#include "services/intake/drivers/filing_table.h"

#include "services/intake/drivers/before.h"

namespace xiufu::intake {
namespace {

#define XIUFU_FILING_COLUMNS "application, clerk, window, filed_region, region, filed"

Filing ReadFiling(const storage::Query& query) {
  return {query.IdAt(0),
          {std::string(query.Text(1)), std::string(query.Text(2)), std::string(query.Text(3))},
          std::string(query.Text(4)),
          query.TimeAt(5)};
}

}  // namespace

std::optional<Filing> SqlFilingTable::Find(storage::Session& session, const Id& application) const {
  storage::Query query =
      session.Sql("SELECT " XIUFU_FILING_COLUMNS " FROM filing WHERE application = ?", application);
  if (!query.Next()) return std::nullopt;
  return ReadFiling(query);
}

std::vector<Filing> SqlFilingTable::List(storage::Session& session, absl::string_view region,
                                         const Id& before, int limit) const {
  storage::Query query =
      region.empty()
          ? session.Sql("SELECT " XIUFU_FILING_COLUMNS
                        " FROM filing WHERE application < ? ORDER BY application DESC LIMIT ?",
                        OrLast(before), limit)
          : session.Sql("SELECT " XIUFU_FILING_COLUMNS
                        " FROM filing WHERE region = ? AND application < ?"
                        " ORDER BY application DESC LIMIT ?",
                        region, OrLast(before), limit);
  std::vector<Filing> filings;
  while (query.Next()) filings.push_back(ReadFiling(query));
  return filings;
}

void SqlFilingTable::Insert(storage::Tx& tx, const Filing& filing) const {
  tx.Run("INSERT INTO filing (" XIUFU_FILING_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)",
         filing.application, filing.desk.clerk, filing.desk.window, filing.desk.region,
         filing.region, filing.filed);
}

void SqlFilingTable::Move(storage::Tx& tx, const Id& application, absl::string_view region) const {
  tx.Run("UPDATE filing SET region = ? WHERE application = ?", region, application);
}

#undef XIUFU_FILING_COLUMNS

}  // namespace xiufu::intake
