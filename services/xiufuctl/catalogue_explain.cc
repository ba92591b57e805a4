#include "services/xiufuctl/catalogue_explain.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"

namespace xiufu::ctl {
namespace {

using catalogue::Evaluation;
using catalogue::Verdict;
using nlohmann::json;

json DayJson(const std::optional<absl::CivilDay>& day) {
  return day ? json(FormatDay(*day)) : json(nullptr);
}

json TextJson(const catalogue::BilingualText& text) { return {{"zh", text.zh}, {"en", text.en}}; }

json EligibleJson(Verdict verdict) {
  return verdict == Verdict::kNeedsPerson ? json(nullptr) : json(verdict == Verdict::kEligible);
}

json ClassJson(const Evaluation& found) {
  if (!found.record_class) return nullptr;
  return absl::AsciiStrToLower(ToString(*found.record_class));
}

// The reason beside a date that is null: the first one told, which is what the verdict rests on.
json WhyNull(const std::optional<absl::CivilDay>& day, const Evaluation& found) {
  return day || found.reasons.empty() ? json(nullptr) : TextJson(found.reasons.front());
}

json WindowsJson(const Evaluation& found) {
  json windows = json::array();
  for (const catalogue::Window& window : found.windows) {
    windows.push_back({{"rule", window.rule_id},
                       {"minimum", calendar::FormatPeriod(window.minimum)},
                       {"from", ToString(window.anchor)},
                       {"earliest", DayJson(window.earliest)},
                       {"publicity_ends", DayJson(window.end)},
                       {"assumed", window.anchor_assumed},
                       {"source", window.source},
                       {"confidence", window.confidence}});
  }
  return windows;
}

json ConditionsJson(const Evaluation& found) {
  json conditions = json::array();
  for (const catalogue::ConditionState& condition : found.conditions) {
    conditions.push_back({{"id", condition.id},
                          {"state", ToString(condition.state)},
                          {"text", TextJson(condition.name)},
                          {"materials", condition.materials}});
  }
  return conditions;
}

json AuthorityJson(const feed::RecordRow& row) {
  const std::string& code = row.facts.authority_code;
  const std::string& kind = row.facts.authority_kind;
  return {{"name", row.content.authority_name},
          {"code", code.empty() ? json(nullptr) : json(code)},
          {"kind", kind.empty() ? json(nullptr) : json(kind)}};
}

// What the platforms call it; without codes of an authority that is not registered.
json ItemJson(const feed::RecordRow& row, const catalogue::Catalogue& catalogue,
              const catalogue::AuthorityRegistry& authorities) {
  const catalogue::Item* item = catalogue.ItemOf(row.facts.matter, row.facts.authority_kind);
  if (item == nullptr) return nullptr;
  const catalogue::Authority* authority = authorities.FindByCode(row.facts.authority_code);
  const catalogue::Implementation* own =
      authority == nullptr ? nullptr : authority->FindImplementation(item->id);
  return {{"name", item->name},
          {"base_code", item->base_code},
          {"implementation_code", own == nullptr ? json(nullptr) : json(own->code)},
          {"one_thing_code", catalogue.one_thing().code},
          {"provisional", item->provisional || catalogue.one_thing().provisional ||
                              (own != nullptr && own->provisional)}};
}

std::string HandlingOf(const feed::RecordRow& row, const Evaluation& found,
                       const catalogue::Catalogue& catalogue,
                       const catalogue::AuthorityRegistry& authorities, absl::CivilDay on) {
  const catalogue::Rule* rule = catalogue.FindRule(found.rule_id, on);
  if (rule == nullptr) return "";
  const catalogue::Authority* authority = authorities.FindByCode(row.facts.authority_code);
  return std::string(ToString(
      authority == nullptr ? rule->handling : catalogue::EffectiveHandling(*rule, *authority)));
}

}  // namespace

absl::StatusOr<feed::Fields> ReadRowFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("不能读取 / cannot read: ", path));
  json row = json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (row.is_object() && row.contains("rows") && row["rows"].is_array() && !row["rows"].empty()) {
    row = json(row["rows"].front());
  }
  if (!row.is_object()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "应为一个JSON对象，或含rows / one JSON object, or one with rows, belongs here: ", path));
  }
  feed::Fields fields;
  for (const auto& [name, value] : row.items()) {
    if (value.is_string()) fields[name] = value.get<std::string>();
    if (value.is_number() || value.is_boolean()) fields[name] = value.dump();
  }
  return fields;
}

