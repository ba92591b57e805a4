#include "tests/simulation/year/year_run.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/intake/domain/eligibility.h"

namespace xiufu::simulation {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);
constexpr size_t kMostRecords = 5;

absl::Time HourOf(absl::CivilDay day, int hour, int minute) {
  return StartOfLegalDay(day) + absl::Hours(hour) + absl::Minutes(minute);
}

}  // namespace

YearRun::YearRun(const YearSettings& settings)
    : settings_(settings), end_(settings.year + 1, 1, 1), last_(settings.year + 4, 1, 1) {
  SimSettings world;
  world.seed = settings_.seed;
  world.weather = settings_.weather;
  world.folder = settings_.folder;
  world.beginning = StartOfLegalDay(absl::CivilDay(settings_.year, 1, 1));
  world.law = &FullLaw();
  world.system = [this](const catalogue::Authority& authority, const Clock* clock) {
    auto system = std::make_unique<YearAuthority>(authority.code, clock, settings_.seed);
    authorities_[authority.code] = system.get();
    return system;
  };
  world_ = std::make_unique<SimWorld>(world);
  for (const catalogue::Authority& authority : world_->registry().all()) {
    if (authority.handling == catalogue::Handling::kInSuite) in_suite_.push_back(authority.code);
  }
}

void YearRun::Run(bool tell) {
  for (Arrival& arrival : PlanArrivals(settings_.seed, settings_.year, settings_.applications)) {
    arrivals_[LegalDay(arrival.at)].push_back(arrival);
  }
  BeginDay(absl::CivilDay(settings_.year, 1, 1));
  while (!agenda_.empty()) {
    const absl::Time next = agenda_.begin()->first;
    world_->RunUntil(next);
    Act act = std::move(agenda_.begin()->second);
    agenda_.erase(agenda_.begin());
    act();
    const absl::CivilDay day = LegalDay(next);
    if (tell && day.day() == 1 && next == HourOf(day, 0, 0)) {
      fprintf(stderr, "%s: %d 件已提交 / submitted, %zu 件未办结 / open\n", FormatDay(day).c_str(),
              acts_.applications, open_.size());
    }
  }
  world_->RunUntil(world_->clock().Now() + kDay);
}

void YearRun::BeginDay(absl::CivilDay day) {
  if (auto today = arrivals_.find(day); today != arrivals_.end()) {
    At(HourOf(day, 0, 15), [this, arrivals = today->second] {
      DayFeeds feeds(settings_.seed, &world_->registry());
      for (const Arrival& arrival : arrivals) feeds.Add(arrival);
      if (!feeds.penalties().empty()) world_->Import(feeds.penalties());
      if (!feeds.lists().empty()) world_->Import(feeds.lists());
    });
    for (const Arrival& arrival : today->second) {
      At(arrival.at, [this, arrival] { Arrive(arrival); });
    }
    arrivals_.erase(today);
  }
  At(HourOf(day, 7, 30), [this] { RemindAuthorities(); });
  At(HourOf(day, 8, 0), [this] { LookAtApplications(); });
  if (world_->law().Get()->calendar.IsWorkingDay(day)) {
    At(HourOf(day, 10, 0), [this] { WorkAtDesk(); });
  }
  At(HourOf(day + 1, 0, 0), [this, day] {
    if (!IsOver() && day + 1 < last_) BeginDay(day + 1);
  });
}

bool YearRun::IsOver() const {
  return LegalDay(world_->clock().Now()) >= end_ && open_.empty() && agenda_.empty() &&
         world_->OnlyTimersLeft();
}

void YearRun::Arrive(const Arrival& arrival) {
  const std::string uscc = UsccOf(arrival.subject);
  std::vector<Id> records;
  for (const intake::Eligibility& told : world_->applicant().Check(uscc)) {
    const bool here = told.handling == catalogue::Handling::kInSuite;
    if (here && records.size() < kMostRecords && intake::CheckSubmittable(told).ok()) {
      records.push_back(told.record);
    }
  }
  if (records.empty()) return ComeAgain(arrival);
  const absl::StatusOr<Id> application = world_->applicant().Apply(uscc, records);
  if (!application.ok()) return ComeAgain(arrival);
  ++acts_.applications;
  applications_.push_back(*application);
  open_.insert(*application);
  PlanWithdrawal(*application);
}

void YearRun::ComeAgain(const Arrival& arrival) {
  ++acts_.turned_away;
  const Arrival again = ComingAgain(settings_.seed, arrival);
  if (LegalDay(again.at) > LegalDay(arrival.at)) {
    arrivals_[LegalDay(again.at)].push_back(again);
  }
}

void YearRun::PlanWithdrawal(const Id& application) {
  Luck luck(settings_.seed, application.bytes(), "withdrawal");
  if (!luck.Chance(0.05)) return;
  const absl::Time when = world_->clock().Now() + absl::Minutes(luck.Between(10, 60 * 24 * 15));
  At(when, [this, application] { Withdraw(application, {}); });
}

