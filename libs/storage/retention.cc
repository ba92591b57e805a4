#include <algorithm>
#include <string>
#include <vector>

#include "libs/storage/outbox.h"

namespace xiufu::storage {
namespace {

struct Lane {
  int64_t lane = 0;
  std::string stream;
  int64_t epoch = 0;
  int64_t sent_through = 0;
};

std::vector<Lane> AllLanes(Session& session) {
  std::vector<Lane> lanes;
  Query rows = session.Sql("SELECT lane, name, epoch, sent_through FROM stream ORDER BY lane");
  while (rows.Next()) {
    lanes.push_back({rows.Int(0), std::string(rows.Text(1)), rows.Int(2), rows.Int(3)});
  }
  return lanes;
}

// The last seq of the lane that every consumer heard of is past. A consumer that is in a later
// epoch of this store's own history has the whole of an earlier one; one that has not come to this
// epoch yet has nothing of it.
int64_t PassedByAll(Session& session, const Lane& lane) {
  int64_t passed = INT64_MAX;
  bool heard = false;
  Query consumers = session.Sql(
      "SELECT MAX(CASE WHEN epoch IN (SELECT epoch FROM epoch) THEN epoch ELSE 0 END), "
      "MAX(CASE WHEN epoch = ?2 THEN seq ELSE 0 END) FROM consumer_mark "
      "WHERE stream = ?1 GROUP BY consumer",
      lane.stream, lane.epoch);
  while (consumers.Next()) {
    heard = true;
    if (consumers.Int(0) <= lane.epoch) passed = std::min(passed, consumers.Int(1));
  }
  return heard ? passed : lane.sent_through;
}

// The end of the run of rows, from the lane's first on, that may go; 0 when none may.
int64_t LastToDelete(Session& session, const Lane& lane, absl::Time keep_after, int64_t limit) {
  const int64_t passed = PassedByAll(session, lane);
  Query rows = session.Sql(
      "SELECT seq, at FROM outbox WHERE lane = ?1 AND seq <= ?2 "
      "AND seq < (SELECT MAX(seq) FROM outbox WHERE lane = ?1) ORDER BY seq LIMIT ?3",
      lane.lane, passed, limit);
  int64_t last = 0;
  // Stops at the first young row even if a clock that jumped has left older ones behind it: no
  // holes.
  while (rows.Next() && rows.TimeAt(1) < keep_after) last = rows.Int(0);
  return last;
}

}  // namespace

int64_t Outbox::Prune(Tx& tx, absl::Time keep_after, int64_t limit) {
  int64_t deleted = 0;
  for (const Lane& lane : AllLanes(tx)) {
    if (deleted >= limit) break;
    const int64_t last = LastToDelete(tx, lane, keep_after, limit - deleted);
    if (last > 0) {
      deleted += tx.Run("DELETE FROM outbox WHERE lane = ? AND seq <= ?", lane.lane, last);
    }
  }
  return deleted;
}

}  // namespace xiufu::storage
