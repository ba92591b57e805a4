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

constexpr char kOverall[] = "OVERALL";

CaseProjection Unchanged(const std::optional<CaseView>& known) { return {*known, false, {}}; }

absl::Status NotOpenedYet() { return absl::FailedPreconditionError("the case is not opened yet"); }

// The code for states that mean the same whatever was before; none for the others.
const char* CodeOfState(CaseState now) {
  switch (now) {
    case CaseState::kSupplementRequested:
      return kCaseSupplementRequested;
    case CaseState::kToBeAssigned:
      return kCaseToBeAssigned;
    case CaseState::kDecided:
      return kCaseDecided;
    case CaseState::kConcluded:
      return kCaseConcluded;
    case CaseState::kNotAccepted:
      return kCaseNotAccepted;
    case CaseState::kWithdrawn:
      return kCaseWithdrawn;
    case CaseState::kClosedNoSupplement:
      return kCaseClosedNoSupplement;
    default:
      return nullptr;
  }
}

// The case's code for having come from `before` into its present state; none when the state is the
// same and nothing was told of another system.
const char* CodeOf(CaseState before, const CaseChanged& event) {
  const CaseState now = event.state;
  if (event.upstream_step == "FILED") return kCaseFiledUpstream;
  if (event.upstream_step == "ACCEPTED") return kCaseAcceptedUpstream;
  if (before == now) return nullptr;
  if (now == CaseState::kWithUpstream) return event.handed_over ? kCaseHandedOver : kCaseRelayed;
  if (before == CaseState::kPreCheck && now == CaseState::kSupplementRequested) {
    return kCasePreCheckDefects;
  }
  if (const char* code = CodeOfState(now); code != nullptr) return code;
  if (now == CaseState::kPreCheck) return kCasePreCheck;
  if (before == CaseState::kSupplementRequested) return kCaseResumed;
  if (before == CaseState::kPreCheck && now == CaseState::kReceived) return kCasePassedOn;
  if (before == CaseState::kDecided) return kCaseDecisionCorrecting;
  if (now == CaseState::kReceived) return kCaseAssigned;
  if (now == CaseState::kExtended) return kCaseExtended;
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

void TellRestored(CaseProjection& projection) {
  const CaseView& view = projection.view;
  if (!IsConcluded(view) || !IsRevoked(view) || !Happened(view.revocation.restored)) return;
  projection.news.push_back({kCaseRecordRestored, view.revocation.restored});
}

void TellRevoked(CaseProjection& projection) {
  const CaseView& view = projection.view;
  if (!IsConcluded(view) || !IsRevoked(view)) return;
  projection.news.push_back({kCaseRevoked, view.revocation.entered});
  TellRestored(projection);
}

const Deadline* FindDeadline(const std::vector<Deadline>& deadlines, const std::string& kind) {
  const auto found = std::find_if(deadlines.begin(), deadlines.end(),
                                  [&](const Deadline& known) { return known.kind == kind; });
  return found == deadlines.end() ? nullptr : &*found;
}

// The code for a due date that moved; none for a deadline the timeline does not speak of.
const char* CodeOfMoved(const std::string& kind) {
  if (kind == "ACCEPT") return kCaseAcceptDueMoved;
  if (kind == "EXTEND") return kCaseExtendDueMoved;
  if (kind == kSupplementDeadline) return kCaseSupplementDueMoved;
  return kind == "DECIDE" ? kCaseDecideDueMoved : nullptr;
}

// Nothing of the applicant's own, and of what is ours to do.
const char* CodeOfMissed(const std::string& kind) {
  if (kind == "ACCEPT") return kCaseAcceptOver;
  if (kind == "DECIDE") return kCaseDecideOver;
  if (kind == "EXTEND") return kCaseExtendOver;
  return kind == "OVERALL" ? kCaseOverallOver : nullptr;
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

// The applicant's due date is that of the open request; of a case closed for it, the one that was
// missed.
void DropSupplementDeadline(CaseView& view, const CaseChanged& event) {
  const bool same_request =
      event.state == CaseState::kSupplementRequested && event.round == view.supplement_round;
  if (same_request || event.state == CaseState::kClosedNoSupplement) return;
  const auto is_applicants = [](const Deadline& known) {
    return known.kind == kSupplementDeadline;
  };
  view.deadlines.erase(std::remove_if(view.deadlines.begin(), view.deadlines.end(), is_applicants),
                       view.deadlines.end());
}

void TakeSupplementRequest(CaseView& view, const CaseChanged& event) {
  const bool requested = event.state == CaseState::kSupplementRequested;
  view.defects = requested ? event.defects : std::vector<std::string>();
  if (!requested) return;
  view.supplement_round = event.round;
  view.supplement_requested = event.changed_at;
}

// Another authority gives a number of its own, and has its own time; the applicant has waited on.
void TakeAuthority(CaseView& view, const CaseChanged& event) {
  if (event.authority.has_value()) {
    view.authority = *event.authority;
    view.authority_no.clear();
    std::erase_if(view.deadlines, [](const Deadline& known) { return known.kind != kOverall; });
  }
  if (!event.authority_no.empty()) view.authority_no = event.authority_no;
}

void TakeGrounds(CaseView& view, const CaseChanged& event) {
  const bool has_grounds =
      event.state == CaseState::kNotAccepted || event.state == CaseState::kExtended ||
      event.state == CaseState::kToBeAssigned || event.state == CaseState::kWithUpstream;
  view.grounds = has_grounds ? Grounds{event.decision.reasons, event.decision.remedies} : Grounds();
}

// What the ledger has entered is final; before that the decision is as routing has it, and gone
// when it takes it back.
void TakeDecision(CaseView& view, const CaseChanged& event) {
  if (Happened(view.entered)) return;
  if (!IsDecided(event.state)) {
    view.decision = Decision();
  } else if (event.decision.result != CaseResult::kUnspecified) {
    view.decision = event.decision;
  }
}

void TakeChange(CaseView& view, const CaseChanged& event) {
  view.state = event.state;
  view.version = std::max(view.version, event.version);
  view.changed = event.changed_at;
  TakeAuthority(view, event);
  DropSupplementDeadline(view, event);
  TakeDeadlines(view, event.deadlines);
  TakeSupplementRequest(view, event);
  TakeGrounds(view, event);
  TakeDecision(view, event);
  if (!HasEnded(view)) return;
  view.ended = event.changed_at;
  view.withdrawal_requested = absl::InfinitePast();
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
  view.successions = event.successions;
  projection.news.push_back({kCaseOpened, event.opened_at});
  if (!view.successions.empty()) projection.news.push_back({kCaseSucceeded, event.opened_at});
  return projection;
}

absl::StatusOr<CaseProjection> ProjectChanged(const std::optional<CaseView>& known,
                                              const CaseChanged& event) {
  if (!known.has_value() || !IsOpened(*known)) return NotOpenedYet();
  if (HasEnded(*known)) return Unchanged(known);
  if (event.version <= known->version && !IsEnd(event.state)) return Unchanged(known);
  if (event.version > known->version + 1) {
    return absl::FailedPreconditionError(absl::StrCat("version ", event.version, " comes before ",
                                                      known->version + 1, " of the case"));
  }
  CaseProjection projection{*known, true, {}};
  TakeChange(projection.view, event);
  if (IsDecided(event.state) && projection.view.decision.result == CaseResult::kUnspecified) {
    return absl::InvalidArgumentError("a decision without a result");
  }
  const char* code = CodeOf(known->state, event);
  if (code != nullptr) projection.news.push_back({code, event.changed_at});
  TellLoopClosed(projection);
  TellRevoked(projection);
  return projection;
}

absl::StatusOr<CaseProjection> ProjectMoved(const std::optional<CaseView>& known,
                                            const DeadlinesMoved& event) {
  if (!known.has_value() || !IsOpened(*known)) return NotOpenedYet();
  if (HasEnded(*known)) return Unchanged(known);
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

absl::StatusOr<CaseProjection> ProjectMissed(const std::optional<CaseView>& known,
                                             const DeadlineMissed& event) {
  if (!known.has_value() || !IsOpened(*known)) return NotOpenedYet();
  const char* code = CodeOfMissed(event.kind);
  if (HasEnded(*known) || code == nullptr || !Happened(event.since)) return Unchanged(known);
  const Deadline* deadline = FindDeadline(known->deadlines, event.kind);
  if (deadline == nullptr || deadline->due_date != event.due_date) return Unchanged(known);
  const std::string key = MissedKey(event.kind, event.due_date);
  if (std::find(known->missed.begin(), known->missed.end(), key) != known->missed.end()) {
    return Unchanged(known);
  }
  CaseProjection projection{*known, true, {{code, event.since}}};
  projection.view.missed.push_back(key);
  return projection;
}

CaseProjection ProjectEntered(const std::optional<CaseView>& known, const DecisionEntered& event) {
  if (known.has_value() && Happened(known->entered)) return Unchanged(known);
  CaseProjection projection{StartOf(known, event.case_id, event.application), true, {}};
  projection.view.entered = event.entered_at;
  projection.view.decision = event.decision;
  projection.view.for_a_time = event.for_a_time;
  return projection;
}

CaseProjection ProjectRevoked(const std::optional<CaseView>& known, const DecisionRevoked& event) {
  if (known.has_value() && IsRevoked(*known)) return Unchanged(known);
  CaseProjection projection{StartOf(known, event.case_id, event.application), true, {}};
  Revocation& revocation = projection.view.revocation;
  const Revocation before = revocation;
  revocation = event.revocation;
  revocation.record_state = before.record_state;
  revocation.publicity_end = before.publicity_end;
  revocation.restored = before.restored;
  TellRevoked(projection);
  return projection;
}

CaseProjection ProjectRestored(const std::optional<CaseView>& known,
                               const RestorationConfirmed& event) {
  if (known.has_value() && Happened(known->revocation.restored)) return Unchanged(known);
  CaseProjection projection{StartOf(known, event.case_id, event.application), true, {}};
  projection.view.revocation.record_state = event.record_state;
  projection.view.revocation.publicity_end = event.publicity_end;
  projection.view.revocation.restored = event.restored_at;
  TellRestored(projection);
  return projection;
}

CaseProjection ProjectLoopClosed(const std::optional<CaseView>& known, const LoopClosed& event) {
  if (known.has_value() && Happened(known->loop_closed)) return Unchanged(known);
  CaseProjection projection{StartOf(known, event.case_id, event.application), true, {}};
  projection.view.loop_closed = event.closed_at;
  TellLoopClosed(projection);
  return projection;
}

absl::StatusOr<CaseProjection> ProjectWithdrawalRefused(const std::optional<CaseView>& known,
                                                        const WithdrawalRefused& event) {
  if (!known.has_value() || !IsOpened(*known)) return NotOpenedYet();
  if (!IsWithdrawalRequested(*known)) return Unchanged(known);
  CaseProjection projection{*known, true, {{kCaseWithdrawalRefused, event.refused_at}}};
  projection.view.withdrawal_requested = absl::InfinitePast();
  return projection;
}

absl::StatusOr<CaseProjection> ProjectSupplementOverdue(const std::optional<CaseView>& known,
                                                        const SupplementOverdue& event) {
  if (!known.has_value() || !IsOpened(*known)) return NotOpenedYet();
  if (event.round > known->supplement_round) {
    return absl::FailedPreconditionError(
        absl::StrCat("supplement round ", event.round, " was not asked for yet"));
  }
  const bool asked =
      known->state == CaseState::kSupplementRequested && event.round == known->supplement_round;
  const bool answered = known->supplemented_round >= event.round;
  if (!asked || answered || IsMissed(*known)) return Unchanged(known);
  CaseProjection projection{*known, true, {}};
  projection.view.missed_round = event.round;
  return projection;
}

CaseProjection ProjectSupplemented(const CaseView& known, absl::Time supplemented) {
  CaseProjection projection{known, true, {{kCaseSupplemented, supplemented}}};
  projection.view.supplemented_round = known.supplement_round;
  return projection;
}

CaseProjection ProjectWithdrawalRequested(const CaseView& known, absl::Time requested) {
  if (IsWithdrawalRequested(known)) return {known, false, {}};
  CaseProjection projection{known, true, {{kCaseWithdrawalRequested, requested}}};
  projection.view.withdrawal_requested = requested;
  return projection;
}

}  // namespace xiufu::intake
