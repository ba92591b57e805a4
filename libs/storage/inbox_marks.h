#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "libs/storage/claim.h"
#include "libs/storage/group_cache.h"

namespace xiufu::storage {

// The marks of all streams that this store consumes: the writer's own, and a copy of the committed
// ones for others.
class InboxMarks : public GroupCache {
 public:
  absl::Span<const EpochMark> Of(absl::string_view stream) const;
  // Moves the mark of one epoch, or makes it.
  void Set(absl::string_view stream, int64_t epoch, int64_t seq, const Id& id);
  // Leaves the epochs above `epoch` behind for good and takes `epoch` up again.
  void GoBackTo(absl::string_view stream, int64_t epoch);

  // Any thread: the committed ones.
  std::vector<Mark> Matching(const std::vector<std::string>& patterns) const;
  Mark Present(absl::string_view stream) const;

  size_t Position() const override { return changes_.size(); }
  void UndoTo(Tx& tx, size_t position) override;
  void Flush(Tx& tx) override;
  void Keep() override;
  void Load(Session& session) override;

 private:
  struct StreamMarks {
    std::vector<EpochMark> marks;  // by epoch
    bool changed = false;          // by the running group
  };
  struct Change {
    StreamMarks* stream;
    size_t index;
    EpochMark before;
    bool made;  // there was none before
  };

  void Replace(StreamMarks& stream, size_t index, EpochMark after);
  void Insert(StreamMarks& stream, size_t index, EpochMark mark);

  absl::node_hash_map<std::string, StreamMarks> streams_;
  std::vector<Change> changes_;

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::vector<EpochMark>> committed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::storage
