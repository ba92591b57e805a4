#include "services/intake/domain/project_case.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace xiufu::intake {
namespace {

// A case is version 1 when it is opened; each change is one more.
constexpr int64_t kOpenedVersion = 1;

CaseView StartOf(const std::optional<CaseView>& known, const Id& case_id, const Id& application) {
  if (known.has_value()) return *known;
  CaseView view;
  view.id = case_id;
  view.application = application;
  return view;
}

CaseProjection Unchanged(const std::optional<CaseView>& known) { return {*known, false, {}}; }

// The case's code for having come from `before` into its present state; none when the state is the
// same.
const char* CodeOf(CaseState before, CaseState now) {
  if (before == now) return nullptr;
  if (now == CaseState::kSupplementRequested) return kCaseSupplementRequested;
  if (now == CaseState::kDecided) return kCaseDecided;
  if (now == CaseState::kConcluded) return kCaseConcluded;
  if (before == CaseState::kSupplementRequested) return kCaseResumed;
  if (before == CaseState::kDecided) return kCaseDecisionCorrecting;
  return now == CaseState::kAccepted ? kCaseAccepted : kCaseWithAuthority;
}

// The loop is told as closed once the conclusion has been told; a refusal has no effects that could
// be open.
void TellLoopClosed(CaseProjection& projection) {
  const CaseView& view = projection.view;
  if (!IsConcluded(view) || !Happened(view.loop_closed)) return;
  if (view.decision.result != CaseResult::kApproved) return;
  projection.news.push_back({kCaseLoopClosed, view.loop_closed});
}

const Deadline* FindDeadline(const std::vector<Deadline>& deadlines, const std::string& kind) {
  const auto found = std::find_if(deadlines.begin(), deadlines.end(),
                                  [&](const Deadline& known) { return known.kind == kind; });
  return found == deadlines.end() ? nullptr : &*found;
}

// The code for a due date that moved; none for a deadline the timeline does not speak of.
const char* CodeOfMoved(const std::string& kind) {
  if (kind == "ACCEPT") return kCaseAcceptDueMoved;
  return kind == "DECIDE" ? kCaseDecideDueMoved : nullptr;
}

// An event brings the deadlines that began or moved with it; the others stay.
void TakeDeadlines(CaseView& view, const std::vector<Deadline>& deadlines) {
  for (const Deadline& deadline : deadlines) {
    const auto same =
        std::find_if(view.deadlines.begin(), view.deadlines.end(),
                     [&](const Deadline& known) { return known.kind == deadline.kind; });
    if (same == view.deadlines.end()) {
      view.deadlines.push_back(deadline);
    } else {
      *same = deadline;
    }
  }
}

void TakeSupplementRequest(CaseView& view, const CaseChanged& event) {
  const bool requested = event.state == CaseState::kSupplementRequested;
  view.defects = requested ? event.defects : std::vector<std::string>();
  if (!requested) return;
  view.supplement_round = event.round;
  view.supplement_requested = event.changed_at;
}

// What the ledger has entered is final; before that the decision is as routing has it, and gone
// when it takes it back.
void TakeDecision(CaseView& view, const CaseChanged& event) {
  if (Happened(view.entered)) return;
  const bool decided = event.state == CaseState::kDecided || event.state == CaseState::kConcluded;
  if (!decided) {
    view.decision = Decision();
  } else if (event.decision.result != CaseResult::kUnspecified) {
    view.decision = event.decision;
  }
}

void TakeChange(CaseView& view, const CaseChanged& event) {
  view.state = event.state;
  view.version = std::max(view.version, event.version);
  view.changed = event.changed_at;
  if (!event.authority_no.empty()) view.authority_no = event.authority_no;
  TakeDeadlines(view, event.deadlines);
  TakeSupplementRequest(view, event);
  TakeDecision(view, event);
  if (IsConcluded(view)) view.concluded = event.changed_at;
}

}  // namespace

absl::StatusOr<CaseProjection> ProjectOpened(const std::optional<CaseView>& known,
                                             const CaseOpened& event) {
  if (known.has_value() && IsOpened(*known)) {
    if (known->record == event.record) return Unchanged(known);
    return absl::AlreadyExistsError("the case is open for another record");
  }
  CaseProjection projection{StartOf(known, event.case_id, event.application), true, {}};
  CaseView& view = projection.view;
  view.record = event.record;
  view.authority = event.authority;
  view.rule = event.rule;
  view.state = CaseState::kReceived;
  view.version = kOpenedVersion;
  view.opened = event.opened_at;
  view.changed = event.opened_at;
  view.deadlines = event.deadlines;
  projection.news.push_back({kCaseOpened, event.opened_at});
  return projection;
}

absl::StatusOr<CaseProjection> ProjectChanged(const std::optional<CaseView>& known,
                                              const CaseChanged& event) {
  if (!known.has_value() || !IsOpened(*known)) {
    return absl::FailedPreconditionError("the case is not opened yet");
  }
  if (IsConcluded(*known)) return Unchanged(known);
  const bool concludes = event.state == CaseState::kConcluded;
  if (event.version <= known->version && !concludes) return Unchanged(known);
  if (event.version > known->version + 1) {
    return absl::FailedPreconditionError(absl::StrCat("version ", event.version, " comes before ",
                                                      known->version + 1, " of the case"));
  }
  CaseProjection projection{*known, true, {}};
  TakeChange(projection.view, event);
  if (event.state >= CaseState::kDecided &&
      projection.view.decision.result == CaseResult::kUnspecified) {
    return absl::InvalidArgumentError("a decision without a result");
  }
  const char* code = CodeOf(known->state, event.state);
  if (code != nullptr) projection.news.push_back({code, event.changed_at});
  TellLoopClosed(projection);
  return projection;
}

absl::StatusOr<CaseProjection> ProjectMoved(const std::optional<CaseView>& known,
                                            const DeadlinesMoved& event) {
  if (!known.has_value() || !IsOpened(*known)) {
    return absl::FailedPreconditionError("the case is not opened yet");
  }
  if (IsConcluded(*known)) return Unchanged(known);
  CaseProjection projection{*known, false, {}};
  TakeDeadlines(projection.view, event.deadlines);
  projection.changed = projection.view.deadlines != known->deadlines;
  for (const Deadline& before : known->deadlines) {
    const Deadline& now = *FindDeadline(projection.view.deadlines, before.kind);
    const char* code = CodeOfMoved(now.kind);
    if (now.due_date != before.due_date && code != nullptr) {
      projection.news.push_back({code, event.moved_at});
    }
  }
  return projection;
}

CaseProjection ProjectEntered(const std::optional<CaseView>& known, const DecisionEntered& event) {
  if (known.has_value() && Happened(known->entered)) return Unchanged(known);
  CaseProjection projection{StartOf(known, event.case_id, event.application), true, {}};
  projection.view.entered = event.entered_at;
  projection.view.decision = event.decision;
  return projection;
}

CaseProjection ProjectLoopClosed(const std::optional<CaseView>& known, const LoopClosed& event) {
  if (known.has_value() && Happened(known->loop_closed)) return Unchanged(known);
  CaseProjection projection{StartOf(known, event.case_id, event.application), true, {}};
  projection.view.loop_closed = event.closed_at;
  TellLoopClosed(projection);
  return projection;
}

CaseProjection ProjectSupplemented(const CaseView& known, absl::Time supplemented) {
  CaseProjection projection{known, true, {{kCaseSupplemented, supplemented}}};
  projection.view.supplemented_round = known.supplement_round;
  return projection;
}

}  // namespace xiufu::intake
