#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/node_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/id.h"
#include "libs/storage/group_cache.h"
#include "libs/storage/outbox.h"

namespace xiufu::storage {

// Where each stream of this store ends, the events of the running group, and what the publisher has
// sent.
class OutboxHeads : public GroupCache {
 public:
  // The end of a stream in the present epoch.
  struct Head {
    int64_t lane = 0;  // 0 until the epoch's first event
    int64_t seq = 0;
    Id last_id;  // of whatever epoch
    int64_t previous_epoch = 0;
    int64_t previous_last = 0;
  };

  Head& Of(absl::string_view stream) { return heads_[stream]; }
  // The row has been written into `lane`: the head moves to it.
  void Append(Head& head, int64_t lane, const Id& id, OutboxRow row);
  // The events of the group that was just committed.
  std::vector<OutboxRow> TakeAppended();

  int64_t epoch() const { return epoch_; }

  // Any thread.
  void NoteSent(const std::string& stream, int64_t epoch, int64_t seq);
  bool HasNotes() const;

  size_t Position() const override { return appended_.size(); }
  void UndoTo(Tx& tx, size_t position) override;
  void Flush(Tx& tx) override;
  void Keep() override;
  void Load(Session& session) override;

 private:
  using Notes = std::map<std::pair<std::string, int64_t>, int64_t>;
  struct Before {
    Head* head;
    Head value;
  };

  void LoadStream(Session& session, absl::string_view name, int64_t epoch, int64_t lane);

  int64_t epoch_ = 0;
  absl::node_hash_map<std::string, Head> heads_;
  std::vector<OutboxRow> appended_;
  std::vector<Before> before_;  // one for each of appended_

  Notes flushed_;  // in the running transaction
  mutable absl::Mutex mutex_;
  Notes notes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::storage
