#include "services/intake/app/notification_outbox.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/delivery/quiet_hours.h"
#include "libs/storage/jobs.h"
#include "services/intake/app/tell.h"

namespace xiufu::intake {
namespace {

// The same news to the same channel is the same message, also where a restored store tells it
// again.
Id IdOf(const PlannedMessage& message, const TimelineEntry& entry, const Application& application) {
  const Id& about = entry.case_id.IsNone() ? application.id : entry.case_id;
  return DeriveId(
      about, absl::StrCat("notification/", message.channel->name, "/", message.rule->text),
      static_cast<uint64_t>(absl::ToUnixMillis(entry.time)), {0, BucketOf(application.id)});
}

absl::Time DueOf(const NotificationTimes& times, const PlannedMessage& message) {
  const std::vector<ChannelKind>& kinds = times.quiet_kinds;
  const bool quiet = std::find(kinds.begin(), kinds.end(), message.channel->kind) != kinds.end();
  if (!quiet) return message.at;
  return delivery::OutsideOf({times.quiet_from, times.quiet_until}, message.at);
}

}  // namespace

void NotificationOutbox::Push(storage::Tx& tx, const Application& application, const CaseView& view,
                              const std::vector<TimelineEntry>& entries) const {
  if (channels_.empty()) return;
  for (const TimelineEntry& entry : entries) {
    const CaseView* about = entry.case_id.IsNone() ? nullptr : &view;
    for (const PlannedMessage& message :
         MessagesFor(*plan_, channels_, application, about, entry)) {
      Push(tx, NotificationOf(message, application, about, entry));
    }
  }
}

void NotificationOutbox::Push(storage::Tx& tx, const RecordReminder& reminder) const {
  for (const PlannedMessage& message : MessagesFor(*plan_, channels_, reminder)) {
    catalogue::BilingualText text =
        messages_->Text(message.rule->text, {{"subject", reminder.subject_name},
                                             {"uscc", reminder.subject_uscc},
                                             {"document", reminder.document},
                                             {"authority", reminder.authority_name},
                                             {"day", reminder.day}});
    Notification notification;
    notification.id = DeriveId(
        reminder.record,
        absl::StrCat("notification/", message.channel->name, "/", reminder.code, "/", reminder.day),
        0, {});
    notification.code = reminder.code;
    notification.channel = message.channel->name;
    notification.text = std::move(text.zh);
    notification.text_en = std::move(text.en);
    notification.told = reminder.at;
    notification.due = DueOf(plan_->times, message);
    Push(tx, notification);
  }
}

void NotificationOutbox::Push(storage::Tx& tx, const Notification& notification) const {
  table_->Add(tx, notification);
  tx.jobs().Add(tx, {.id = notification.id,
                     .kind = kNotifyJob,
                     .destination = notification.channel,
                     .application = notification.application,
                     .created = notification.told,
                     .due = notification.due});
}

Notification NotificationOutbox::NotificationOf(const PlannedMessage& message,
                                                const Application& application,
                                                const CaseView* view,
                                                const TimelineEntry& entry) const {
  catalogue::BilingualText text =
      messages_->Text(message.rule->text, TellingArgs(application, view));
  Notification notification;
  notification.id = IdOf(message, entry, application);
  notification.application = application.id;
  notification.case_id = entry.case_id;
  notification.number = application.number;
  notification.code = entry.code;
  notification.channel = message.channel->name;
  notification.text = std::move(text.zh);
  notification.text_en = std::move(text.en);
  notification.case_state = entry.case_state;
  notification.result = entry.result;
  notification.application_state = entry.application_state;
  notification.told = entry.time;
  notification.due = DueOf(plan_->times, message);
  notification.reminds_of = message.reminds_of;
  return notification;
}

}  // namespace xiufu::intake
