// Prints the receipts of a generated year of cases, one JSON object a line: every rule that has
// deadlines, for each authority of the registry in turn, every day of 2026, up to three rounds of
// supplement; and a penalty of each authority that is annulled, every day of it. The seed is fixed.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "libs/base/legal_day.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/law.h"
#include "services/routing/domain/deadline.h"
#include "tests/receipts/withdrawals.h"

namespace xiufu::routing {
namespace {

constexpr unsigned kSeed = 20260401;

constexpr const char* kStartEvents[] = {catalogue::kSubmitted,
                                        catalogue::kReceivedUpstream,
                                        catalogue::kReceived,
                                        catalogue::kTaskGiven,
                                        catalogue::kPushedToAuthority,
                                        catalogue::kAcceptedByAuthority,
                                        catalogue::kSupplementRequested,
                                        catalogue::kSupplementComplete,
                                        catalogue::kDecided,
                                        catalogue::kResultReceived,
                                        catalogue::kOrderIssued};

nlohmann::json Days(const std::vector<calendar::NamedDay>& days) {
  nlohmann::json list = nlohmann::json::array();
  for (const calendar::NamedDay& named : days) list.push_back(FormatDay(named.day));
  return list;
}

void Print(const DeadlineReceipt& receipt, const catalogue::Authority& authority) {
  nlohmann::json exceptions = nlohmann::json::array();
  for (const calendar::ExceptionDay& exception : receipt.due.exceptions) {
    exceptions.push_back({FormatDay(exception.day), exception.working});
  }
  nlohmann::json pauses = nlohmann::json::array();
  for (const Pause& pause : receipt.pauses) {
    pauses.push_back(
        {{"asked", FormatDay(pause.asked)}, {"supplemented", FormatDay(pause.supplemented)}});
  }
  const nlohmann::json json = {{"authority", {{"code", authority.code}, {"kind", authority.kind}}},
                               {"kind", receipt.kind},
                               {"start_event", receipt.start_event},
                               {"start_date", FormatDay(receipt.start_date)},
                               {"days", receipt.days},
                               {"working_days", receipt.working_days},
                               {"pauses", pauses},
                               {"due", FormatDay(receipt.due.day)},
                               {"provisional", receipt.due.provisional},
                               {"skipped", Days(receipt.due.holidays_skipped)},
                               {"worked", Days(receipt.due.makeup_days_counted)},
                               {"exceptions", exceptions},
                               {"source", receipt.source},
                               {"calendar_version", receipt.calendar_version}};
  std::cout << json.dump() << '\n';
}

int Run(const std::string& deploy, const std::string& calendars) {
  const auto law = catalogue::LoadLaw({deploy + "/catalogue", calendars, deploy + "/authorities"});
  if (!law.ok()) {
    std::cerr << law.status() << '\n';
    return 1;
  }
  const std::vector<catalogue::Authority>& authorities = (*law)->authorities.all();
  const std::shared_ptr<const catalogue::Supervision> own(*law, &(*law)->catalogue.supervision());
  size_t turn = 0;
  std::mt19937 dice(kSeed);
  const auto roll = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(dice);
  };
  for (const catalogue::Rule& rule : (*law)->catalogue.rules()) {
    for (absl::CivilDay day(2026, 1, 1); day.year() == 2026; day += roll(1, 5)) {
      const catalogue::Authority& authority = authorities[turn++ % authorities.size()];
      const calendar::Calendar calendar = (*law)->calendar.For(authority.code, authority.kind);
      const Law law_of_case = {{std::shared_ptr<void>(), &rule}, calendar, own};
      for (const char* event : kStartEvents) {
        for (DeadlineReceipt receipt : StartedBy(law_of_case, event, day)) {
          absl::CivilDay at = day;
          for (int round = roll(0, 3); round > 0; --round) {
            const absl::CivilDay asked = at + roll(0, 6);
            at = asked + roll(0, 20);
            receipt = AfterSupplement(receipt, asked, at, calendar);
          }
          Print(receipt, authority);
        }
      }
    }
  }
  const bool whole = publication::PrintWithdrawals(**law, 2026, std::cout);
  return whole && std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace xiufu::routing

int main(int argc, char** argv) { return argc == 3 ? xiufu::routing::Run(argv[1], argv[2]) : 2; }
