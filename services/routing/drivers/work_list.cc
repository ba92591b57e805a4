#include "services/routing/drivers/work_list.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace xiufu::routing {
namespace {

struct GivenCase {
  Id id;
  std::string application_number;
};

// Where the applicant or the ledger has the turn, `resume` tells whether an authority has it at
// all.
std::vector<GivenCase> OpenCasesOf(storage::Session& session, const std::string& authority_code,
                                   const Id& after, int limit) {
  storage::Query row =
      authority_code.empty()
          ? session.Sql(
                "SELECT kase.id, task.application_number FROM kase INDEXED BY kase_open_id"
                " JOIN task ON task.id = kase.task"
                " WHERE kase.state IN (1, 2, 3, 4, 5, 7)"
                "  AND NOT (kase.state IN (4, 5) AND kase.resume IN (8, 13, 14)) AND kase.id > ?"
                " ORDER BY kase.id LIMIT ?",
                storage::Blob{after.bytes()}, limit)
          : session.Sql(
                "SELECT kase.id, task.application_number FROM kase INDEXED BY kase_work"
                " JOIN task ON task.id = kase.task"
                " WHERE kase.state IN (1, 2, 3, 4, 5, 7)"
                "  AND NOT (kase.state IN (4, 5) AND kase.resume IN (8, 13, 14))"
                "  AND kase.authority_code = ? AND kase.id > ?"
                " ORDER BY kase.id LIMIT ?",
                authority_code, storage::Blob{after.bytes()}, limit);
  std::vector<GivenCase> found;
  while (row.Next()) found.push_back({row.IdAt(0), std::string(row.Text(1))});
  return found;
}

}  // namespace

std::vector<WorkItem> WorkList::Of(storage::Session& session, const std::string& authority_code,
                                   const Id& after, int limit, const catalogue::Law& law,
                                   absl::Time now) const {
  std::vector<WorkItem> items;
  for (GivenCase& open : OpenCasesOf(session, authority_code, after, limit)) {
    std::optional<Case> kase = cases_.Read(session, open.id);
    if (!kase) continue;
    WorkItem item{
        *std::move(kase), std::move(open.application_number),
        clocks_.Clocks(session, {.authority_code = "", .case_id = open.id}, Id(), 1, law, now)};
    for (const ClockRow& clock : item.clocks) item.light = std::max(item.light, clock.light);
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace xiufu::routing
