#include "services/routing/app/take_objection.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/storage/waiting.h"
#include "services/routing/app/objection_timer.h"

namespace xiufu::routing {
namespace {

// Nothing is known of it but that it is not with this authority any more.
constexpr char kFormerHolder[] =
    "异议已不由该单位办理 / the objection is not with this authority any more";

absl::Status OtherContent(const Id& objection) {
  return absl::AlreadyExistsError(
      absl::StrCat("objection ", objection.ToString(), " is known with other content"));
}

// The same again is known by it. An answer's id says nothing beyond its task.
std::string EarlyKey(const ObjectionInput& input) {
  const absl::string_view kind = NameOf(KindOf(input));
  if (const auto* answered = std::get_if<ObjectionAnswered>(&input.what)) {
    return absl::StrCat(kind, "/", answered->task.ToString(), "/", answered->answer_id);
  }
  if (const auto* delivered = std::get_if<ObjectionDelivered>(&input.what)) {
    return absl::StrCat(kind, "/", delivered->task.ToString());
  }
  return std::string(kind);
}

}  // namespace

absl::Status TakeObjection::File(const ObjectionFiled& filed, const messaging::Cause& cause,
                                 storage::Tx& tx) const {
  if (const std::optional<Objection> known = ports_->objections->Find(tx, filed.objection)) {
    return known->opening_sha256 == filed.sha256 ? absl::OkStatus() : OtherContent(known->id);
  }
  absl::StatusOr<Opening> with = law_->ForObjection(filed, tx);
  if (!with.ok()) return with.status();
  const Id task = cause.Derive("task");
  const OpenedObjection opened =
      OpenObjection(filed, with->authority, with->unknown_because, task, with->law);
  ports_->objections->Insert(tx, opened.objection);
  ports_->objections->InsertTask(tx, filed.objection, task, with->authority.code, filed.filed_at);
  for (const DeadlineReceipt& receipt : opened.deadlines) {
    ports_->deadlines->Put(tx, filed.objection, receipt);
  }
  FollowClocks(opened.objection, tx);
  for (const ObjectionEvent& event : opened.events) {
    ports_->events->Emit(tx, cause, opened.objection, event);
  }
  TakeEarly(filed.objection, tx);
  return absl::OkStatus();
}

absl::Status TakeObjection::Handle(const messaging::Envelope& event, const messaging::Cause& cause,
                                   storage::Tx& tx) const {
  absl::StatusOr<ObjectionInput> input = ports_->codec->Decode(event);
  if (!input.ok()) return input.status();
  const std::optional<Objection> objection = ports_->objections->Find(tx, input->objection);
  if (!objection) return Keep(*input, event, cause.now, tx);
  return Consider(*objection, *input, cause, tx).status();
}

absl::StatusOr<Meaning> TakeObjection::Consider(const Objection& objection,
                                                const ObjectionInput& input,
                                                const messaging::Cause& cause,
                                                storage::Tx& tx) const {
  if (const auto* answered = std::get_if<ObjectionAnswered>(&input.what)) {
    return TakeAnswer(objection, input, *answered, cause, tx);
  }
  if (const auto* delivered = std::get_if<ObjectionDelivered>(&input.what)) {
    ports_->objections->NoteDelivered(tx, delivered->task, input.at);
    if (delivered->task != objection.task) return Meaning::kNothing;
  }
  absl::StatusOr<ObjectionStep> step = StepOf(objection, input, tx);
  if (!step.ok()) return step.status();
  return Apply(objection, input, *std::move(step), cause, tx);
}

absl::StatusOr<Meaning> TakeObjection::TakeAnswer(const Objection& objection,
                                                  const ObjectionInput& input,
                                                  const ObjectionAnswered& answered,
                                                  const messaging::Cause& cause,
                                                  storage::Tx& tx) const {
  const std::optional<std::string> holder =
      ports_->objections->HolderOf(tx, objection.id, answered.task);
  if (holder != answered.authority_code) {
    return absl::PermissionDeniedError(absl::StrCat("objection ", objection.id.ToString(),
                                                    " is not with ", answered.authority_code));
  }
  const AnswerKey key{objection.id, answered.task, answered.answer_id};
  if (const std::optional<std::string> known = ports_->answers->FindContent(tx, key)) {
    if (*known == answered.content) return Meaning::kNothing;
    return OtherContent(objection.id);
  }
  absl::StatusOr<ObjectionStep> step = StepOf(objection, input, tx);
  if (!step.ok()) return step.status();
  if (answered.task != objection.task) {
    *step = {.meaning = Meaning::kRecord, .reason = kFormerHolder};
  }
  ports_->answers->Insert(tx, key, input.at, KindOf(input), answered.content, step->reason);
  return Apply(objection, input, *std::move(step), cause, tx);
}

absl::StatusOr<ObjectionStep> TakeObjection::StepOf(const Objection& objection,
                                                    const ObjectionInput& input,
                                                    storage::Tx& tx) const {
  const auto* assigned = std::get_if<ObjectionAssigned>(&input.what);
  absl::StatusOr<Law> law = law_->OfObjection(
      objection, assigned == nullptr ? objection.authority : assigned->authority, tx);
  if (!law.ok()) return law.status();
  return Decide(objection, ports_->deadlines->Of(tx, objection.id), *law, input);
}

Meaning TakeObjection::Apply(const Objection& objection, const ObjectionInput& input,
                             ObjectionStep step, const messaging::Cause& cause,
                             storage::Tx& tx) const {
  if (step.meaning != Meaning::kMove) return step.meaning;
  if (const auto* assigned = std::get_if<ObjectionAssigned>(&input.what)) {
    ports_->objections->InsertTask(tx, objection.id, assigned->task, assigned->authority.code,
                                   input.at);
    ports_->objections->InsertAssignment(tx, objection, input.at, *assigned);
  }
  for (const DeadlineReceipt& receipt : step.deadlines) {
    ports_->deadlines->Put(tx, objection.id, receipt);
  }
  FollowClocks(step.next, tx);
  ports_->objections->Update(tx, step.next);
  for (const ObjectionEvent& event : step.events) {
    ports_->events->Emit(tx, cause, step.next, event);
  }
  return step.meaning;
}

void TakeObjection::FollowClocks(const Objection& objection, storage::Tx& tx) const {
  for (const DeadlineReceipt& receipt : ports_->deadlines->Of(tx, objection.id)) {
    if (Runs(objection.state, receipt)) {
      ArmObjection(tx, objection.id, receipt);
    } else {
      tx.timers().Cancel(tx, ObjectionTimer(receipt.kind), objection.id);
    }
  }
}

absl::Status TakeObjection::Keep(const ObjectionInput& input, const messaging::Envelope& event,
                                 absl::Time now, storage::Tx& tx) const {
  const auto* answered = std::get_if<ObjectionAnswered>(&input.what);
  EarlyInput early{.key = EarlyKey(input),
                   .content = answered == nullptr ? "" : answered->content,
                   .event = event,
                   .first_now = now};
  for (const EarlyInput& known : ports_->early->Of(tx, input.objection)) {
    if (known.key != early.key) continue;
    return known.content == early.content ? absl::OkStatus() : OtherContent(input.objection);
  }
  ports_->early->Add(tx, input.objection, early);
  return absl::OkStatus();
}

// In the order they came; what fails is parked like any event that fails for good.
void TakeObjection::TakeEarly(const Id& objection, storage::Tx& tx) const {
  for (const EarlyInput& early : ports_->early->Of(tx, objection)) {
    const absl::Status taken = tx.InSavepoint([&](storage::Tx& inside) {
      return Handle(early.event, messaging::CauseOf(early.event, early.first_now), inside);
    });
    if (!tx.status().ok()) return;
    ports_->early->Remove(tx, early.id);
    if (taken.ok()) continue;
    tx.waiting().Add(tx, {early.event, messaging::EncodeEnvelope(early.event)},
                     storage::WaitingState::kParked, 1, absl::InfiniteFuture(), early.first_now,
                     taken.ToString());
  }
}

absl::Status TakeObjection::Assign(const Assignment& assignment, messaging::Cause cause,
                                   storage::Tx& tx) const {
  const std::optional<Objection> objection = ports_->objections->Find(tx, assignment.objection);
  if (!objection)
    return WithReason(absl::NotFoundError("no such objection"), "OBJECTION_NOT_FOUND");
  absl::StatusOr<AuthorityRef> authority =
      law_->ForObjectionOf(assignment.authority_code, cause.now);
  if (!authority.ok()) return authority.status();
  // Its own id was born from a client's call and says nothing of a place; that of its task does.
  cause.place = PlaceOf(objection->task);
  const ObjectionInput input{
      objection->id, cause.now,
      ObjectionAssigned{*authority, cause.Derive("task"), assignment.person, assignment.reason}};
  absl::StatusOr<ObjectionStep> step = StepOf(*objection, input, tx);
  if (!step.ok()) return step.status();
  const Meaning meaning = Apply(*objection, input, *std::move(step), cause, tx);
  if (meaning == Meaning::kMove) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError("the objection is not to be assigned"),
                    "NOT_TO_BE_ASSIGNED");
}

absl::Status TakeObjection::OnDue(storage::Tx& tx, const storage::Timer& timer) const {
  std::optional<Objection> objection = ports_->objections->Find(tx, timer.subject);
  if (!objection) return absl::OkStatus();
  for (const DeadlineReceipt& receipt : ports_->deadlines->Of(tx, objection->id)) {
    if (ObjectionTimer(receipt.kind) != timer.kind || !Runs(objection->state, receipt)) continue;
    absl::Time& since = LateSince(*objection, receipt.kind);
    if (since != absl::InfinitePast()) continue;
    since = MissedAt(receipt);
    ports_->objections->Update(tx, *objection);
  }
  return absl::OkStatus();
}

}  // namespace xiufu::routing
