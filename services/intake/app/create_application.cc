#include "services/intake/app/create_application.h"

#include <memory>
#include <utility>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/app/new_number.h"
#include "services/intake/app/tell.h"
#include "services/intake/domain/eligibility.h"

namespace xiufu::intake {
namespace {

// An agent must be one for these records, today.
absl::Status CheckAgent(const Draft& draft, const std::vector<RecordSnapshot>& snapshots,
                        absl::Time now) {
  if (!draft.power) return absl::OkStatus();
  std::vector<ActedOn> records;
  for (const RecordSnapshot& one : snapshots) records.push_back({one.record, one.words.matter});
  return CheckPower(draft.power, Act::kApply, records, LegalDay(now));
}

}  // namespace

CreateApplicationCase::CreateApplicationCase(CallContext context, LawSource law, Tables tables,
                                             RecordSource* source, std::string agent_secret)
    : context_(context),
      law_(law),
      tables_(tables),
      source_(source),
      agent_secret_(std::move(agent_secret)) {}

void CreateApplicationCase::operator()(const Call& call, const CreateCommand& command,
                                       ClientWrite<ApplicationView> write) {
  const absl::Time now = NowOf(context_);
  const Law law = law_.Now();
  const RegionTable& regions = law.catalogue->regions();
  if (WindowOf(call.principal, regions) && !command.desk) {
    return write.done(WithReason(
        absl::PermissionDeniedError("a window files with the code of its clerk: FileAtWindow"),
        "CLERK_REQUIRED"));
  }
  absl::StatusOr<Draft> draft = ValidateCreate(command, regions, now, agent_secret_);
  if (!draft.ok()) return write.done(draft.status());
  std::vector<Id> wanted = draft->records;
  source_->Get(wanted, [this, call, draft = *std::move(draft), now, write = std::move(write)](
                           absl::StatusOr<std::vector<RecordSnapshot>> snapshots) mutable {
    if (snapshots.ok()) Choose(draft.basis, *snapshots);
    absl::Status status = snapshots.ok() ? CheckRecords(draft, *snapshots) : snapshots.status();
    if (status.ok()) status = CheckAgent(draft, *snapshots, now);
    if (!status.ok()) return RefuseUnlessKept(std::move(write), status);
    RunOnce(std::move(write),
            [this, call, draft = std::move(draft), now, snapshots = *std::move(snapshots)](
                storage::Tx& tx) { return Create(tx, call, draft, snapshots, now); });
  });
}

absl::Status CreateApplicationCase::Check(const CreateCommand& command) const {
  return ValidateCreate(command, law_.Now().catalogue->regions(), NowOf(context_), agent_secret_)
      .status();
}

absl::StatusOr<ApplicationView> CreateApplicationCase::Create(
    storage::Tx& tx, const Call& call, const Draft& draft,
    const std::vector<RecordSnapshot>& snapshots, absl::Time now) const {
  const Origin& origin = draft.origin;
  if (!origin.upstream_no.empty() &&
      tables_.applications->HasUpstreamNo(tx, origin.front_door, origin.upstream_no)) {
    return WithReason(absl::AlreadyExistsError("an application has this upstream number"),
                      "UPSTREAM_NO_IN_USE");
  }
  absl::Status barred = CheckBans(tx, draft, snapshots, now);
  if (!barred.ok()) return barred;
  absl::StatusOr<Application> application = NewApplication(tx, call.principal, draft, now);
  if (!application.ok()) return application.status();
  tables_.applications->Insert(tx, *application);
  tables_.records->Insert(tx, application->id, snapshots);
  if (draft.desk) {
    tables_.filings->Insert(tx, {application->id, *draft.desk, draft.desk->region, now});
  }
  if (draft.power) tables_.powers->Insert(tx, application->id, *draft.power);
  tables_.timeline->Append(
      tx, application->id,
      EntriesFor(*law_.messages, *application, nullptr, {{kApplicationCreated, now}}));
  ApplicationView view;
  view.application = *std::move(application);
  view.records = draft.records;
  view.with_query_code = true;
  return view;
}

// A pushed application is not refused: the authority is shown the ban.
absl::Status CreateApplicationCase::CheckBans(storage::Tx& tx, const Draft& draft,
                                              const std::vector<RecordSnapshot>& snapshots,
                                              absl::Time now) const {
  if (IsPushed(draft.origin)) return absl::OkStatus();
  const std::vector<Ban> bans = tables_.bans->Of(tx, draft.subject_uscc);
  if (bans.empty()) return absl::OkStatus();
  const Law law = law_.Now();
  for (const RecordSnapshot& snapshot : snapshots) {
    absl::Status status = CheckNotBanned(JudgeRecord(law, snapshot, LegalDay(now), bans));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<Application> CreateApplicationCase::NewApplication(storage::Tx& tx,
                                                                  const std::string& principal,
                                                                  const Draft& draft,
                                                                  absl::Time now) const {
  absl::StatusOr<std::string> number = NewNumber(tx, *tables_.numbers, draft.region, now);
  if (!number.ok()) return number.status();
  Application application;
  application.id = context_.ids->NewV7(now);
  application.number = *std::move(number);
  application.query_code = context_.ids->NewQueryCode(kQueryCodeLength);
  application.principal = principal;
  application.subject_uscc = draft.subject_uscc;
  application.region = draft.region;
  application.applicant = draft.applicant;
  application.origin = draft.origin;
  application.one_thing_no = draft.one_thing_no;
  application.platform_no = draft.platform_no;
  application.record_count = static_cast<int>(draft.records.size());
  application.created = now;
  return application;
}

}  // namespace xiufu::intake
