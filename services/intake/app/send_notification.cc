#include "services/intake/app/send_notification.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/crash_point.h"

namespace xiufu::intake {

using service::JobOutcome;

JobOutcome SendNotification::operator()(const storage::Job& job, absl::Time now,
                                        absl::Time deadline) const {
  absl::StatusOr<Loaded> loaded = Load(job.id);
  if (!loaded.ok()) return service::RetryAsAsked(loaded.status());
  const Notification& notification = loaded->notification;
  if (notification.state != NotificationState::kWaiting) return JobOutcome::Done(nullptr);
  if (loaded->void_reminder) return Drop(job.id, "NOTHING_TO_REMIND_OF");
  const absl::Time expires = notification.due + absl::Hours(24) * parts_.expire_days;
  if (now > expires) return Drop(job.id, "EXPIRED");
  const auto channel = parts_.channels.find(notification.channel);
  if (channel == parts_.channels.end()) {
    return Again(job.id, absl::FailedPreconditionError("no channel of this name is configured"));
  }
  CrashPoint("intake.before_notification");
  const absl::Status sent = channel->second->Send({notification, loaded->phone}, deadline);
  CrashPoint("intake.after_notification");
  if (!sent.ok()) return Again(job.id, sent);
  return JobOutcome::Done([this, id = job.id](storage::Tx& tx, absl::Time at) {
    parts_.notifications->KeepAttempt(tx, id, "OK", at);
    parts_.notifications->Settle(tx, id, NotificationState::kSent, at);
    return absl::OkStatus();
  });
}

absl::StatusOr<SendNotification::Loaded> SendNotification::Load(const Id& id) const {
  Loaded loaded;
  absl::Status status = parts_.database->Read([&](storage::Session& session) {
    std::optional<Notification> found = parts_.notifications->Find(session, id);
    if (!session.status().ok()) return session.status();
    if (!found.has_value()) return absl::NotFoundError("the notification of this job");
    loaded.notification = *std::move(found);
    const Id& application = loaded.notification.application;
    if (application.IsNone()) return session.status();
    if (const auto known = parts_.tables.applications->Find(session, application)) {
      loaded.phone = known->applicant.phone;
    }
    if (loaded.notification.reminds_of.empty()) return session.status();
    const std::vector<CaseView> cases = parts_.tables.cases->Of(session, application);
    loaded.void_reminder = std::none_of(cases.begin(), cases.end(), [&](const CaseView& view) {
      return view.id == loaded.notification.case_id && StillReminds(loaded.notification, view);
    });
    return session.status();
  });
  if (!status.ok()) return status;
  return loaded;
}

JobOutcome SendNotification::Drop(const Id& id, const char* why) const {
  return JobOutcome::Done([this, id, why](storage::Tx& tx, absl::Time at) {
    parts_.notifications->KeepAttempt(tx, id, why, at);
    parts_.notifications->Settle(tx, id, NotificationState::kDropped, at);
    return absl::OkStatus();
  });
}

JobOutcome SendNotification::Again(const Id& id, const absl::Status& status) const {
  JobOutcome outcome = service::RetryAsAsked(status);
  outcome.record = [this, id,
                    text = absl::StrCat(absl::StatusCodeToString(status.code()), ": ",
                                        status.message())](storage::Tx& tx, absl::Time at) {
    parts_.notifications->KeepAttempt(tx, id, text, at);
    return absl::OkStatus();
  };
  return outcome;
}

}  // namespace xiufu::intake
