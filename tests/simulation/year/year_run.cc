#include "tests/simulation/year/year_run.h"

#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::simulation {
namespace {

constexpr double kByDoor = 0.06;  // apply at 信用中国

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
  world.returns_lost_in = 50;
  world.system = [this](const catalogue::Authority& authority, const Clock* clock) {
    auto system = std::make_unique<YearAuthority>(authority.code, clock, settings_.seed);
    authorities_[authority.code] = system.get();
    return system;
  };
  world_ = std::make_unique<SimWorld>(world);
  stage_ = {world_.get(), &agenda_, &acts_, settings_.seed};
  applicants_ = std::make_unique<YearApplicants>(&stage_);
  door_ = std::make_unique<YearDoor>(&stage_);
  persons_ = std::make_unique<YearPersons>(&stage_);
}

void YearRun::Run(bool tell) {
  for (Arrival& arrival : PlanArrivals(settings_.seed, settings_.year, settings_.applications)) {
    arrivals_[LegalDay(arrival.at)].push_back(arrival);
  }
  BeginDay(absl::CivilDay(settings_.year, 1, 1));
  while (!agenda_.empty()) {
    const absl::Time next = agenda_.next();
    world_->RunUntil(next);
    agenda_.Take()();
    const absl::CivilDay day = LegalDay(next);
    if (tell && day.day() == 1 && next == HourOf(day, 0, 0)) {
      fprintf(stderr, "%s: %d 件已提交 / submitted, %d 件未办结 / open\n", FormatDay(day).c_str(),
              acts_.applications, Open());
    }
  }
  world_->RunUntil(world_->clock().Now() + absl::Hours(24));
}

void YearRun::BeginDay(absl::CivilDay day) {
  if (auto today = arrivals_.find(day); today != arrivals_.end()) {
    agenda_.At(HourOf(day, 0, 15), [this, arrivals = today->second] { ImportFeeds(arrivals); });
    for (const Arrival& arrival : today->second) {
      agenda_.At(arrival.at, [this, arrival] { Arrive(arrival); });
    }
    arrivals_.erase(today);
  }
  agenda_.At(HourOf(day, 7, 30), [this] { RemindAuthorities(); });
  agenda_.At(HourOf(day, 8, 0), [this] {
    applicants_->LookAtApplications();
    door_->LookAtReturns();
  });
  if (world_->law().Get()->calendar.IsWorkingDay(day)) {
    agenda_.At(HourOf(day, 10, 0), [this] { persons_->Work(); });
  }
  agenda_.At(HourOf(day + 1, 0, 0), [this, day] {
    if (!IsOver() && day + 1 < last_) BeginDay(day + 1);
  });
}

int YearRun::Open() const {
  int open = 0;
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT (SELECT count(*) FROM kase WHERE state NOT IN (6, 9, 10, 11))"
        " + (SELECT count(*) FROM objection WHERE state IN (1, 2, 3))");
    if (row.Next()) open = static_cast<int>(row.Int(0));
  });
  return open;
}

bool YearRun::IsOver() const {
  return LegalDay(world_->clock().Now()) >= end_ && agenda_.empty() && world_->OnlyTimersLeft() &&
         Open() == 0;
}

void YearRun::Arrive(const Arrival& arrival) {
  const std::vector<intake::Eligibility> repairable = applicants_->Repairable(arrival);
  if (repairable.empty()) return ComeAgain(arrival);
  Luck luck(settings_.seed, UsccOf(arrival.subject), "door");
  const Id& record = repairable.front().record;
  if (luck.Chance(kByDoor) && door_->MayPush(record)) return door_->Arrive(arrival, record);
  const std::optional<Id> application = applicants_->Arrive(arrival);
  if (!application.has_value()) return ComeAgain(arrival);
  door_->PushAgain(*application, record);
}

void YearRun::ComeAgain(const Arrival& arrival) {
  ++acts_.turned_away;
  const Arrival again = ComingAgain(settings_.seed, arrival);
  if (LegalDay(again.at) > LegalDay(arrival.at)) {
    arrivals_[LegalDay(again.at)].push_back(again);
    return;
  }
  ImportFeeds({again});
  agenda_.At(again.at, [this, again] { Arrive(again); });
}

void YearRun::ImportFeeds(const std::vector<Arrival>& arrivals) {
  DayFeeds feeds(settings_.seed, &world_->registry());
  for (const Arrival& arrival : arrivals) feeds.Add(arrival);
  if (!feeds.penalties().empty()) world_->Import(feeds.penalties());
  if (!feeds.lists().empty()) world_->Import(feeds.lists());
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

}  // namespace xiufu::simulation
