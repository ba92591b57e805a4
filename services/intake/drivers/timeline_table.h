#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

// Learns which timelines grow. On the writer, before the commit: what was added may still be rolled
// back.
class TimelineListener {
 public:
  virtual ~TimelineListener() = default;
  virtual void OnAppending(const Id& application) = 0;
};

class SqlTimelineTable final : public TimelineTable {
 public:
  // `listener` may be nullptr.
  explicit SqlTimelineTable(TimelineListener* listener) : listener_(listener) {}
  std::vector<TimelineEntry> After(storage::Session& session, const Id& application,
                                   int64_t position, int limit) const override;
  void Append(storage::Tx& tx, const Id& application,
              std::vector<TimelineEntry> entries) const override;

 private:
  TimelineListener* const listener_;
};

}  // namespace xiufu::intake
