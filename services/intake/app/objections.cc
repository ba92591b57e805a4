#include "services/intake/app/objections.h"

#include <optional>
#include <utility>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/app/check_act.h"
#include "services/intake/app/find_application.h"
#include "services/intake/app/new_number.h"
#include "services/intake/domain/resource_name.h"

namespace xiufu::intake {
namespace {

ObjectionStep StepOf(const Objection& objection, absl::Time at) {
  return {at, objection.state, objection.authority.name, objection.due_date};
}

absl::StatusOr<Id> ReadCall(const std::string& name, Capacity acting) {
  Violations violations;
  absl::StatusOr<Id> id = ParseObjectionName("name", name);
  violations.Take(id.status());
  CheckActing(acting, violations);
  if (!violations.empty()) return violations.ToStatus();
  return id;
}

bool SaysTheSame(const ObjectionStep& one, const ObjectionStep& other) {
  return one.state == other.state && one.authority == other.authority &&
         one.due_date == other.due_date;
}

}  // namespace

ObjectionsCase::ObjectionsCase(CallContext context, LawSource law, Tables tables,
                               RecordSource* source, const Announcer* announcer,
                               storage::Database* database, std::string agent_secret)
    : context_(context),
      law_(law),
      tables_(tables),
      source_(source),
      announcer_(announcer),
      database_(database),
      agent_secret_(std::move(agent_secret)) {}

void ObjectionsCase::Create(const Call& call, const ObjectionCommand& command,
                            ClientWrite<ObjectionView> write) {
  const absl::Time now = NowOf(context_);
  absl::StatusOr<ObjectionDraft> draft =
      ValidateObjection(command, law_.Now().catalogue->regions(), agent_secret_, now);
  if (!draft.ok()) return write.done(draft.status());
  source_->Get({draft->record}, [this, call, draft = *draft, now, write = std::move(write)](
                                    absl::StatusOr<std::vector<RecordSnapshot>> found) mutable {
    absl::Status status = found.status();
    if (status.ok()) status = CheckRecord(draft, found->front());
    if (status.ok() && draft.power) {
      status = CheckPower(draft.power, Act::kObject, {{draft.record, found->front().words.matter}},
                          LegalDay(now));
    }
    if (!status.ok()) return RefuseUnlessKept(std::move(write), status);
    RunOnce(std::move(write),
            [this, call, draft = std::move(draft), now, snapshot = found->front()](
                storage::Tx& tx) { return Insert(tx, call, draft, snapshot, now); });
  });
}

absl::StatusOr<ObjectionView> ObjectionsCase::Insert(storage::Tx& tx, const Call& call,
                                                     const ObjectionDraft& draft,
                                                     const RecordSnapshot& snapshot,
                                                     absl::Time now) const {
  if (!draft.application.IsNone()) {
    absl::StatusOr<Application> repair = FindOwned(tx, tables_, draft.application, call.principal);
    if (!repair.ok()) return repair.status();
    absl::Status about = CheckCase(draft, tables_.cases->Of(tx, draft.application));
    if (!about.ok()) return about;
  }
  if (absl::Status none = CheckNoneIsOpen(draft, tables_.objections->OpenLike(tx, draft));
      !none.ok()) {
    return none;
  }
  absl::StatusOr<std::string> number = NewNumber(tx, *tables_.numbers, draft.region, now);
  if (!number.ok()) return number.status();
  ObjectionView view;
  view.objection = {.id = context_.ids->NewV7(now),
                    .number = *std::move(number),
                    .query_code = context_.ids->NewQueryCode(kQueryCodeLength),
                    .principal = call.principal,
                    .what = draft,
                    .snapshot = snapshot,
                    .authority = snapshot.authority,
                    .created = now};
  tables_.objections->Insert(tx, view.objection);
  if (draft.power) tables_.powers->Insert(tx, view.objection.id, *draft.power);
  view.with_query_code = true;
  return view;
}

void ObjectionsCase::File(const Call& call, const std::string& name,
                          ClientWrite<ObjectionView> write, Capacity acting) {
  absl::StatusOr<Id> id = ReadCall(name, acting);
  if (!id.ok()) return write.done(id.status());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write), [this, call, id = *id, acting, now](storage::Tx& tx) {
    return FileOne(tx, call, id, acting, now);
  });
}

absl::StatusOr<ObjectionView> ObjectionsCase::FileOne(storage::Tx& tx, const Call& call,
                                                      const Id& id, Capacity acting,
                                                      absl::Time now) const {
  absl::StatusOr<Objection> objection = FindOwnObjection(tx, tables_, id, call.principal);
  if (!objection.ok()) return objection.status();
  const Law law = law_.Now();
  absl::Status filed = DecideFiling(law, now, *objection);
  // Drafts may lie side by side.
  if (filed.ok()) {
    filed = CheckNoneIsOpen(objection->what, tables_.objections->OpenLike(tx, objection->what));
  }
  if (filed.ok()) filed = CheckAct(tx, tables_, *objection, {Act::kObject, acting, {}}, now);
  if (filed.ok() && ActingFor(*objection, acting) == Capacity::kAgent) {
    filed = CheckPowerPaper(law, tables_.materials->Of(tx, id));
  }
  if (!filed.ok()) return filed;
  tables_.objections->Update(tx, *objection);
  tables_.objections->AddStep(tx, id, StepOf(*objection, now));
  ObjectionView view = Load(tx, *std::move(objection));
  announcer_->Objected(tx, CauseOfCall(context_, call, id, now), view.objection, view.evidence);
  return view;
}