void YearRun::Withdraw(const Id& application, const std::vector<Id>& cases) {
  const bool asked = world_->applicant().Withdraw(application, cases).ok();
  ++(asked ? acts_.withdrawals : acts_.withdrawals_too_late);
}

void YearRun::LookAtApplications() {
  std::erase_if(open_, [this](const Id& application) { return LookAt(application); });
}

bool YearRun::LookAt(const Id& application) {
  struct Asked {
    Id case_id;
    int round;
    absl::Time at;
  };
  std::vector<Asked> asked;
  bool ended = true;
  world_->Read("intake", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT case_id, state, supplement_round, supplement_requested FROM case_view"
        " WHERE application = ?",
        storage::Blob{application.bytes()});
    while (row.Next()) {
      const auto state = static_cast<intake::CaseState>(row.Int(1));
      ended = ended && intake::IsEnd(state);
      if (state != intake::CaseState::kSupplementRequested) continue;
      asked.push_back({row.IdAt(0), static_cast<int>(row.Int(2)), row.TimeAt(3)});
    }
  });
  for (const Asked& one : asked) {
    if (!supplements_planned_.insert({one.case_id, one.round}).second) continue;
    PlanSupplement(application, one.case_id, one.round, one.at);
  }
  return ended;
}

// Most answer soon; some at the last moment or behind it, some give the case up, some never answer.
void YearRun::PlanSupplement(const Id& application, const Id& case_id, int round,
                             absl::Time requested) {
  Luck luck(settings_.seed, case_id.bytes(), absl::StrCat("supplement ", round));
  const absl::Time now = world_->clock().Now();
  const auto answer = [this, application, case_id] { Supplement(application, case_id); };
  if (luck.Chance(0.6)) {
    At(now + absl::Minutes(luck.Between(30, 60 * 72)), answer);
  } else if (luck.Chance(0.5)) {
    At(std::max(now, requested + kDay * luck.Between(15, 26)), answer);
  } else if (luck.Chance(0.3)) {
    At(now + absl::Hours(luck.Between(1, 100)),
       [this, application, case_id] { Withdraw(application, {case_id}); });
  }
}

void YearRun::Supplement(const Id& application, const Id& case_id) {
  const bool taken = world_->applicant().Supplement(application, case_id).ok();
  ++(taken ? acts_.supplements : acts_.supplements_too_late);
}

void YearRun::RemindAuthorities() {
  std::vector<std::pair<Id, std::string>> late;
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT DISTINCT kase.id, kase.authority_code FROM escalation JOIN overdue"
        " USING (case_id, kind, since) JOIN kase ON kase.id = case_id"
        " WHERE until IS NULL AND sent_to <> 'OPERATOR' ORDER BY kase.id");
    while (row.Next()) late.emplace_back(row.IdAt(0), row.Text(1));
  });
  for (const auto& [case_id, authority] : late) authorities_.at(authority)->Remind(case_id);
}

void YearRun::WorkAtDesk() {
  std::vector<routing::UnassignedCase> unassigned;
  std::vector<routing::UncountedAnswer> uncounted;
  world_->Read("routing", [&](storage::Session& session) {
    const routing::DeskTable desk;
    unassigned = desk.Unassigned(session, {}, 1000);
    uncounted = desk.Uncounted(session, looked_through_, 1000);
  });
  for (const routing::UnassignedCase& one : unassigned) {
    Luck luck(settings_.seed, one.case_id.bytes(), "desk");
    if (world_->clock().Now() - one.since < absl::Hours(luck.Between(0, 72))) continue;
    AssignOne(one.case_id);
  }
  for (const routing::UncountedAnswer& one : uncounted) {
    looked_through_ = {one.received_at, one.key.case_id, one.key.task, one.key.answer_id};
    if (one.kind == "SUPPLEMENT_REQUESTED") AllowOne(one.key);
  }
}

void YearRun::AssignOne(const Id& case_id) {
  Luck luck(settings_.seed, case_id.bytes(), "assigned to");
  std::string code = "health";  // it has returned it
  while (code == "health")
    code = in_suite_[luck.Between(0, static_cast<int>(in_suite_.size()) - 1)];
  Must(world_->desk().Assign({case_id, code, "分办员甲", "按处罚决定书落款单位分办"}));
  ++acts_.assigned;
}

void YearRun::AllowOne(const routing::AnswerKey& answer) {
  Luck luck(settings_.seed, answer.case_id.bytes(), answer.answer_id);
  const bool allowed =
      luck.Chance(0.6) &&
      world_->desk().Allow({answer.case_id, answer.answer_id, "督办员乙", "新的理由成立"}).ok();
  ++(allowed ? acts_.supplements_allowed : acts_.supplements_not_allowed);
}

}  // namespace xiufu::simulation
