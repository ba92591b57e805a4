#include "services/intake/drivers/hand_over_table.h"

#include "services/intake/drivers/before.h"

namespace xiufu::intake {
namespace {

#define XIUFU_HAND_OVER_COLUMNS                                                              \
  "id, application, consultation, from_region, to_region, from_clerk, reason, given, taken," \
  " to_clerk"

HandOver ReadHandOver(const storage::Query& query) {
  HandOver hand_over;
  hand_over.id = query.IdAt(0);
  hand_over.application = query.IdAt(1);
  hand_over.consultation = query.IdAt(2);
  hand_over.from_region = std::string(query.Text(3));
  hand_over.to_region = std::string(query.Text(4));
  hand_over.from_clerk = std::string(query.Text(5));
  hand_over.reason = std::string(query.Text(6));
  hand_over.given = query.TimeAt(7);
  hand_over.taken = query.TimeAt(8);
  hand_over.to_clerk = std::string(query.Text(9));
  return hand_over;
}

std::optional<HandOver> FirstHandOver(storage::Query query) {
  if (!query.Next()) return std::nullopt;
  return ReadHandOver(query);
}

}  // namespace

std::optional<HandOver> SqlHandOverTable::Find(storage::Session& session, const Id& id) const {
  return FirstHandOver(
      session.Sql("SELECT " XIUFU_HAND_OVER_COLUMNS " FROM hand_over WHERE id = ?", id));
}

std::optional<HandOver> SqlHandOverTable::OpenOf(storage::Session& session,
                                                 const Id& matter) const {
  return FirstHandOver(session.Sql("SELECT " XIUFU_HAND_OVER_COLUMNS
                                   " FROM hand_over WHERE coalesce(application, consultation) = ?"
                                   " AND taken IS NULL",
                                   matter));
}

std::vector<HandOver> SqlHandOverTable::List(storage::Session& session,
                                             const HandOverFilter& filter) const {
  storage::Query query = session.Sql(
      "SELECT " XIUFU_HAND_OVER_COLUMNS
      " FROM hand_over WHERE (?1 = '' OR CASE ?2 WHEN 1 THEN from_region ELSE to_region END = ?1)"
      " AND (?3 = 1 OR taken IS NULL) AND id < ?4 ORDER BY id DESC LIMIT ?5",
      filter.region, filter.outgoing, filter.with_taken, OrLast(filter.before), filter.limit);
  std::vector<HandOver> hand_overs;
  while (query.Next()) hand_overs.push_back(ReadHandOver(query));
  return hand_overs;
}

void SqlHandOverTable::Insert(storage::Tx& tx, const HandOver& hand_over) const {
  tx.Run("INSERT INTO hand_over (" XIUFU_HAND_OVER_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?)",
         hand_over.id, hand_over.application, hand_over.consultation, hand_over.from_region,
         hand_over.to_region, hand_over.from_clerk, hand_over.reason, hand_over.given,
         hand_over.taken, hand_over.to_clerk);
}

void SqlHandOverTable::SaveTaken(storage::Tx& tx, const HandOver& hand_over) const {
  tx.Run("UPDATE hand_over SET taken = ?, to_clerk = ? WHERE id = ?", hand_over.taken,
         hand_over.to_clerk, hand_over.id);
}

#undef XIUFU_HAND_OVER_COLUMNS

}  // namespace xiufu::intake
