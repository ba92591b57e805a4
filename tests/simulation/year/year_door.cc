#include "tests/simulation/year/year_door.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::simulation {
namespace {

// From the day of NDRC Order 36 on an unanswered request closes the case, with some days to spare.
const absl::Time kLimited = StartOfLegalDay(absl::CivilDay(2026, 5, 15));

constexpr absl::string_view kEnds[] = {"RESULT", "NOT_ACCEPTED", "WITHDRAWN",
                                       "CLOSED_NO_SUPPLEMENT"};

SimDoor::About AboutOf(SimWorld& world, const Id& record) {
  SimDoor::About about;
  world.Read("publication", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT subject_uscc, authority_uscc, document_no FROM record WHERE id = ?", record);
    if (row.Next()) {
      about = {std::string(row.Text(0)), std::string(row.Text(1)), std::string(row.Text(2))};
    }
  });
  return about;
}

}  // namespace

bool YearDoor::MayPush(const Id& record) const {
  const std::string soon = FormatDay(LegalDay(stage_.Now()) + 7);
  bool may = false;
  stage_.world->Read("publication", [&](storage::Session& session) {
    may = session
              .Sql(
                  "SELECT 1 FROM record WHERE id = ? AND state = 1"
                  " AND (ends_on IS NULL OR ends_on > ?)",
                  record, soon)
              .Next();
  });
  return may;
}

void YearDoor::Arrive(const Arrival& arrival, const Id& record) {
  Push(absl::StrCat("XYXF", arrival.subject, "-", arrival.attempt), record, true);
}

void YearDoor::PushAgain(const Id& application, const Id& record) {
  Luck luck = stage_.LuckOf(application, "pushed again");
  if (!luck.Chance(0.015)) return;
  stage_.agenda->At(stage_.Within(luck, 1, 24 * 5), [this, application, record] {
    Push(absl::StrCat("XYXF-", application.ToString()), record, false);
  });
}

void YearDoor::Push(const std::string& number, const Id& record, bool own) {
  SimDoor& door = stage_.world->door();
  Luck luck(stage_.seed, number, "push");
  const absl::Time received = stage_.Now() - absl::Minutes(luck.Between(5, 60 * 20));
  Must(door.Push(number, AboutOf(*stage_.world, record), received));
  stage_.agenda->At(stage_.Within(luck, 0, 8),
                    [&door, number] { door.SendPapers(number).IgnoreError(); });
  open_[number] = {.at = stage_.Now(), .own = own};
}

void YearDoor::LookAtReturns() {
  for (auto one = open_.begin(); one != open_.end();) {
    one = IsOver(one->first, one->second) ? open_.erase(one) : std::next(one);
  }
}

bool YearDoor::IsOver(const std::string& number, Pushed& pushed) {
  SimDoor& door = stage_.world->door();
  const auto returned = door.returned().find(number);
  if (returned == door.returned().end()) {
    // Nothing has come of it for days: given up.
    return stage_.Now() - pushed.at > absl::Hours(24 * 12) && door.Withdraw(number).ok();
  }
  if (!std::exchange(pushed.counted, true)) {
    ++(pushed.own ? stage_.acts->pushed : stage_.acts->joined);
    stage_.acts->applications += pushed.own ? 1 : 0;
  }
  const std::vector<std::string>& kinds = returned->second;
  const bool over = std::any_of(kinds.begin(), kinds.end(), [](const std::string& kind) {
    return std::find(std::begin(kEnds), std::end(kEnds), kind) != std::end(kEnds);
  });
  if (over || !pushed.own) return over;
  if (const int round = door.Asked(number); round > pushed.supplemented) {
    pushed.supplemented = round;
    PlanSupplement(number, round);
  }
  return false;
}

// As applicants here do.
void YearDoor::PlanSupplement(const std::string& number, int round) {
  SimDoor& door = stage_.world->door();
  Luck luck(stage_.seed, number, absl::StrCat("supplement ", round));
  if (luck.Chance(0.7)) {
    stage_.agenda->At(stage_.Within(luck, 1, 100), [this, &door, number, round] {
      const bool taken = door.Supplement(number, round).ok();
      ++(taken ? stage_.acts->supplements : stage_.acts->supplements_too_late);
      door.SendPapers(number).IgnoreError();
    });
  } else if (luck.Chance(0.3) || stage_.Now() < kLimited) {
    stage_.agenda->At(stage_.Within(luck, 1, 100), [this, &door, number] {
      const bool asked = door.Withdraw(number).ok();
      ++(asked ? stage_.acts->withdrawals : stage_.acts->withdrawals_too_late);
    });
  }
}

}  // namespace xiufu::simulation
