#include "services/intake/drivers/power_table.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"

namespace xiufu::intake {
namespace {

std::string BytesOfAll(const std::vector<Id>& ids) {
  std::string bytes;
  for (const Id& id : ids) bytes.append(id.bytes().data(), id.bytes().size());
  return bytes;
}

std::vector<Id> IdsIn(absl::string_view bytes) {
  std::vector<Id> ids;
  for (size_t at = 0; at + Id::kSize <= bytes.size(); at += Id::kSize) {
    ids.push_back(*Id::FromBytes(bytes.substr(at, Id::kSize)));
  }
  return ids;
}

std::string TextOf(const std::vector<catalogue::MatterKind>& matters) {
  return absl::StrJoin(matters, ",", [](std::string* out, catalogue::MatterKind matter) {
    absl::string_view name = catalogue::ToString(matter);
    out->append(name.data(), name.size());
  });
}

std::string TextOf(const std::vector<Act>& acts) {
  return absl::StrJoin(
      acts, ",", [](std::string* out, Act act) { absl::StrAppend(out, static_cast<int>(act)); });
}

PowerOfAttorney ReadPower(const storage::Query& query) {
  PowerOfAttorney power;
  power.agent = std::string(query.Text(0));
  power.agent_name = std::string(query.Text(1));
  power.organisation_name = std::string(query.Text(2));
  power.records = IdsIn(query.Blob(3));
  for (absl::string_view name : absl::StrSplit(query.Text(4), ',', absl::SkipEmpty())) {
    if (const auto matter = catalogue::MatterNamed(name)) power.matters.push_back(*matter);
  }
  for (absl::string_view number : absl::StrSplit(query.Text(5), ',', absl::SkipEmpty())) {
    int act = 0;
    if (absl::SimpleAtoi(number, &act)) power.acts.push_back(static_cast<Act>(act));
  }
  power.valid_from = ParseDay(query.Text(6)).value_or(absl::CivilDay());
  power.valid_to = ParseDay(query.Text(7)).value_or(absl::CivilDay());
  power.document = query.IdAt(8);
  power.recorded = query.TimeAt(9);
  power.subject_uscc = std::string(query.Text(10));
  return power;
}

}  // namespace

std::optional<PowerOfAttorney> SqlPowerTable::LatestOf(storage::Session& session,
                                                       const Id& application) const {
  storage::Query query = session.Sql(
      "SELECT agent, agent_name, organisation_name, records, matters, acts, valid_from, valid_to,"
      " document, recorded, coalesce(a.subject_uscc, o.subject_uscc) FROM power_of_attorney p"
      " LEFT JOIN application a ON a.id = p.application"
      " LEFT JOIN objection o ON o.id = p.application WHERE p.application = ? ORDER BY ordinal "
      "DESC LIMIT 1",
      application);
  if (!query.Next()) return std::nullopt;
  return ReadPower(query);
}

void SqlPowerTable::Insert(storage::Tx& tx, const Id& application,
                           const PowerOfAttorney& power) const {
  const std::string records = BytesOfAll(power.records);
  tx.Run(
      "INSERT INTO power_of_attorney (application, ordinal, agent, agent_name, organisation_name,"
      " records, matters, acts, valid_from, valid_to, document, recorded) SELECT ?1,"
      " coalesce(max(ordinal), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"
      " FROM power_of_attorney WHERE application = ?1",
      application, power.agent, power.agent_name, power.organisation_name, storage::Blob{records},
      TextOf(power.matters), TextOf(power.acts), FormatDay(power.valid_from),
      FormatDay(power.valid_to), power.document, power.recorded);
}

std::vector<AgentCount> SqlPowerTable::Count(storage::Session& session,
                                             const AgentFilter& filter) const {
  // The name and the number of the application that was submitted last: SQLite gives the other
  // columns of the row that max() is from.
  storage::Query query = session.Sql(
      "SELECT p.agent, p.organisation_name, count(DISTINCT a.subject_uscc),"
      " count(DISTINCT a.id) AS applications, a.number, max(a.submitted)"
      " FROM application a JOIN power_of_attorney p ON p.application = a.id"
      " WHERE a.submitted >= ? AND a.submitted < ?"
      " GROUP BY p.agent ORDER BY applications DESC, p.agent LIMIT ? OFFSET ?",
      filter.from, filter.until, filter.limit, filter.offset);
  std::vector<AgentCount> counts;
  while (query.Next()) {
    counts.push_back({std::string(query.Text(0)), std::string(query.Text(1)), query.Int(2),
                      query.Int(3), std::string(query.Text(4))});
  }
  return counts;
}

}  // namespace xiufu::intake
