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
  outcome.conduct = ReadConduct(run.world());
  outcome.complaints = run.world().Complaints();
  outcome.digests = run.world().Digests();
  outcome.digest = DigestOf(outcome.digests);
  outcome.seconds = absl::ToDoubleSeconds(clock.Monotonic() - begun);
  return outcome;
}

namespace {

std::string DescribeActs(const YearActs& acts) {
  return absl::StrFormat(
      "其中由信用中国推送 / pushed by the upstream door: %d（另并入已有办件 / joined: %d）\n"
      "来访时依法不能申请，改日再来 / turned away by the law of the day: %d\n"
      "预审通过 / passed by reviewers %d，一次性告知补正 / defects told %d\n"
      "补正 / supplements %d（过期 / too late %d），撤回 / withdrawals %d（过迟 / too late %d）\n"
      "分办 / assigned at the desk %d，准许再次补正 / second supplements let %d（未准 / not let "
      "%d）\n"
      "上级系统进展 / told of upstream %d，上级决定送达 / decided upstream %d\n"
      "异议 / objections %d（未受理 / refused %d）\n",
      acts.pushed, acts.joined, acts.turned_away, acts.reviewed, acts.defects, acts.supplements,
      acts.supplements_too_late, acts.withdrawals, acts.withdrawals_too_late, acts.assigned,
      acts.supplements_allowed, acts.supplements_not_allowed, acts.told_of_upstream,
      acts.decided_upstream, acts.objections, acts.objections_refused);
}

std::string DescribeAuthorities(const YearOutcome& outcome) {
  std::string text =
      "\n认定单位 / authority        件数     超期     补正  中位天数\n"
      "                           cases  overdue   suppl.  median days\n";
  for (const auto& [code, figures] : outcome.books.by_authority) {
    absl::StrAppendFormat(&text, "  %-22s %8d %7.1f%% %7.1f%% %12.1f\n", code, figures.cases,
                          Percent(figures.overdue, figures.cases),
                          Percent(figures.supplemented, figures.cases), figures.MedianDays());
  }
  return text;
}

std::string DescribeConduct(const YearOutcome& outcome) {
  std::string text =
      "\n性格 / character            答复   周五  催后才答  矛盾  再补正  退回  撤销  决定天数\n"
      "                         answers Friday escalated contra. again returned revoked  days\n";
  for (const auto& [code, conduct] : outcome.conduct) {
    const Character& character = CharacterOf(code);
    absl::StrAppendFormat(&text, "  %-22s %7d %6d %9d %7d %5d %8d %7d %5.1f  %s / %s\n", code,
                          conduct.answers, conduct.on_fridays, conduct.after_escalation,
                          conduct.contradicted, conduct.asked_again, conduct.returned,
                          conduct.found, conduct.median_days, character.name, character.name_en);
  }
  return text;
}

}  // namespace

std::string Describe(const YearSettings& settings, const YearOutcome& outcome) {
  const Books& books = outcome.books;
  std::string text = absl::StrFormat(
      "模拟年度 %d，种子 %d：申请 %d 件，子办件 %d 件，未办结 %d 件\n"
      "  simulated year %d, seed %d: %d applications, %d cases, %d unfinished\n",
      settings.year, settings.seed, outcome.acts.applications, books.cases, books.unfinished,
      settings.year, settings.seed, outcome.acts.applications, books.cases, books.unfinished);
  absl::StrAppend(&text, DescribeActs(outcome.acts), "\n办件终态 / cases by how they ended\n");
  for (const auto& [state, count] : books.by_state) {
    absl::StrAppendFormat(&text, "  %-22s %6d\n", state, count);
  }
  for (const auto& [state, count] : books.open_in) {
    absl::StrAppendFormat(&text, "  %-22s %6d 未办结 / not ended\n", state, count);
  }
  absl::StrAppend(
      &text, DescribeAuthorities(outcome), DescribeConduct(outcome), "\n",
      Faults("账目不平 / the books do not balance:", books.faults),
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
