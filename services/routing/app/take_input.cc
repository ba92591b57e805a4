#include "services/routing/app/take_input.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/storage/waiting.h"
#include "services/routing/app/look_up_papers.h"
#include "services/routing/app/repetition.h"

namespace xiufu::routing {
namespace {

// The task and the authority that an input speaks of; nothing for other inputs.
struct Speaker {
  Id task;
  std::string authority_code;
};
std::optional<Speaker> SpeakerOf(const CaseInput& input) {
  if (const auto* delivered = std::get_if<Delivered>(&input.what)) {
    return Speaker{delivered->task, delivered->authority_code};
  }
  if (const auto* answered = std::get_if<Answered>(&input.what)) {
    return Speaker{answered->task, answered->authority_code};
  }
  return std::nullopt;
}

// With the authority whose law the input is decided by.
Case AsSeenBy(Case kase, const CaseInput& input) {
  if (const auto* assigned = std::get_if<Assigned>(&input.what)) {
    kase.authority = assigned->authority;
  }
  return kase;
}

// Leaves the row by which a repetition of the input is known.
struct KeepTaken {
  const Ports& ports;
  const Case& kase;  // before
  const CaseInput& input;
  const Step& step;
  storage::Tx& tx;

  void operator()(const Delivered& delivered) const {
    ports.tasks->NoteDelivered(tx, delivered.task, delivered.authority_task_no, input.at);
  }
  void operator()(const Answered& answered) const {
    ports.answers->Insert(tx, {input.case_id, answered.task, answered.answer_id}, input.at,
                          {.kind = AnswerKindOf(answered),
                           .content = answered.content,
                           .counts = step.meaning != Meaning::kRecord,
                           .reason = step.reason});
    const auto* asked = std::get_if<SupplementAsked>(&answered.kind);
    if (asked != nullptr && step.meaning != Meaning::kRecord)
      KeepNeedless(answered.answer_id, *asked);
  }
  void KeepNeedless(const std::string& answer_id, const SupplementAsked& asked) const {
    if (asked.on_file.empty()) return;
    ports.needless->Insert(tx, {input.case_id, kase.task, answer_id}, kase, input.at, asked.on_file,
                           step.meaning == Meaning::kNote);
  }
  void operator()(const Supplemented& supplemented) const {
    ports.supplements->Insert(tx, input.case_id, input.at, supplemented);
  }
  void operator()(const DecisionFaulty& faulty) const {
    ports.answers->MarkFaulty(tx, {input.case_id, kase.task, faulty.answer_id}, faulty.reason);
  }
  void operator()(const Assigned& assigned) const {
    for (const CaseEvent& event : step.events) {
      if (const auto* given = std::get_if<TaskGiven>(&event)) ports.tasks->Insert(tx, given->task);
    }
    ports.assignments->Insert(tx, kase, input.at, assigned);
  }
  void operator()(const SupplementAllowed& allowed) const {
    ports.answers->LetCount(tx, {input.case_id, kase.task, allowed.answer_id}, allowed, input.at);
    KeepNeedless(allowed.answer_id, allowed.asked);
  }
  void operator()(const Reviewed& reviewed) const {
    for (const CaseEvent& event : step.events) {
      if (const auto* given = std::get_if<TaskGiven>(&event)) ports.tasks->Insert(tx, given->task);
    }
    ports.reviews->Insert(tx, kase, input.at, reviewed);
  }
  void operator()(const SupplementMissed&) const {}
  void operator()(const WithdrawalAsked&) const {}
  void operator()(const DecisionEntered&) const {}  // the case's own columns
  void operator()(const LoopClosed&) const {}
  void operator()(const Told& told) const {
    ports.told->Insert(tx, input.case_id, input.at, NameOf(KindOf(input)), told);
    if (!std::holds_alternative<Decided>(told.kind)) return;
    ports.answers->Insert(tx, {input.case_id, kase.task, told.answer_id}, input.at,
                          {.kind = InputKind::kDecided, .content = told.content, .counts = true});
  }
  void operator()(const Reported& reported) const {
    ports.answers->Insert(tx, {input.case_id, kase.task, reported.answer_id}, input.at,
                          {.kind = InputKind::kDecided,
                           .content = reported.content,
                           .counts = step.meaning == Meaning::kMove,
                           .reason = step.reason});
  }
};

}  // namespace

absl::Status TakeInput::Handle(const messaging::Envelope& event, const messaging::Cause& cause,
                               storage::Tx& tx) const {
  absl::StatusOr<CaseInput> input = ports_->codec->Decode(event);
  if (!input.ok()) return input.status();
  absl::StatusOr<Meaning> meaning = Consider(*input, cause, tx);
  if (!meaning.ok()) return meaning.status();
  if (*meaning == Meaning::kWait) return Keep(*input, event, cause.now, tx);
  if (*meaning == Meaning::kMove) TakeEarly(tx, input->case_id);
  return absl::OkStatus();
}

absl::StatusOr<Meaning> TakeInput::Consider(const CaseInput& input, const messaging::Cause& cause,
                                            storage::Tx& tx) const {
  std::optional<Case> kase = ports_->cases->Find(tx, input.case_id);
  if (!kase.has_value()) return Meaning::kWait;
  if (input.application != kase->application) {
    return absl::InvalidArgumentError(
        absl::StrCat("case ", kase->id.ToString(), " is of another application"));
  }
  absl::StatusOr<bool> former = IsOfFormerTask(*kase, input, tx);
  if (!former.ok()) return former.status();
  absl::StatusOr<bool> repetition = IsRepetition(*ports_, *kase, input, tx);
  if (!repetition.ok()) return repetition.status();
  if (*repetition) return Meaning::kNothing;
  if (*former) return Record(*kase, input, tx);
  return Apply(*kase, input, cause, tx);
}

absl::StatusOr<bool> TakeInput::IsOfFormerTask(const Case& kase, const CaseInput& input,
                                               storage::Tx& tx) const {
  const std::optional<Speaker> speaker = SpeakerOf(input);
  if (!speaker) return false;
  if (speaker->task == kase.task && speaker->authority_code == kase.authority.code) return false;
  const std::optional<Task> task = ports_->tasks->Find(tx, speaker->task);
  if (task && task->case_id == kase.id && task->authority_code == speaker->authority_code) {
    return true;
  }
  return absl::PermissionDeniedError(absl::StrCat("case ", kase.id.ToString(), " is not with ",
                                                  speaker->authority_code, " as task ",
                                                  speaker->task.ToString()));
}

Meaning TakeInput::Record(const Case& kase, const CaseInput& input, storage::Tx& tx) const {
  const Step step{.meaning = Meaning::kRecord,
                  .reason = "该件已不由该单位办理 / the case is not with this authority any more"};
  std::visit(KeepTaken{*ports_, kase, input, step, tx}, input.what);
  return step.meaning;
}

absl::StatusOr<Meaning> TakeInput::Apply(const Case& kase, CaseInput input,
                                         const messaging::Cause& cause, storage::Tx& tx) const {
  absl::StatusOr<Law> law = law_->ForCase(AsSeenBy(kase, input), tx);
  if (!law.ok()) return law.status();
  if (const auto* answered = std::get_if<Answered>(&input.what)) {
    if (const auto* revoked = std::get_if<Revoked>(&answered->kind)) {
      law->finding = law_->OfFinding(kase, *law->rule, *revoked, input.at);
    }
  }
  LookUpPapers(*ports_, *law_, kase, input, tx);
  std::vector<DeadlineReceipt> deadlines = ports_->deadlines->Of(tx, kase.id);
  const Step step = Decide(kase, deadlines, input, *law);
  if (step.meaning == Meaning::kConflict) {
    return absl::AlreadyExistsError(
        absl::StrCat("case ", kase.id.ToString(), ": ", KeyOf(input), " ", step.reason));
  }
  if (step.meaning == Meaning::kWait || step.meaning == Meaning::kNothing) return step.meaning;
  if (step.meaning == Meaning::kRefuse) {
    for (const CaseEvent& event : step.events) ports_->events->Emit(tx, cause, kase, event);
    return step.meaning;
  }
  std::visit(KeepTaken{*ports_, kase, input, step, tx}, input.what);
  if (step.meaning == Meaning::kRecord) return step.meaning;
  ports_->cases->Update(tx, step.next);
  for (const DeadlineReceipt& receipt : step.deadlines) {
    ports_->deadlines->Put(tx, kase.id, receipt);
  }
  clocks_->Follow(tx, kase, step.next, input.at, deadlines, step.deadlines);
  for (const CaseEvent& event : step.events) ports_->events->Emit(tx, cause, step.next, event);
  return step.meaning;
}

absl::Status TakeInput::Keep(const CaseInput& input, const messaging::Envelope& event,
                             absl::Time now, storage::Tx& tx) const {
  EarlyInput early{
      .key = KeyOf(input), .content = ContentOf(input), .event = event, .first_now = now};
  for (const EarlyInput& known : ports_->early->Of(tx, input.case_id)) {
    if (known.key != early.key) continue;
    return known.content == early.content ? absl::OkStatus() : OtherContent(input);
  }
  ports_->early->Add(tx, input.case_id, early);
  return absl::OkStatus();
}

absl::StatusOr<Meaning> TakeInput::Take(const CaseInput& input, const messaging::Cause& cause,
                                        storage::Tx& tx) const {
  absl::StatusOr<Meaning> meaning = Consider(input, cause, tx);
  if (meaning.ok() && *meaning == Meaning::kMove) TakeEarly(tx, input.case_id);
  return meaning;
}

absl::Status TakeInput::HandleReport(const messaging::Envelope& event,
                                     const messaging::Cause& cause, storage::Tx& tx) const {
  absl::StatusOr<RecordReport> report = ports_->codec->DecodeReport(event);
  if (!report.ok()) return report.status();
  ports_->reports->Add(tx, report->record, report->kind, {event, cause.now});
  for (const Id& case_id : ports_->cases->OpenAbout(tx, report->record)) {
    absl::StatusOr<bool> moved = TakeReport(tx, case_id);
    if (!moved.ok()) return moved.status();
    if (*moved) TakeEarly(tx, case_id);
  }
  return absl::OkStatus();
}

void TakeInput::TakeEarly(storage::Tx& tx, const Id& case_id) const {
  while (tx.status().ok() && TakeOneEarly(tx, case_id)) {
  }
}

absl::StatusOr<bool> TakeInput::TakeReport(storage::Tx& tx, const Id& case_id) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, case_id);
  if (!kase.has_value()) return false;
  for (const KeptReport& kept : ports_->reports->Of(tx, kase->record)) {
    absl::StatusOr<RecordReport> report = ports_->codec->DecodeReport(kept.event);
    if (!report.ok()) return report.status();
    absl::StatusOr<Meaning> meaning =
        Consider({case_id, kase->application, report->at, std::move(report->what)},
                 messaging::CauseOf(kept.event, kept.first_now), tx);
    if (!meaning.ok()) return meaning.status();
    if (*meaning == Meaning::kMove) return true;
  }
  return false;
}

