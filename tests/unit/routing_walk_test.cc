// Random walks through the table, with what must always hold. No store.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "absl/strings/str_cat.h"
#include "services/routing/domain/case_states.h"
#include "services/routing/domain/decide.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::routing {
namespace {

class Walk {
 public:
  explicit Walk(uint64_t seed) : random_(seed) {
    case_.authority.code = "transport";
    case_.task = DeriveId(Id(), "task", 0, {1, 1});
    case_.opened_at = case_.changed_at = now_;
    deadlines_ = StartedBy(law_, catalogue::kSubmitted, absl::CivilDay(2026, 6, 1));
    if (seed % 2 == 0) {
      case_.step = 1;
      return;
    }
    case_.state = CaseState::kPreCheck;
    for (DeadlineReceipt& receipt :
         StartedBy(law_, catalogue::kPreCheckBegun, absl::CivilDay(2026, 6, 1))) {
      deadlines_.push_back(std::move(receipt));
    }
  }

  void Step() {
    now_ += absl::Hours(Below(40));
    const CaseInput input{case_.id, case_.application, now_, Any()};
    const routing::Step step = Decide(case_, deadlines_, input, law_);
    Check(input, step);
    if (step.meaning != Meaning::kMove && step.meaning != Meaning::kNote) return;
    for (const DeadlineReceipt& receipt : step.deadlines) {
      std::erase_if(deadlines_, [&](const auto& old) { return old.kind == receipt.kind; });
      deadlines_.push_back(receipt);
    }
    case_ = step.next;
  }
  bool Over() const { return IsFinal(case_.state); }
  CaseState state() const { return case_.state; }

