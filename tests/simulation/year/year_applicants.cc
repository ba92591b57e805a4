#include "tests/simulation/year/year_applicants.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/intake/domain/eligibility.h"

namespace xiufu::simulation {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);
constexpr size_t kMostRecords = 5;

}  // namespace

std::vector<intake::Eligibility> YearApplicants::Repairable(const Arrival& arrival) const {
  std::vector<intake::Eligibility> repairable;
  for (intake::Eligibility& told : stage_.world->applicant().Check(UsccOf(arrival.subject))) {
    const bool may = told.handling != catalogue::Handling::kResultOnly;
    if (may && repairable.size() < kMostRecords && intake::CheckSubmittable(told).ok()) {
      repairable.push_back(std::move(told));
    }
  }
  return repairable;
}

std::optional<Id> YearApplicants::Arrive(const Arrival& arrival) {
  std::vector<Id> records;
  for (const intake::Eligibility& one : Repairable(arrival)) records.push_back(one.record);
  if (records.empty()) return std::nullopt;
  const absl::StatusOr<Id> application =
      stage_.world->applicant().Apply(UsccOf(arrival.subject), records);
  if (!application.ok()) return std::nullopt;
  ++stage_.acts->applications;
  own_.insert(*application);
  PlanWithdrawal(*application);
  PlanObjection(arrival, *application, records.front());
  return *application;
}

void YearApplicants::PlanWithdrawal(const Id& application) {
  Luck luck = stage_.LuckOf(application, "withdrawal");
  if (!luck.Chance(0.05)) return;
  stage_.agenda->At(stage_.Within(luck, 0, 24 * 15),
                    [this, application] { Withdraw(application, {}); });
}

void YearApplicants::PlanObjection(const Arrival& arrival, const Id& application,
                                   const Id& record) {
  Luck luck = stage_.LuckOf(application, "objection");
  if (luck.Chance(0.02)) {
    stage_.agenda->At(stage_.Within(luck, 1, 24 * 40), [this, arrival, record] {
      Object(UsccOf(arrival.subject), {.record = record});
    });
  } else if (luck.Chance(0.03)) {
    stage_.agenda->At(stage_.Within(luck, 24 * 20, 24 * 60),
                      [this, arrival, application] { ObjectToResult(arrival, application); });
  }
}

void YearApplicants::ObjectToResult(const Arrival& arrival, const Id& application) {
  Applicant::About about{.kind = intake::ObjectionKind::kResult, .application = application};
  for (const intake::CaseView& one : stage_.world->View(application).cases) {
    about.case_id = one.id;
    about.record = one.record;
    if (intake::HasEnded(one)) break;
  }
  Object(UsccOf(arrival.subject), about);
}

void YearApplicants::Object(const std::string& uscc, const Applicant::About& about) {
  const absl::StatusOr<Id> objection = stage_.world->applicant().Object(uscc, about);
  ++(objection.ok() ? stage_.acts->objections : stage_.acts->objections_refused);
  if (!objection.ok()) return;
  Luck luck = stage_.LuckOf(*objection, "given up");
  if (!luck.Chance(0.08)) return;
  stage_.agenda->At(stage_.Within(luck, 1, 24 * 5), [this, objection = *objection] {
    stage_.world->applicant().GiveUpObjection(objection).IgnoreError();  // answered meanwhile
  });
}

void YearApplicants::Withdraw(const Id& application, const std::vector<Id>& cases) {
  const bool asked = stage_.world->applicant().Withdraw(application, cases).ok();
  ++(asked ? stage_.acts->withdrawals : stage_.acts->withdrawals_too_late);
}

void YearApplicants::LookAtApplications() {
  struct Request {
    Id case_id;
    Id application;
    int round;
    absl::Time at;
    bool limited;  // the law gives a time, after which the case is closed
  };
  std::vector<Request> asked;
  stage_.world->Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT id, application, rounds, changed_at,"
        " EXISTS (SELECT 1 FROM deadline WHERE case_id = kase.id AND kind = 'SUPPLEMENT')"
        " FROM kase WHERE state NOT IN (6, 9, 10, 11) AND state = 4 ORDER BY id");
    while (row.Next()) {
      asked.push_back(
          {row.IdAt(0), row.IdAt(1), static_cast<int>(row.Int(2)), row.TimeAt(3), row.Int(4) != 0});
    }
  });
  for (const Request& one : asked) {
    if (!own_.contains(one.application)) continue;
    if (!supplements_planned_.insert({one.case_id, one.round}).second) continue;
    PlanSupplement({one.application, one.case_id}, one.round, one.at, one.limited);
  }
}

// Most answer soon; some at the last moment or behind it, some give the case up, some never answer,
// where that ends it.
void YearApplicants::PlanSupplement(const Asked& asked, int round, absl::Time requested,
                                    bool limited) {
  Luck luck = stage_.LuckOf(asked.case_id, absl::StrCat("supplement ", round));
  const auto answer = [this, asked] { Supplement(asked.application, asked.case_id); };
  if (luck.Chance(0.6)) {
    stage_.agenda->At(stage_.Within(luck, 1, 72), answer);
  } else if (luck.Chance(0.5)) {
    stage_.agenda->At(std::max(stage_.Now(), requested + kDay * luck.Between(15, 26)), answer);
  } else if (luck.Chance(0.3) || !limited) {
    stage_.agenda->At(stage_.Within(luck, 1, 100),
                      [this, asked] { Withdraw(asked.application, {asked.case_id}); });
  }
}

void YearApplicants::Supplement(const Id& application, const Id& case_id) {
  const bool taken = stage_.world->applicant().Supplement(application, case_id).ok();
  ++(taken ? stage_.acts->supplements : stage_.acts->supplements_too_late);
}

}  // namespace xiufu::simulation
