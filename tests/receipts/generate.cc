// Prints the receipts of a generated year of cases, one JSON object a line: every rule that has
// deadlines, every day of 2026, up to three rounds of supplement. The seed is fixed.
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>

#include "libs/base/legal_day.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/catalogue.h"
#include "services/routing/domain/deadline.h"

namespace xiufu::routing {
namespace {

constexpr unsigned kSeed = 20260401;

nlohmann::json Days(const std::vector<calendar::NamedDay>& days) {
  nlohmann::json list = nlohmann::json::array();
  for (const calendar::NamedDay& named : days) list.push_back(FormatDay(named.day));
  return list;
}

void Print(const DeadlineReceipt& receipt) {
  nlohmann::json pauses = nlohmann::json::array();
  for (const Pause& pause : receipt.pauses) {
    pauses.push_back(
        {{"asked", FormatDay(pause.asked)}, {"supplemented", FormatDay(pause.supplemented)}});
  }
  const nlohmann::json json = {{"kind", receipt.kind},
                               {"start_event", receipt.start_event},
                               {"start_date", FormatDay(receipt.start_date)},
                               {"days", receipt.days},
                               {"working_days", receipt.working_days},
                               {"pauses", pauses},
                               {"due", FormatDay(receipt.due.day)},
                               {"provisional", receipt.due.provisional},
                               {"skipped", Days(receipt.due.holidays_skipped)},
                               {"worked", Days(receipt.due.makeup_days_counted)},
                               {"source", receipt.source},
                               {"calendar_version", receipt.calendar_version}};
  std::cout << json.dump() << '\n';
}

int Run(const std::string& deploy) {
  const auto catalogue = catalogue::Catalogue::Load(deploy + "/catalogue");
  const auto calendar = calendar::Calendar::Load(deploy + "/calendars");
  if (!catalogue.ok() || !calendar.ok()) {
    std::cerr << catalogue.status() << calendar.status() << '\n';
    return 1;
  }
  std::mt19937 dice(kSeed);
  const auto roll = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(dice);
  };
  for (const catalogue::Rule& rule : catalogue->rules()) {
    for (absl::CivilDay day(2026, 1, 1); day.year() == 2026; day += roll(1, 5)) {
      for (const char* event : {"RECEIVED", "ACCEPTED", "DECIDED"}) {
        for (DeadlineReceipt receipt : DeadlinesFrom(rule, event, day, *calendar)) {
          absl::CivilDay at = day;
          for (int round = roll(0, 3); round > 0; --round) {
            const absl::CivilDay asked = at + roll(0, 6);
            at = asked + roll(0, 20);
            receipt = AfterSupplement(receipt, asked, at, *calendar);
          }
          Print(receipt);
        }
      }
    }
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace xiufu::routing

int main(int argc, char** argv) { return argc == 2 ? xiufu::routing::Run(argv[1]) : 2; }