std::string ExplainJson(const feed::RecordRow& row, const catalogue::Catalogue& catalogue,
                        const catalogue::AuthorityRegistry& authorities, absl::CivilDay on) {
  const Evaluation found = catalogue.Evaluate(row.facts, on);
  const catalogue::Channel* channel = catalogue.ChannelOf(row.facts.authority_kind);
  json reasons = json::array(), considered = json::array();
  for (const auto& reason : found.reasons) reasons.push_back(TextJson(reason));
  for (const auto& other : found.considered) {
    considered.push_back({{"rule", other.rule_id}, {"why", TextJson(other.why)}});
  }
  const catalogue::Rule* rule = catalogue.FindRule(found.rule_id, on);
  const json out = {
      {"on", FormatDay(on)},
      {"matter", ToString(row.facts.matter)},
      {"eligible", EligibleJson(found.verdict)},
      {"needs_person", found.verdict == Verdict::kNeedsPerson},
      {"verdict", ToString(found.verdict)},
      {"earliest", DayJson(found.earliest)},
      {"earliest_reason", WhyNull(found.earliest, found)},
      {"publicity_ends", DayJson(found.publicity_end)},
      {"publicity_ends_reason", WhyNull(found.publicity_end, found)},
      {"rule", found.rule_id.empty() ? json(nullptr) : json(found.rule_id)},
      {"regime", rule == nullptr ? json(nullptr) : json(rule->regime)},
      {"class", ClassJson(found)},
      {"materials", found.materials},
      {"to_prove", found.to_prove},
      {"conditions", ConditionsJson(found)},
      {"authority", AuthorityJson(row)},
      {"channel", channel == nullptr ? json(nullptr) : json(channel->id)},
      {"channel_name", channel == nullptr ? json(nullptr) : json(channel->name)},
      {"channel_source", channel == nullptr ? json(nullptr) : json(channel->source)},
      {"handling", HandlingOf(row, found, catalogue, authorities, on)},
      {"item", ItemJson(row, catalogue, authorities)},
      {"reasons", reasons},
      {"windows", WindowsJson(found)},
      {"considered", considered},
      {"source", found.source},
      {"confidence", found.confidence},
      {"verified", catalogue::IsVerified(found.confidence)},
      {"catalogue", {{"version", catalogue.version()}, {"sha256", catalogue.sha256()}}}};
  return absl::StrCat(out.dump(), "\n");
}

std::string ExplainText(const feed::RecordRow& row, const catalogue::Catalogue& catalogue,
                        const catalogue::AuthorityRegistry& authorities, absl::CivilDay on) {
  const Evaluation found = catalogue.Evaluate(row.facts, on);
  std::string text;
  const auto line = [&text](absl::string_view label, absl::string_view value) {
    if (!value.empty()) absl::StrAppend(&text, label, ": ", value, "\n");
  };
  const auto day = [](const std::optional<absl::CivilDay>& d) {
    return d ? FormatDay(*d) : std::string("—");
  };
  line("结论 / verdict", ToString(found.verdict));
  line("适用规则 / rule", found.rule_id);
  line("最早可申请 / earliest", day(found.earliest));
  line("公示至 / publicity ends", day(found.publicity_end));
  line("认定单位 / authority", row.content.authority_name);
  if (const catalogue::Channel* channel = catalogue.ChannelOf(row.facts.authority_kind)) {
    line("申请渠道 / channel", absl::StrCat(channel->name, " / ", channel->name_en));
  }
  line("办理方式 / handling", HandlingOf(row, found, catalogue, authorities, on));
  line("材料 / papers", absl::StrJoin(found.materials, ", "));
  for (const auto& reason : found.reasons) {
    absl::StrAppend(&text, "  · ", reason.zh, "\n    ", reason.en, "\n");
  }
  line("依据 / source", found.source);
  line("可信度 / confidence",
       absl::StrCat(found.confidence, catalogue::IsVerified(found.confidence)
                                          ? ""
                                          : "（未核实或有冲突 / not verified, or in conflict）"));
  return text;
}

}  // namespace xiufu::ctl