 private:
  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint64_t>(limit)); }
  std::string Name() { return absl::StrCat("a", Below(1000)); }

  decltype(Answered::kind) AnyAnswer() {
    switch (Below(6)) {
      case 0:
        return Accepted{};
      case 1:
        return NotAccepted{"", {"未满最短公示期"}, "可申请行政复议"};
      case 2:
        return Below(2) == 0 ? SupplementAsked{{"缺报告"}}
                             : SupplementAsked{{"缺承诺书"}, {{0, "M2"}}, {{"M2"}, {}, "", 0}};
      case 3:
        return Extended{"", "需要实地核查"};
      case 4:
        return Decided{{Below(2) == 0 ? CaseResult::kApproved : CaseResult::kRefused}};
      default:
        return Returned{"非本单位"};
    }
  }
  decltype(CaseInput::what) Any() {
    switch (Below(14)) {
      case 0:
        return Delivered{};
      case 1:
        return Supplemented{1 + Below(2), ""};
      case 2:
        return SupplementMissed{1 + Below(2)};
      case 3:
        // Rare, or every walk would end with it.
        return Below(4) == 0 ? decltype(CaseInput::what)(WithdrawalAsked{}) : Delivered{};
      case 4:
        return Assigned{{"construction", "", "", ""}, {.id = DeriveId(Id(), Name(), 0, {1, 1})}};
      case 5:
        return DecisionEntered{DeriveId(Id(), Name(), 0, {1, 1})};
      case 6:
        return DecisionFaulty{case_.counted_answer, "无文号"};
      case 7:
        return LoopClosed{};
      case 10:
        return Reviewed{.outcome = static_cast<Reviewed::Outcome>(Below(3)),
                        .review = Name(),
                        .defects = {"缺报告"},
                        .task = {.id = DeriveId(Id(), Name(), 0, {1, 1})}};
      case 9:
        return SupplementAllowed{Name(), SupplementAsked{{"缺报告"}}, "李某", "新的理由成立"};
      case 8:
        return Reported{.answer_id = Name(), .words = {CaseResult::kApproved}};
      default:
        return Answered{.answer_id = Name(), .kind = AnyAnswer()};
    }
  }

  void Check(const CaseInput& input, const routing::Step& step) {
    const std::string at = absl::StrCat(InfoOf(case_.state).name, " x ", NameOf(KindOf(input)));
    const bool moved = step.meaning == Meaning::kMove;
    if (Over()) EXPECT_FALSE(moved) << at;
    if (!moved) return;
    EXPECT_EQ(step.next.version, case_.version + 1) << at;
    const CaseState to = step.next.state;
    // Nothing ends by silence: somebody said it, and only an unanswered notice closes by time.
    if (to == CaseState::kConcluded) EXPECT_EQ(KindOf(input), InputKind::kEntered);
    if (to == CaseState::kNotAccepted) EXPECT_EQ(KindOf(input), InputKind::kNotAccepted);
    if (to == CaseState::kWithdrawn) EXPECT_EQ(KindOf(input), InputKind::kWithdrawalAsked);
    if (to == CaseState::kClosedNoSupplement) {
      EXPECT_EQ(KindOf(input), InputKind::kSupplementMissed);
      EXPECT_EQ(case_.state, CaseState::kSupplementRequested);
    }
    // The pre-check refuses nothing, and its time only passes the case on.
    if (KindOf(input) == InputKind::kReviewTimeUp) EXPECT_EQ(to, CaseState::kReceived);
    if (KindOf(input) == InputKind::kReviewDefects) EXPECT_EQ(step.next.review_rounds, 1);
    // One decision at a time, and none entered that was not taken.
    const bool has_decision = to == CaseState::kDecided || to == CaseState::kConcluded;
    EXPECT_EQ(has_decision, !step.next.counted_answer.empty()) << at;
    if (to == CaseState::kConcluded) EXPECT_EQ(step.next.counted_answer, case_.counted_answer);
    // No clock of the authority runs while the applicant has the turn.
    if (to == CaseState::kSupplementRequested) {
      EXPECT_FALSE(Runs(to, kAcceptDeadline) || Runs(to, kDecideDeadline) ||
                   Runs(to, kExtendDeadline) || Runs(to, kOverallDeadline));
    }
    int changes = 0;
    for (const CaseEvent& event : step.events)
      changes += std::holds_alternative<CaseChanged>(event);
    EXPECT_EQ(changes, 1) << at << ": every move is told once";
  }

  // With a person who looks first.
  static catalogue::Rule ReviewedRule() {
    catalogue::Rule rule =
        *catalogue::ShippedCatalogue().FindRule("N36-GEN", absl::CivilDay(2026, 11, 24));
    rule.reviewers = {{"WINDOW", "窗口", "window", catalogue::ReviewedBy::kReviewer}};
    return rule;
  }

  const catalogue::Rule rule_ = ReviewedRule();
  const Law law_{.rule = std::shared_ptr<const catalogue::Rule>(std::shared_ptr<void>(), &rule_),
                 .calendar = calendar::Calendar(
                     {.years = {{.year = 2026}, {.year = 2027}}, .version = "test"}),
                 .authority_rounds = 1,
                 .reviewer_rounds = 1};
  std::mt19937_64 random_;
  absl::Time now_ = absl::FromCivil(absl::CivilHour(2026, 6, 1, 4), absl::UTCTimeZone());
  Case case_;
  std::vector<DeadlineReceipt> deadlines_;
};

TEST(RoutingWalk, WhatAlwaysHolds) {
  const char* given = std::getenv("XIUFU_WALK_SEED");
  const uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 20260401;
  RecordProperty("seed", std::to_string(seed));
  SCOPED_TRACE(absl::StrCat("XIUFU_WALK_SEED=", seed));
  std::set<CaseState> ends;
  int steps = 0;
  for (uint64_t walk = 0; steps < 100'000 && !::testing::Test::HasFailure(); ++walk) {
    Walk one(seed + walk);
    for (int i = 0; i < 100; ++i, ++steps) one.Step();
    if (one.Over()) ends.insert(one.state());
  }
  EXPECT_EQ(ends.size(), 4u) << "every end is reached";
}

}  // namespace
}  // namespace xiufu::routing
