#include "libs/storage/waiting_index.h"

#include <set>
#include <utility>

namespace xiufu::storage {

const std::vector<WaitingIndex::Entry>& WaitingIndex::Of(const Id& application) const {
  static const auto* const kNone = new std::vector<Entry>();
  auto found = entries_.find(application);
  return found == entries_.end() ? *kNone : found->second;
}

void WaitingIndex::Refresh(Session& session, const Id& application) {
  if (application.IsNone()) return;  // events about no application never wait for one another
  touched_.push_back(application);
  Read(session, application);
}

void WaitingIndex::Read(Session& session, const Id& application) {
  std::vector<Entry> entries;
  Query rows = session.Sql(
      "SELECT id, state, case_id FROM waiting WHERE application = ? AND state <> 3 ORDER BY id",
      application);
  while (rows.Next()) {
    entries.push_back({rows.Int(0), static_cast<WaitingState>(rows.Int(1)), rows.IdAt(2)});
  }
  if (entries.empty()) {
    entries_.erase(application);
  } else {
    entries_[application] = std::move(entries);
  }
}

void WaitingIndex::UndoTo(Tx& tx, size_t position) {
  const std::set<Id> undone(touched_.begin() + static_cast<int64_t>(position), touched_.end());
  touched_.resize(position);
  for (const Id& application : undone) Read(tx, application);
}

void WaitingIndex::Load(Session& session) {
  touched_.clear();
  entries_.clear();
  Query rows = session.Sql(
      "SELECT id, state, case_id, application FROM waiting "
      "WHERE application IS NOT NULL AND state <> 3 ORDER BY id");
  while (rows.Next()) {
    entries_[rows.IdAt(3)].push_back(
        {rows.Int(0), static_cast<WaitingState>(rows.Int(1)), rows.IdAt(2)});
  }
}

bool BelongTogether(const Id& one_case, const Id& other_case) {
  return one_case.IsNone() || other_case.IsNone() || one_case == other_case;
}

}  // namespace xiufu::storage
