#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/record_reminder.h"
#include "services/intake/domain/timeline.h"

namespace xiufu::intake {

// How a message reaches people. One kind may stand in many channels.
enum class ChannelKind { kWebhook = 1, kSms = 2, kFile = 3 };

// A channel as an installation has it.
struct ChannelEntry {
  std::string name;  // its destination: budget, breaker and parked calls are by it
  ChannelKind kind = ChannelKind::kFile;
  std::string principal;  // only for what this principal created; empty: for all
};

// One kind of news that applicants are told without asking. Data: deploy/notifications.
struct NotificationRule {
  std::string code;  // of the timeline
  std::string text;  // key of its words
  std::vector<ChannelKind> kinds;
  // A reminder: not at once but so many days before this due date of the case, in the morning, and
  // only while the case still waits for it. 0: at once.
  std::string deadline;
  int days_before = 0;
};

// Minutes of the day, Asia/Shanghai.
struct NotificationTimes {
  int quiet_from = 0;
  int quiet_until = 0;                   // also when reminders go out
  std::vector<ChannelKind> quiet_kinds;  // that keep to the quiet hours
  int expire_days = 7;                   // what did not get through by then is told no more
};

struct NotificationPlan {
  std::vector<NotificationRule> rules;
  NotificationTimes times;
};

enum class NotificationState { kUnspecified = 0, kWaiting = 1, kSent = 2, kDropped = 3 };

// One message to one channel.
struct Notification {
  Id id;               // also that of its call: the same on every attempt
  Id application;      // none where it is about no application
  Id case_id;          // none when it is about the application as a whole
  std::string number;  // of the application, as people see it
  std::string code;
  std::string channel;
  std::string text;
  std::string text_en;
  CaseState case_state = CaseState::kUnspecified;
  CaseResult result = CaseResult::kUnspecified;
  ApplicationState application_state = ApplicationState::kUnspecified;
  absl::Time told;  // when what it tells happened
  absl::Time due;
  std::string reminds_of;  // a reminder: the due date; else empty
  NotificationState state = NotificationState::kWaiting;
  absl::Time settled = absl::InfinitePast();  // sent or dropped
};

// A message that a piece of news leads to, before it has its words.
struct PlannedMessage {
  const NotificationRule* rule = nullptr;
  const ChannelEntry* channel = nullptr;
  absl::Time at;           // not before; quiet hours aside
  std::string reminds_of;  // see Notification
};

// What one entry of the timeline leads to. `view` is nullptr for one about the application. A
// reminder whose time has passed when the entry is told is none.
std::vector<PlannedMessage> MessagesFor(const NotificationPlan& plan,
                                        const std::vector<ChannelEntry>& channels,
                                        const Application& application, const CaseView* view,
                                        const TimelineEntry& entry);

// What news about a record leads to that belongs to no application: nobody's telephone is known,
// and no portal of a principal's own.
std::vector<PlannedMessage> MessagesFor(const NotificationPlan& plan,
                                        const std::vector<ChannelEntry>& channels,
                                        const RecordReminder& reminder);

// A telephone that takes short messages: 11 digits from 1, perhaps with +86.
bool TakesShortMessages(const std::string& phone);

// The case still waits for what this message reminds of.
bool StillReminds(const Notification& reminder, const CaseView& view);

}  // namespace xiufu::intake
