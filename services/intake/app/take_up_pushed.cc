#include "services/intake/app/take_up_pushed.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/storage/jobs.h"
#include "libs/storage/timers.h"
#include "services/intake/app/tell.h"

namespace xiufu::intake {
namespace {

using service::JobOutcome;

constexpr absl::Duration kLookAgainAfter = absl::Hours(1);
constexpr int kRecordsAtOnce = 100;
constexpr int kLooksAtOnce = 100;
// A subject with more records than that has its push seen to by a person.
constexpr int kMostPages = 50;

// The push, and the record that a person named for it, if any.
std::string PayloadOf(const Id& push, const Id& record) {
  return absl::StrCat(push.bytes(), record.IsNone() ? "" : record.bytes());
}

// Its latest look, which is a job.
Id LookOf(const StoredPush& push) {
  return DeriveId(push.id, "take up", static_cast<uint64_t>(push.looks), PlaceOf(push.id));
}

bool LacksRecord(const StoredPush& push) {
  return push.state == PushState::kReceived || push.state == PushState::kRecordUnknown;
}

// Waits for an answer that comes on another thread.
template <typename Answer, typename StartFn>
absl::StatusOr<Answer> Await(absl::Time deadline, StartFn start) {
  struct Shared {
    absl::StatusOr<Answer> answer = absl::UnavailableError("publication does not answer");
    absl::Notification done;
  };
  const auto shared = std::make_shared<Shared>();
  start([shared](absl::StatusOr<Answer> answer) {
    shared->answer = std::move(answer);
    shared->done.Notify();
  });
  if (!shared->done.WaitForNotificationWithDeadline(deadline)) {
    return absl::UnavailableError("publication does not answer in time");
  }
  return std::move(shared->answer);
}

const CaseView* CaseAbout(const std::vector<CaseView>& cases, const Id& record) {
  const auto found = std::find_if(cases.begin(), cases.end(), [&](const CaseView& view) {
    return IsOpened(view) && view.record == record;
  });
  return found == cases.end() ? nullptr : &*found;
}

}  // namespace

void TakeUpPushed::Schedule(storage::Tx& tx, StoredPush& push, const Id& record,
                            absl::Time now) const {
  ++push.looks;
  parts_.pushes->Save(tx, push);
  tx.timers().Cancel(tx, kLookAgainTimer, push.id);
  tx.jobs().Add(tx, {.id = LookOf(push),
                     .kind = kTakeUpJob,
                     .destination = "publication",
                     .payload = PayloadOf(push.id, record),
                     .created = now,
                     .due = now});
}

absl::Status TakeUpPushed::LookAgain(const storage::Timer& timer, absl::Time now,
                                     storage::Tx& tx) const {
  std::optional<StoredPush> push = parts_.pushes->Find(tx, timer.subject);
  if (push.has_value() && push->state == PushState::kRecordUnknown) {
    Schedule(tx, *push, Id(), now);
  }
  return absl::OkStatus();
}

void TakeUpPushed::RecordsCame(storage::Tx& tx, absl::Time now) const {
  tx.timers().Set(tx, {.kind = kRecordsCameTimer,
                       .subject = DeriveId(Id(), kRecordsCameTimer, 0, Place()),
                       .due = now,
                       .payload = std::string(Id().bytes())});
}

absl::Status TakeUpPushed::LookForMany(const storage::Timer& timer, absl::Time now,
                                       storage::Tx& tx) const {
  const absl::StatusOr<Id> after = Id::FromBytes(timer.payload);
  if (!after.ok()) return after.status();
  std::vector<StoredPush> waiting = parts_.pushes->Waiting(tx, *after, kLooksAtOnce);
  for (StoredPush& push : waiting) {
    if (LacksRecord(push)) Schedule(tx, push, Id(), now);
  }
  if (waiting.size() < kLooksAtOnce) return tx.status();
  tx.timers().Set(tx, {.kind = kRecordsCameTimer,
                       .subject = timer.subject,
                       .due = now,
                       .payload = std::string(waiting.back().id.bytes())});
  return tx.status();
}

JobOutcome TakeUpPushed::LookUp(storage::Database& database, const storage::Job& job,
                                absl::Time deadline) const {
  const absl::string_view payload = job.payload;
  const absl::StatusOr<Id> id = Id::FromBytes(payload.substr(0, Id::kSize));
  if (!id.ok()) return JobOutcome::Retry(absl::InvalidArgumentError("not a push"));
  std::optional<StoredPush> push;
  const absl::Status read = database.Read([&](storage::Session& session) {
    push = parts_.pushes->Find(session, *id);
    return session.status();
  });
  if (!read.ok()) return JobOutcome::Retry(read);
  if (!push.has_value() || IsSettled(push->state)) return JobOutcome::Done(nullptr);
  RecordKey key = push->push.record;
  if (payload.size() > Id::kSize)
    key.record = Id::FromBytes(payload.substr(Id::kSize)).value_or(Id());
  absl::StatusOr<std::vector<RecordSnapshot>> found = FindRecords(key, deadline);
  if (!found.ok()) return JobOutcome::Retry(found.status());
  return JobOutcome::Done(
      [this, id = *id, look = job.id, found = *std::move(found)](storage::Tx& tx, absl::Time now) {
        return Take(tx, id, look, found, absl::FromUnixMillis(absl::ToUnixMillis(now)));
      });
}

absl::StatusOr<std::vector<RecordSnapshot>> TakeUpPushed::FindRecords(const RecordKey& key,
                                                                      absl::Time deadline) const {
  std::vector<RecordSnapshot> found;
  if (!key.record.IsNone()) {
    auto records =
        Await<std::vector<RecordSnapshot>>(deadline, [&](RecordSource::RecordsDone done) {
          parts_.records->Get({key.record}, std::move(done));
        });
    if (absl::IsNotFound(records.status())) return found;
    if (!records.ok()) return records.status();
    for (RecordSnapshot& record : *records) {
      if (Fits(key, record)) found.push_back(std::move(record));
    }
    return found;
  }
  RecordSearch search{.uscc = key.subject_uscc, .page_size = kRecordsAtOnce};
  for (int page_no = 0; page_no < kMostPages; ++page_no) {
    absl::StatusOr<RecordPage> page = Await<RecordPage>(deadline, [&](RecordSource::PageDone done) {
      parts_.records->Search(search, std::move(done));
    });
    if (!page.ok()) return page.status();
    for (RecordSnapshot& record : page->records) {
      if (Fits(key, record)) found.push_back(std::move(record));
    }
    if (page->next_page_token.empty()) return found;
    search.page_token = page->next_page_token;
  }
  return absl::OutOfRangeError(
      "该主体失信信息过多，请由工作人员指定 / the subject has too many records, a person names it");
}

absl::Status TakeUpPushed::Take(storage::Tx& tx, const Id& id, const Id& look,
                                const std::vector<RecordSnapshot>& found, absl::Time now) const {
  std::optional<StoredPush> push = parts_.pushes->Find(tx, id);
  if (!push.has_value() || IsSettled(push->state)) return tx.status();
  // Records came since it looked: the later look says whether this one is still unknown.
  if (found.empty() && look != LookOf(*push)) return tx.status();
  const std::vector<PushedMaterial> papers = parts_.pushes->Papers(tx, id, 0);
  std::optional<Id> holder;
  std::optional<Eligibility> eligibility;
  if (found.size() == 1) {
    holder = parts_.tables.records->HolderOf(tx, found[0].record);
    eligibility = JudgeRecord(parts_.law.Now(), found[0], LegalDay(now));
  }
  const Origin& origin = push->push.origin;
  const bool number_in_use =
      parts_.tables.applications->HasUpstreamNo(tx, origin.front_door, origin.upstream_no);
  const Taking taking = DecideTaking(found,
                                     {.record_taken = holder.has_value(),
                                      .papers_there = AllThere(papers),
                                      .number_in_use = number_in_use},
                                     eligibility);
  push->state = taking.state;
  push->reason = taking.reason;
  if (taking.state == PushState::kTaken) {
    push->record = found[0].record;
    return holder.has_value() ? Join(tx, *push, *holder, now)
                              : Open(tx, *push, {found[0], eligibility->rule}, papers, now);
  }
  parts_.pushes->Save(tx, *push);
  if (taking.state == PushState::kRecordUnknown) {
    tx.timers().Set(tx, {.kind = kLookAgainTimer, .subject = id, .due = now + kLookAgainAfter});
  }
  return tx.status();
}

absl::Status TakeUpPushed::Join(storage::Tx& tx, StoredPush& push, const Id& application,
                                absl::Time now) const {
  const std::optional<Application> joined = parts_.tables.applications->Find(tx, application);
  if (!joined.has_value()) return absl::InternalError("a record is held by no application");
  push.application = application;
  parts_.pushes->Save(tx, push);
  const std::vector<CaseView> cases = parts_.tables.cases->Of(tx, application);
  parts_.tell->Joined(tx, push, *joined, CaseAbout(cases, push.record), now);
  return tx.status();
}

absl::Status TakeUpPushed::Open(storage::Tx& tx, StoredPush& push, const ApplicationRecord& record,
                                const std::vector<PushedMaterial>& papers, absl::Time now) const {
  const Draft draft{.subject_uscc = record.snapshot.subject_uscc,
                    .records = {record.snapshot.record},
                    .applicant = push.push.applicant,
                    .origin = push.push.origin,
                    .region = kDefaultRegion};
  absl::StatusOr<Application> application =
      parts_.create->NewApplication(tx, push.principal, draft, now);
  if (!application.ok()) return application.status();
  application->submitted = now;
  application->state = ApplicationState::kSubmitted;
  const Id& id = application->id;
  const std::vector<ApplicationRecord> records = {record};
  std::vector<Material> materials;
  for (const PushedMaterial& one : papers) {
    materials.push_back(MaterialOf(one.paper, id, parts_.context.ids->NewV7(now), now));
  }
  parts_.tables.applications->Insert(tx, *application);
  parts_.tables.records->Insert(tx, id, {record.snapshot});
  parts_.tables.records->Take(tx, id, records);
  for (const Material& material : materials) parts_.tables.materials->Insert(tx, material);
  parts_.tables.timeline->Append(
      tx, id,
      EntriesFor(*parts_.law.messages, *application, nullptr, {{kApplicationSubmitted, now}}));
  parts_.announcer->Submitted(tx, CauseOfCall(parts_.context, {push.principal, ""}, id, now),
                              {&*application, &records, &materials});
  push.application = id;
  parts_.pushes->Save(tx, push);
  parts_.tell->Joined(tx, push, *application, nullptr, now);
  return tx.status();
}

}  // namespace xiufu::intake
