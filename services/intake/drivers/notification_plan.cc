#include "services/intake/drivers/notification_plan.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/data/folder.h"
#include "libs/data/table.h"

namespace xiufu::intake {
namespace {

constexpr int kMostDays = 60;

// "21:00"; minutes of the day.
int MinuteOf(data::Table& table, absl::string_view key) {
  const std::string text = table.Text(key);
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  int hour = 0, minute = 0;
  const bool good = parts.size() == 2 && text.size() == 5 && absl::SimpleAtoi(parts[0], &hour) &&
                    absl::SimpleAtoi(parts[1], &minute) && hour >= 0 && hour < 24 && minute >= 0 &&
                    minute < 60;
  if (!good) table.ComplainAbout(key, "a time of the day is written \"21:00\"");
  return good ? hour * 60 + minute : 0;
}

std::vector<ChannelKind> KindsOf(data::Table& table, absl::string_view key) {
  std::vector<ChannelKind> kinds;
  for (const std::string& text : table.Texts(key)) {
    const absl::StatusOr<ChannelKind> kind = ParseChannelKind(text);
    if (kind.ok()) {
      kinds.push_back(*kind);
    } else {
      table.ComplainAbout(key, kind.status().message());
    }
  }
  return kinds;
}

NotificationTimes TimesOf(data::Table& table) {
  NotificationTimes times;
  times.quiet_from = MinuteOf(table, "quiet_from");
  times.quiet_until = MinuteOf(table, "quiet_until");
  times.quiet_kinds = KindsOf(table, "quiet_channels");
  times.expire_days = static_cast<int>(table.Integer("expire_days", 1, kMostDays));
  return times;
}

// A decision and a conclusion have a text for each result; what is about a record alone is in no
// timeline.
bool IsTold(const catalogue::Messages& messages, const std::string& code) {
  if (code == kRecordRepairable || code == kRecordEnding) return true;
  return messages.Contains(code) || messages.Contains(absl::StrCat(code, "_APPROVED"));
}

NotificationRule RuleOf(data::Table table, const catalogue::Messages& messages) {
  NotificationRule rule;
  rule.code = table.Text("code");
  rule.text = table.Text("text");
  rule.kinds = KindsOf(table, "channels");
  rule.deadline = table.OptionalText("deadline");
  rule.days_before =
      static_cast<int>(table.OptionalInteger("days_before", 1, kMostDays).value_or(0));
  if (!IsTold(messages, rule.code)) table.ComplainAbout("code", "no timeline tells this");
  if (!messages.Contains(rule.text)) table.ComplainAbout("text", "the messages have no such text");
  if (rule.deadline.empty() != (rule.days_before == 0)) {
    table.Complain("a reminder has both deadline and days_before");
  }
  if (!rule.deadline.empty() && rule.deadline != kSupplementDeadline) {
    table.ComplainAbout("deadline", "applicants are reminded of SUPPLEMENT alone");
  }
  table.Finish();
  return rule;
}

}  // namespace

absl::StatusOr<NotificationPlan> LoadNotificationPlan(absl::string_view folder,
                                                      const catalogue::Messages& messages) {
  data::Problems problems;
  const std::vector<data::File> files = data::ReadFolder(folder, problems);
  NotificationPlan plan;
  const data::File* file = data::RequireFile(files, folder, "notifications", problems);
  if (file != nullptr) {
    data::Table table(file->path, file->root, problems);
    plan.times = TimesOf(table);
    for (data::Table& row : table.Tables("notification")) {
      plan.rules.push_back(RuleOf(std::move(row), messages));
    }
    table.Finish();
  }
  if (!problems.empty()) return problems.ToStatus();
  return plan;
}

absl::StatusOr<ChannelKind> ParseChannelKind(absl::string_view text) {
  if (text == "webhook") return ChannelKind::kWebhook;
  if (text == "sms") return ChannelKind::kSms;
  if (text == "file") return ChannelKind::kFile;
  return absl::InvalidArgumentError(
      absl::StrCat("there is no kind of channel \"", text, "\": webhook, sms, file"));
}

}  // namespace xiufu::intake