// The first that can be taken now. Answers keep their order: where one waits, all that could move
// the case wait. What fails is parked like any event that fails for good.
bool TakeInput::TakeOneEarly(storage::Tx& tx, const Id& case_id) const {
  for (const EarlyInput& early : ports_->early->Of(tx, case_id)) {
    absl::StatusOr<Meaning> meaning = Meaning::kWait;
    absl::Status taken = tx.InSavepoint([&](storage::Tx& inside) {
      absl::StatusOr<CaseInput> input = ports_->codec->Decode(early.event);
      if (!input.ok()) return input.status();
      meaning = Consider(*input, messaging::CauseOf(early.event, early.first_now), inside);
      return meaning.status();
    });
    if (taken.ok() && *meaning == Meaning::kWait) continue;
    if (!tx.status().ok()) return false;
    ports_->early->Remove(tx, early.id);
    if (!taken.ok()) {
      tx.waiting().Add(tx, {early.event, messaging::EncodeEnvelope(early.event)},
                       storage::WaitingState::kParked, 1, absl::InfiniteFuture(), early.first_now,
                       taken.ToString());
    }
    return true;
  }
  // Whatever keeps a report from being taken, it is kept with its record and looked at again.
  return TakeReport(tx, case_id).value_or(false);
}

}  // namespace xiufu::routing
