#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libs/base/id.h"
#include "libs/storage/group_cache.h"
#include "libs/storage/waiting.h"

namespace xiufu::storage {

// Which applications have rows that wait, so that nothing is queried for the many that have none.
class WaitingIndex : public GroupCache {
 public:
  struct Entry {
    int64_t id = 0;
    WaitingState state = WaitingState::kRetry;  // never kDiscarded
    Id case_id;
  };

  // The rows of an application, by id.
  const std::vector<Entry>& Of(const Id& application) const;
  // Its rows have changed, or will: read them again.
  void Refresh(Session& session, const Id& application);

  size_t Position() const override { return touched_.size(); }
  void UndoTo(Tx& tx, size_t position) override;
  void Flush(Tx& /*tx*/) override {}
  void Keep() override { touched_.clear(); }
  void Load(Session& session) override;

 private:
  void Read(Session& session, const Id& application);

  absl::flat_hash_map<Id, std::vector<Entry>> entries_;
  std::vector<Id> touched_;  // by the running group
};

// Whether events with these cases, of one application, must be handled in order.
bool BelongTogether(const Id& one_case, const Id& other_case);

}  // namespace xiufu::storage
