#include "tests/simulation/year/year_report.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "libs/base/system_clock.h"

namespace xiufu::simulation {
namespace {

constexpr size_t kShownFaults = 20;

std::string DigestOf(const std::map<std::string, std::string>& digests) {
  std::string all;
  for (const auto& [service, digest] : digests) {
    absl::StrAppend(&all, service, " ", digest, "\n");
  }
  return HexEncode(Sha256(all));
}

double Percent(int part, int whole) { return whole == 0 ? 0 : 100.0 * part / whole; }

std::string Faults(absl::string_view heading, const std::vector<std::string>& faults) {
  if (faults.empty()) return "";
  const size_t shown = std::min(faults.size(), kShownFaults);
  return absl::StrCat(
      heading, " ", faults.size(), "\n  ",
      absl::StrJoin(faults.begin(), faults.begin() + static_cast<std::ptrdiff_t>(shown), "\n  "),
      "\n");
}

}  // namespace

bool YearOutcome::Good() const {
  return books.unfinished == 0 && books.disputed == 0 && books.cases > 0 && books.faults.empty() &&
         complaints.empty();
}

YearOutcome SimulateYear(const YearSettings& settings, bool tell) {
  const SystemClock clock;
  const absl::Duration begun = clock.Monotonic();
  YearRun run(settings);
  run.Run(tell);
  YearOutcome outcome;
  outcome.acts = run.acts();
  outcome.books = ReadBooks(run.world());
  outcome.complaints = run.world().Complaints();
  outcome.digests = run.world().Digests();
  outcome.digest = DigestOf(outcome.digests);
  outcome.seconds = absl::ToDoubleSeconds(clock.Monotonic() - begun);
  return outcome;
}

std::string Describe(const YearSettings& settings, const YearOutcome& outcome) {
  const YearActs& acts = outcome.acts;
  const Books& books = outcome.books;
  std::string text = absl::StrFormat(
      "模拟年度 %d，种子 %d：申请 %d 件，子办件 %d 件，未办结 %d 件\n"
      "  simulated year %d, seed %d: %d applications, %d cases, %d unfinished\n"
      "来访时依法不能在本平台办理，改日再来 / turned away by the law of the day: %d\n"
      "补正 / supplements %d（过期 / too late %d），撤回 / withdrawals %d（过迟 / too late %d）\n"
      "分办 / assigned at the desk %d，准许再次补正 / second supplements let %d（未准 / not let "
      "%d）\n\n",
      settings.year, settings.seed, acts.applications, books.cases, books.unfinished, settings.year,
      settings.seed, acts.applications, books.cases, books.unfinished, acts.turned_away,
      acts.supplements, acts.supplements_too_late, acts.withdrawals, acts.withdrawals_too_late,
      acts.assigned, acts.supplements_allowed, acts.supplements_not_allowed);
  absl::StrAppend(&text, "办件终态 / cases by how they ended\n");
  for (const auto& [state, count] : books.by_state) {
    absl::StrAppendFormat(&text, "  %-22s %6d\n", state, count);
  }
  absl::StrAppend(
      &text, "\n认定单位 / authority        件数     超期     补正  中位天数\n",
      "                           cases  overdue   suppl.  median days  性格 / character\n");
  for (const auto& [code, figures] : books.by_authority) {
    const Character& character = CharacterOf(code);
    absl::StrAppendFormat(&text, "  %-22s %8d %7.1f%% %7.1f%% %12.1f  %s / %s\n", code,
                          figures.cases, Percent(figures.overdue, figures.cases),
                          Percent(figures.supplemented, figures.cases), figures.MedianDays(),
                          character.name, character.name_en);
  }
  absl::StrAppend(
      &text, "\n", Faults("账目不平 / the books do not balance:", books.faults),
      Faults("滞留待处置 / waiting or parked:", outcome.complaints),
      absl::StrFormat("摘要 / digest %s，用时 / took %.1f s\n", outcome.digest, outcome.seconds));
  return text;
}

std::string ToJson(const YearOutcome& outcome) {
  const std::string states =
      absl::StrJoin(outcome.books.by_state, ", ", [](std::string* out, const auto& state) {
        absl::StrAppend(out, "\"", state.first, "\": ", state.second);
      });
  return absl::StrFormat(
      "{\"applications\": %d, \"cases\": %d, \"by_state\": {%s}, \"unfinished\": %d, "
      "\"digest\": \"%s\", \"seconds\": %.1f}",
      outcome.acts.applications, outcome.books.cases, states, outcome.books.unfinished,
      outcome.digest, outcome.seconds);
}

}  // namespace xiufu::simulation
