#include "services/xiufuctl/rehearsal_output.h"

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "libs/base/legal_day.h"

namespace xiufu::ctl {
namespace {

constexpr char kNone[] = "—";

absl::string_view NameOf(Effect effect) {
  switch (effect) {
    case Effect::kAccepted:
      return "可以申请 / accepted";
    case Effect::kRefused:
      return "不予受理 / refused";
    case Effect::kPerson:
      return "转人工 / to be decided by a person";
    case Effect::kDue:
      return "期限变动 / due on another day";
    case Effect::kUnpublishedEarlier:
      return "提前停止公示 / unpublished earlier";
    case Effect::kUnpublishedLater:
      return "推迟停止公示 / unpublished later";
    case Effect::kEndByPerson:
      break;
  }
  return "停止公示日转人工 / a person says when unpublished";
}

absl::string_view KeyOf(Among among) {
  switch (among) {
    case Among::kClosedCases:
      return "closed_cases";
    case Among::kOpenCases:
      return "open_cases";
    case Among::kRecords:
      break;
  }
  return "records";
}

int HavingEffect(const Rehearsal::Counts& counts, Effect effect) {
  const auto found = counts.having.find(effect);
  return found == counts.having.end() ? 0 : found->second;
}

std::string Line(std::vector<std::string> cells) {
  // A feed's words could tear the line apart.
  for (std::string& cell : cells) absl::StrReplaceAll({{"\t", " "}, {"\n", " "}}, &cell);
  return absl::StrCat(absl::StrJoin(cells, "\t"), "\n");
}

std::string CountsLine(absl::string_view name, const Rehearsal& rehearsal,
                       const std::function<int(const Rehearsal::Counts&)>& count) {
  std::vector<std::string> cells = {std::string(name)};
  for (const Among among : kAmong) {
    cells.push_back(absl::StrCat(count(rehearsal.counts.at(among))));
  }
  return Line(std::move(cells));
}

// "NOT_YET 2026-10-01", "2026-10-01", "NEEDS_PERSON" or "—".
std::string WhatText(const Said& said) {
  const std::string day = said.day ? FormatDay(*said.day) : "";
  const std::string text(absl::StripAsciiWhitespace(absl::StrCat(said.verdict, " ", day)));
  return text.empty() ? kNone : text;
}

// "N36-GEN [S] 国家发展改革委令第36号"
std::string WhyText(const Said& said) {
  if (said.rule.empty() && said.source.empty()) return kNone;
  if (said.source.empty()) return said.rule;
  return absl::StrCat(said.rule.empty() ? kNone : said.rule, " [", said.confidence, "] ",
                      said.source);
}

std::string LawText(const catalogue::LawSnapshot& law) {
  return absl::StrCat(law->catalogue.version(), " ", law->catalogue.sha256().substr(0, 12), " ",
                      law->calendar.version());
}

nlohmann::json LawJson(const catalogue::LawSnapshot& law) {
  return {{"catalogue", law->catalogue.version()},
          {"sha256", law->catalogue.sha256()},
          {"calendar", law->calendar.version()}};
}

nlohmann::json SaidJson(const Said& said) {
  const auto text = [](const std::string& value) {
    return value.empty() ? nlohmann::json(nullptr) : nlohmann::json(value);
  };
  return {{"verdict", text(said.verdict)},
          {"day", said.day ? nlohmann::json(FormatDay(*said.day)) : nlohmann::json(nullptr)},
          {"rule", text(said.rule)},
          {"source", text(said.source)},
          {"confidence", text(said.confidence)}};
}

nlohmann::json CountsJson(const Rehearsal& rehearsal) {
  nlohmann::json all;
  for (const Among among : kAmong) {
    const Rehearsal::Counts& counts = rehearsal.counts.at(among);
    nlohmann::json one = {{"compared", counts.compared}, {"unchanged", counts.unchanged}};
    for (const Effect effect : kEffects) {
      one[absl::AsciiStrToLower(ToString(effect))] = HavingEffect(counts, effect);
    }
    all[std::string(KeyOf(among))] = one;
  }
  return all;
}

}  // namespace

std::string RehearsalText(const Rehearsal& rehearsal, const RehearsalLaws& laws) {
  std::string text = Line({"新目录 / new law", LawText(laws.next)});
  absl::StrAppend(&text, Line({"现行目录 / law of now", LawText(laws.now)}));
  absl::StrAppend(&text, Line({"记录判断日 / records judged on", FormatDay(laws.today)}), "\n");
  absl::StrAppend(&text, Line({"件数 / number of", "办结 / closed cases", "在办 / open cases",
                               "公示记录 / published records"}));
  absl::StrAppend(&text, CountsLine("比较 / compared", rehearsal,
                                    [](const auto& counts) { return counts.compared; }));
  for (const Effect effect : kEffects) {
    absl::StrAppend(&text, CountsLine(NameOf(effect), rehearsal, [effect](const auto& counts) {
      return HavingEffect(counts, effect);
    }));
  }
  absl::StrAppend(&text, CountsLine("无变化 / no difference", rehearsal,
                                    [](const auto& counts) { return counts.unchanged; }));
  if (rehearsal.pinned_elsewhere > 0) {
    absl::StrAppend(&text,
                    "副本中没有其所依据目录、按现行目录比较的办件 / cases whose catalogue is in no "
                    "copy, compared with the law of now: ",
                    rehearsal.pinned_elsewhere, "\n");
  }
  if (rehearsal.differences.empty()) return text;
  absl::StrAppend(
      &text, "\n",
      Line({"变化 / difference", "对象 / of", "主体代码 / subject", "认定单位 / authority",
            "时限 / deadline", "现行 / before", "新 / after", "现行依据 / by", "新依据 / by"}));
  for (const Difference& one : rehearsal.differences) {
    absl::StrAppend(
        &text, Line({std::string(ToString(one.effect)), one.name, one.subject_uscc, one.authority,
                     one.deadline.empty() ? kNone : one.deadline, WhatText(one.before),
                     WhatText(one.after), WhyText(one.before), WhyText(one.after)}));
  }
  return text;
}

std::string RehearsalJson(const Rehearsal& rehearsal, const RehearsalLaws& laws) {
  nlohmann::json differences = nlohmann::json::array();
  for (const Difference& one : rehearsal.differences) {
    differences.push_back({{"difference", ToString(one.effect)},
                           {"among", KeyOf(one.among)},
                           {"name", one.name},
                           {"subject", one.subject_uscc},
                           {"authority", one.authority},
                           {"deadline", one.deadline.empty() ? nlohmann::json(nullptr)
                                                             : nlohmann::json(one.deadline)},
                           {"before", SaidJson(one.before)},
                           {"after", SaidJson(one.after)}});
  }
  const nlohmann::json out = {
      {"new", LawJson(laws.next)},
      {"now", LawJson(laws.now)},
      {"records_on", FormatDay(laws.today)},
      {"cases_on", laws.on ? nlohmann::json(FormatDay(*laws.on)) : nlohmann::json(nullptr)},
      {"counts", CountsJson(rehearsal)},
      {"pinned_elsewhere", rehearsal.pinned_elsewhere},
      {"differences", differences}};
  return absl::StrCat(out.dump(), "\n");
}

}  // namespace xiufu::ctl
