#include "services/routing/drivers/receipt_text.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"

namespace xiufu::routing {
namespace {

constexpr char kWork[] = "work";
constexpr char kOff[] = "off";

// The text up to the first blank, and what comes behind it.
std::pair<absl::string_view, absl::string_view> SplitOnce(absl::string_view text) {
  return absl::StrSplit(text, absl::MaxSplits(' ', 1));
}

}  // namespace

std::string NamedDaysText(const std::vector<calendar::NamedDay>& days) {
  return absl::StrJoin(days, ";", [](std::string* out, const calendar::NamedDay& named) {
    absl::StrAppend(out, FormatDay(named.day), " ", named.name);
  });
}

std::vector<calendar::NamedDay> NamedDaysFrom(absl::string_view text) {
  std::vector<calendar::NamedDay> days;
  for (absl::string_view part : absl::StrSplit(text, ';', absl::SkipEmpty())) {
    const auto [day, name] = SplitOnce(part);
    days.push_back({DayOf(day), std::string(name)});
  }
  return days;
}

std::string ExceptionsText(const std::vector<calendar::ExceptionDay>& days) {
  return absl::StrJoin(days, ";", [](std::string* out, const calendar::ExceptionDay& exception) {
    absl::StrAppend(out, FormatDay(exception.day), " ", exception.working ? kWork : kOff, " ",
                    exception.name);
  });
}

std::vector<calendar::ExceptionDay> ExceptionsFrom(absl::string_view text) {
  std::vector<calendar::ExceptionDay> days;
  for (absl::string_view part : absl::StrSplit(text, ';', absl::SkipEmpty())) {
    const auto [day, rest] = SplitOnce(part);
    const auto [working, name] = SplitOnce(rest);
    days.push_back({DayOf(day), working == kWork, std::string(name)});
  }
  return days;
}

std::string PausesText(const std::vector<Pause>& pauses) {
  return absl::StrJoin(pauses, ";", [](std::string* out, const Pause& pause) {
    absl::StrAppend(out, FormatDay(pause.asked), "..", FormatDay(pause.supplemented));
  });
}

std::vector<Pause> PausesFrom(absl::string_view text) {
  std::vector<Pause> pauses;
  for (absl::string_view part : absl::StrSplit(text, ';', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> days = absl::StrSplit(part, "..");
    pauses.push_back({DayOf(days.first), DayOf(days.second)});
  }
  return pauses;
}

absl::CivilDay DayOf(absl::string_view text) { return ParseDay(text).value_or(absl::CivilDay()); }

}  // namespace xiufu::routing