void ObjectionsCase::GiveUp(const Call& call, const std::string& name,
                            ClientWrite<ObjectionView> write, Capacity acting) {
  absl::StatusOr<Id> id = ReadCall(name, acting);
  if (!id.ok()) return write.done(id.status());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write), [this, call, id = *id, acting, now](storage::Tx& tx) {
    return GiveUpOne(tx, call, id, acting, now);
  });
}

absl::StatusOr<ObjectionView> ObjectionsCase::GiveUpOne(storage::Tx& tx, const Call& call,
                                                        const Id& id, Capacity acting,
                                                        absl::Time now) const {
  absl::StatusOr<Objection> objection = FindOwnObjection(tx, tables_, id, call.principal);
  if (!objection.ok()) return objection.status();
  absl::StatusOr<bool> asked = DecideGivingUp(*objection);
  if (!asked.ok()) return asked.status();
  if (*asked) {
    absl::Status may = CheckAct(tx, tables_, *objection, {Act::kWithdraw, acting, {}}, now);
    if (!may.ok()) return may;
    tables_.objections->Update(tx, *objection);
    tables_.objections->AddStep(tx, id, StepOf(*objection, now));
    announcer_->GaveUpObjection(tx, CauseOfCall(context_, call, id, now), id, now);
  }
  return Load(tx, *std::move(objection));
}

absl::StatusOr<ObjectionView> ObjectionsCase::Get(const std::string& name,
                                                  const std::string& query_code) const {
  absl::StatusOr<Id> id = ParseObjectionName("name", name);
  if (!id.ok()) return id.status();
  ObjectionView view;
  absl::Status status = database_->Read([&](storage::Session& session) {
    std::optional<Objection> found = tables_.objections->Find(session, *id);
    if (!session.status().ok()) return session.status();
    if (!found || !SameCode(found->query_code, query_code)) return NoSuchObjection();
    view = Load(session, *std::move(found));
    return session.status();
  });
  if (!status.ok()) return status;
  return view;
}

absl::StatusOr<ObjectionPage> ObjectionsCase::List(const std::string& principal, const Id& before,
                                                   int limit) const {
  ObjectionPage page;
  absl::Status status = database_->Read([&](storage::Session& session) {
    std::vector<Objection> found = tables_.objections->List(session, principal, before, limit + 1);
    page.more = static_cast<int>(found.size()) > limit;
    if (page.more) found.pop_back();
    for (Objection& one : found) page.objections.push_back(Load(session, std::move(one)));
    return session.status();
  });
  if (!status.ok()) return status;
  return page;
}

absl::StatusOr<ObjectionView> ObjectionsCase::GetFile(const Id& objection) const {
  ObjectionView view;
  absl::Status status = database_->Read([&](storage::Session& session) {
    std::optional<Objection> found = tables_.objections->Find(session, objection);
    if (!session.status().ok()) return session.status();
    if (!found || found->state == ObjectionState::kDraft) return NoSuchObjection();
    view = Load(session, *std::move(found));
    return session.status();
  });
  if (!status.ok()) return status;
  return view;
}

absl::Status ObjectionsCase::Take(const ObjectionNews& news, storage::Tx& tx) const {
  std::optional<Objection> objection = tables_.objections->Find(tx, news.objection);
  if (!tx.status().ok()) return tx.status();
  if (!objection || objection->state == ObjectionState::kDraft) return NoSuchObjection();
  absl::StatusOr<bool> changed = Project(news, *objection);
  if (!changed.ok() || !*changed) return changed.status();
  tables_.objections->Update(tx, *objection);
  ObjectionStep step = StepOf(*objection, news.changed_at);
  step.state = news.state;
  // That it was filed is told by the step of its filing; routing adds who has it and until when.
  if (news.version == 1 && news.state == ObjectionState::kFiled) {
    tables_.objections->CompleteFirstStep(tx, news.objection, step);
    return absl::OkStatus();
  }
  // A due date that is only firm now is nothing new.
  const std::vector<ObjectionStep> steps = tables_.objections->StepsOf(tx, news.objection);
  if (steps.empty() || !SaysTheSame(steps.back(), step)) {
    tables_.objections->AddStep(tx, news.objection, step);
  }
  return absl::OkStatus();
}

ObjectionView ObjectionsCase::Load(storage::Session& session, Objection objection) const {
  ObjectionView view;
  view.evidence = tables_.materials->Of(session, objection.id);
  view.steps = tables_.objections->StepsOf(session, objection.id);
  view.objection = std::move(objection);
  return view;
}

}  // namespace xiufu::intake
