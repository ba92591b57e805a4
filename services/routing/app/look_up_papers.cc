#include "services/routing/app/look_up_papers.h"

#include <optional>
#include <utility>

#include "absl/algorithm/container.h"

namespace xiufu::routing {
namespace {

SupplementAsked* RequestOf(CaseInput& input) {
  if (auto* answered = std::get_if<Answered>(&input.what)) {
    return std::get_if<SupplementAsked>(&answered->kind);
  }
  auto* allowed = std::get_if<SupplementAllowed>(&input.what);
  return allowed == nullptr ? nullptr : &allowed->asked;
}

}  // namespace

void LookUpPapers(const Ports& ports, const LawBook& law, const Case& kase, CaseInput& input,
                  storage::Tx& tx) {
  SupplementAsked* asked = RequestOf(input);
  if (asked == nullptr || asked->missing.empty()) return;
  std::vector<std::string> kinds;
  for (const MissingPaper& missing : asked->missing) {
    if (!absl::c_linear_search(kinds, missing.kind)) kinds.push_back(missing.kind);
  }
  std::vector<std::string> lists = ports.supplements->AllMaterials(tx, kase.id);
  if (std::optional<Task> task = ports.tasks->Find(tx, kase.task)) {
    lists.insert(lists.begin(), std::move(task->materials));
  }
  PapersOnFile& on_file = asked->on_file;
  on_file = ports.codec->PapersIn(lists, kinds);
  for (std::string& kind : law.FetchedAmong(kinds, kase, tx)) {
    if (!on_file.Holds(kind)) on_file.fetched.push_back(std::move(kind));
  }
  on_file.answered_before = ports.needless->CountOf(tx, kase.id);
}

}  // namespace xiufu::routing
