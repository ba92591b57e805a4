#include "services/intake/domain/notification.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "libs/base/legal_day.h"

namespace xiufu::intake {
namespace {

constexpr size_t kMobileDigits = 11;

bool IsAmong(const std::vector<ChannelKind>& kinds, ChannelKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool Reaches(const ChannelEntry& channel, const NotificationRule& rule,
             const Application& application) {
  if (!IsAmong(rule.kinds, channel.kind)) return false;
  if (!channel.principal.empty() && channel.principal != application.principal) return false;
  return channel.kind != ChannelKind::kSms || TakesShortMessages(application.applicant.phone);
}

const Deadline* FindDeadline(const CaseView& view, const std::string& kind) {
  const auto found = std::find_if(view.deadlines.begin(), view.deadlines.end(),
                                  [&](const Deadline& one) { return one.kind == kind; });
  return found == view.deadlines.end() ? nullptr : &*found;
}

// In the morning of its day; InfinitePast where there is no such due date.
absl::Time ReminderTime(const NotificationPlan& plan, const NotificationRule& rule,
                        const Deadline& deadline) {
  const absl::StatusOr<absl::CivilDay> due = ParseDay(deadline.due_date);
  if (!due.ok()) return absl::InfinitePast();
  return StartOfLegalDay(*due - rule.days_before) + absl::Minutes(plan.times.quiet_until);
}

}  // namespace

std::vector<PlannedMessage> MessagesFor(const NotificationPlan& plan,
                                        const std::vector<ChannelEntry>& channels,
                                        const Application& application, const CaseView* view,
                                        const TimelineEntry& entry) {
  std::vector<PlannedMessage> messages;
  for (const NotificationRule& rule : plan.rules) {
    if (rule.code != entry.code) continue;
    PlannedMessage message{&rule, nullptr, entry.time, ""};
    if (rule.days_before > 0) {
      const Deadline* deadline = view == nullptr ? nullptr : FindDeadline(*view, rule.deadline);
      if (deadline == nullptr) continue;
      message.at = ReminderTime(plan, rule, *deadline);
      if (message.at <= entry.time) continue;
      message.reminds_of = deadline->due_date;
    }
    for (const ChannelEntry& channel : channels) {
      if (!Reaches(channel, rule, application)) continue;
      message.channel = &channel;
      messages.push_back(message);
    }
  }
  return messages;
}

std::vector<PlannedMessage> MessagesFor(const NotificationPlan& plan,
                                        const std::vector<ChannelEntry>& channels,
                                        const RecordReminder& reminder) {
  std::vector<PlannedMessage> messages;
  for (const NotificationRule& rule : plan.rules) {
    if (rule.code != reminder.code) continue;
    for (const ChannelEntry& channel : channels) {
      const bool reaches = IsAmong(rule.kinds, channel.kind) && channel.principal.empty() &&
                           channel.kind != ChannelKind::kSms;
      if (reaches) messages.push_back({&rule, &channel, reminder.at, ""});
    }
  }
  return messages;
}

bool TakesShortMessages(const std::string& phone) {
  const std::string digits = absl::StrReplaceAll(phone, {{"-", ""}});
  absl::string_view mobile = digits;
  absl::ConsumePrefix(&mobile, "+86");
  return mobile.size() == kMobileDigits && mobile.front() == '1' &&
         std::all_of(mobile.begin(), mobile.end(), absl::ascii_isdigit);
}

bool StillReminds(const Notification& reminder, const CaseView& view) {
  if (!AwaitsSupplement(view)) return false;
  const Deadline* deadline = FindDeadline(view, kSupplementDeadline);
  return deadline != nullptr && deadline->due_date == reminder.reminds_of;
}

}  // namespace xiufu::intake
