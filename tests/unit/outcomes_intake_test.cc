// For each state that a case, an objection or an application is shown in, and each thing that its
// applicant asks for: the one answer that people expect.
#include <gtest/gtest.h>

#include <array>

#include "libs/base/status.h"
#include "services/intake/domain/application_states.h"
#include "services/intake/domain/objection.h"
#include "services/intake/domain/provide_supplement.h"
#include "services/intake/domain/upload_material.h"
#include "services/intake/domain/withdraw_application.h"
#include "tests/unit/outcomes.h"

namespace xiufu::intake {
namespace {

constexpr char kCases[] = R"(
MATERIAL
  taken: SUPPLEMENT_REQUESTED
  APPLICATION_TAKES_NO_MATERIALS: RECEIVED WITH_AUTHORITY ACCEPTED EXTENDED DECIDED TO_BE_ASSIGNED
  APPLICATION_TAKES_NO_MATERIALS: PRE_CHECK WITH_UPSTREAM WITHDRAWAL_REQUESTED
  APPLICATION_TAKES_NO_MATERIALS: CONCLUDED NOT_ACCEPTED WITHDRAWN CLOSED_NO_SUPPLEMENT
SUPPLEMENT
  taken: SUPPLEMENT_REQUESTED
  WITHDRAWAL_REQUESTED: WITHDRAWAL_REQUESTED
  SUPPLEMENT_CLOSED: CLOSED_NO_SUPPLEMENT
  CASE_AWAITS_NO_SUPPLEMENT: RECEIVED WITH_AUTHORITY ACCEPTED EXTENDED DECIDED TO_BE_ASSIGNED
  CASE_AWAITS_NO_SUPPLEMENT: PRE_CHECK WITH_UPSTREAM CONCLUDED NOT_ACCEPTED WITHDRAWN
WITHDRAWAL
  taken: RECEIVED WITH_AUTHORITY ACCEPTED EXTENDED DECIDED SUPPLEMENT_REQUESTED
  taken: TO_BE_ASSIGNED PRE_CHECK WITH_UPSTREAM
  asked before: WITHDRAWAL_REQUESTED
  NOTHING_TO_WITHDRAW: CONCLUDED NOT_ACCEPTED WITHDRAWN CLOSED_NO_SUPPLEMENT
OBJECTION_TO_RESULT
  taken: CONCLUDED NOT_ACCEPTED WITHDRAWN CLOSED_NO_SUPPLEMENT
  CASE_IS_OPEN: RECEIVED WITH_AUTHORITY ACCEPTED EXTENDED DECIDED SUPPLEMENT_REQUESTED
  CASE_IS_OPEN: TO_BE_ASSIGNED PRE_CHECK WITH_UPSTREAM WITHDRAWAL_REQUESTED
)";

constexpr char kObjections[] = R"(
EVIDENCE
  taken: DRAFT
  OBJECTION_ALREADY_FILED: FILED WITH_AUTHORITY TO_BE_ASSIGNED WITHDRAWAL_REQUESTED
  OBJECTION_ALREADY_FILED: UPHELD REJECTED WITHDRAWN
GIVE_UP
  taken: FILED WITH_AUTHORITY TO_BE_ASSIGNED
  asked before: WITHDRAWAL_REQUESTED
  OBJECTION_NOT_FILED: DRAFT
  NOTHING_TO_WITHDRAW: UPHELD REJECTED WITHDRAWN
)";

Id SomeId(uint8_t n) {
  std::array<uint8_t, Id::kSize> bytes{};
  bytes[0] = n;
  return Id(bytes);
}

// The only case of an application, shown in this state.
CaseView Shown(CaseState state) {
  CaseView view;
  view.id = SomeId(1);
  view.application = SomeId(2);
  view.record = SomeId(3);
  view.opened = absl::UnixEpoch();
  view.state = state;
  if (state == CaseState::kWithdrawalRequested) {
    view.state = CaseState::kSupplementRequested;
    view.withdrawal_requested = absl::UnixEpoch();
  }
  if (view.state == CaseState::kSupplementRequested) view.supplement_round = 1;
  return view;
}

std::string Answer(const absl::Status& status) {
  return status.ok() ? "taken" : ReasonOf(status).value_or(ErrorReason{}).reason;
}

TEST(IntakeOutcomes, OfEveryRequestInEveryStateThatACaseIsShownIn) {
  Application application;
  application.id = SomeId(2);
  application.record_count = 1;
  application.submitted = absl::UnixEpoch();
  const ObjectionDraft objection{
      .record = SomeId(3), .kind = ObjectionKind::kResult, .case_id = SomeId(1)};
  Outcomes actual;
  for (CaseState state : kShownStates) {
    const std::vector<CaseView> cases = {Shown(state)};
    const std::string name(ToString(state));
    actual[{"MATERIAL", name}] = Answer(CheckTakesMaterial(application, cases, 0));
    actual[{"SUPPLEMENT", name}] = Answer(DecideSupplement({}, cases[0], {}).status());
    const auto given_up = DecideWithdrawal({application.id, {}, ""}, application, cases);
    const bool before = given_up.ok() && given_up->empty();
    actual[{"WITHDRAWAL", name}] = before ? "asked before" : Answer(given_up.status());
    actual[{"OBJECTION_TO_RESULT", name}] = Answer(CheckCase(objection, cases));
  }
  const Outcomes expected = ReadOutcomes(kCases);
  EXPECT_EQ(Differences(expected, actual), std::vector<std::string>{});
  EXPECT_TRUE(NoticesEveryChange(expected, actual));
}

TEST(IntakeOutcomes, OfEveryRequestInEveryStateOfAnObjection) {
  Outcomes actual;
  for (ObjectionState state : kObjectionStates) {
    Objection objection;
    objection.state = state;
    const std::string name = WordsKey(state).substr(std::string("OBJECTION_").size());
    actual[{"EVIDENCE", name}] = Answer(CheckTakesEvidence(objection, 0));
    const absl::StatusOr<bool> asked = DecideGivingUp(objection);
    const bool before = asked.ok() && !*asked;
    actual[{"GIVE_UP", name}] = before ? "asked before" : Answer(asked.status());
  }
  const Outcomes expected = ReadOutcomes(kObjections);
  EXPECT_EQ(Differences(expected, actual), std::vector<std::string>{});
  EXPECT_TRUE(NoticesEveryChange(expected, actual));
}

}  // namespace
}  // namespace xiufu::intake
