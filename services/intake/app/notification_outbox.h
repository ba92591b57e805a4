#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/catalogue/messages.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"
#include "services/intake/domain/notification.h"

namespace xiufu::intake {

// Attempts in a row that came to the same.
struct NotificationAttempts {
  std::string outcome;  // "OK", "UNAVAILABLE: the gateway answered HTTP 503"
  int times = 0;
  absl::Time first;
  absl::Time last;
};

// What a list of notifications is limited to.
struct NotificationFilter {
  std::string number;   // of an application; empty: all
  bool unsent = false;  // only what waits or was dropped
  int64_t before = 0;   // only rows before this position; 0: from the newest
  int limit = 0;
};

struct ListedNotification {
  int64_t position = 0;
  Notification notification;
  std::vector<NotificationAttempts> attempts;  // oldest first
  bool parked = false;                         // refused for good: a person's turn
  bool given_up = false;                       // by a person
};

class NotificationTable {
 public:
  virtual ~NotificationTable() = default;
  // One of this id that is there already stays as it is.
  virtual void Add(storage::Tx& tx, const Notification& notification) const = 0;
  virtual std::optional<Notification> Find(storage::Session& session, const Id& id) const = 0;
  virtual void Settle(storage::Tx& tx, const Id& id, NotificationState state,
                      absl::Time now) const = 0;
  virtual void KeepAttempt(storage::Tx& tx, const Id& id, absl::string_view outcome,
                           absl::Time now) const = 0;
  // Newest first.
  virtual std::vector<ListedNotification> List(storage::Session& session,
                                               const NotificationFilter& filter) const = 0;
};

inline constexpr char kNotifyJob[] = "notify";  // id: of the notification

// What applicants are told without asking. A message is written with what it tells, in one
// transaction, and sent by a job. Without channels nothing is ever written.
class NotificationOutbox {
 public:
  // All outlive it.
  NotificationOutbox(const NotificationPlan* plan, std::vector<ChannelEntry> channels,
                     const NotificationTable* table, const catalogue::Messages* messages)
      : plan_(plan), channels_(std::move(channels)), table_(table), messages_(messages) {}

  // What these entries of an application's timeline lead to; `view` is that of those about a case.
  void Push(storage::Tx& tx, const Application& application, const CaseView& view,
            const std::vector<TimelineEntry>& entries) const;
  // What a reminder about a record leads to.
  void Push(storage::Tx& tx, const RecordReminder& reminder) const;
  // One message of any origin, also about no application: its row and its call.
  void Push(storage::Tx& tx, const Notification& notification) const;

 private:
  Notification NotificationOf(const PlannedMessage& message, const Application& application,
                              const CaseView* view, const TimelineEntry& entry) const;

  const NotificationPlan* const plan_;
  const std::vector<ChannelEntry> channels_;
  const NotificationTable* const table_;
  const catalogue::Messages* const messages_;
};

}  // namespace xiufu::intake
