#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/storage/group_cache.h"
#include "libs/storage/inbox.h"
#include "libs/storage/jobs.h"
#include "libs/storage/outbox.h"
#include "libs/storage/requests.h"
#include "libs/storage/timers.h"
#include "libs/storage/waiting.h"

namespace xiufu::storage {

// What the writer's transactions share. Only the writer touches it, but for what says "any thread".
struct Engine {
  Engine();

  int64_t epoch() const;
  // The events of the group that was just committed.
  std::vector<OutboxRow> TakeAppended();
  // Any thread.
  void NoteSent(const std::string& stream, int64_t epoch, int64_t seq);
  bool HasSentNotes() const;

  Outbox outbox;
  Inbox inbox;
  Waiting waiting;
  Requests requests;
  Jobs jobs;
  Timers timers;

  const std::array<GroupCache*, 3> caches;

  // Of the group that is running.
  absl::Time now;
  bool jobs_changed = false;
  bool timers_changed = false;
  bool waiting_changed = false;
};

}  // namespace xiufu::storage
