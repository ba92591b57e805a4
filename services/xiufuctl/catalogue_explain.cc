#include "services/xiufuctl/catalogue_explain.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"

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

// The reason beside a date that is null: its own, else the first one told, which is what the
// verdict rests on.
json WhyNull(const std::optional<absl::CivilDay>& day, const catalogue::BilingualText& own,
             const Evaluation& found) {
  if (day || found.reasons.empty()) return nullptr;
  return TextJson(own.zh.empty() ? found.reasons.front() : own);
}

// As the services tell it: where the law gives no last day, the one that the feed gave.
std::optional<absl::CivilDay> PublicityEndOf(const feed::RecordRow& row, const Evaluation& found) {
  return found.publicity_end || !found.publishable ? found.publicity_end
                                                   : row.content.publicity_end;
}

// What the row itself says has become of the record.
json ReportedJson(const feed::RecordRow& row) {
  if (!row.content.reported) return nullptr;
  const feed::Reported& reported = *row.content.reported;
  return {{"kind", ToString(reported.kind)},
          {"on", DayJson(reported.day)},
          {"reason", reported.reason}};
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

std::string HandlingOf(const feed::RecordRow& row, const catalogue::Rule& rule,
                       const catalogue::AuthorityRegistry& authorities) {
  const catalogue::Authority* authority = authorities.FindByCode(row.facts.authority_code);
  return std::string(ToString(
      authority == nullptr ? rule.handling : catalogue::EffectiveHandling(rule, *authority)));
}

// How an application goes under the rule; null where no one rule governs.
json ProcedureJson(const feed::RecordRow& row, const catalogue::Rule* rule,
                   const catalogue::AuthorityRegistry& authorities) {
  if (rule == nullptr) return nullptr;
  json deadlines = json::array();
  for (const catalogue::Deadline& deadline : rule->deadlines) {
    deadlines.push_back({{"id", deadline.id},
                         {"kind", deadline.kind},
                         {"start_event", deadline.start_event},
                         {"start_event_pushed", deadline.start_event_pushed},
                         {"days", deadline.days},
                         {"working", deadline.day_kind == catalogue::DayKind::kWorking},
                         {"pauses", deadline.pauses_on_supplement},
                         {"source", deadline.provenance.source},
                         {"confidence", deadline.provenance.confidence}});
  }
  json effects = json::array();
  for (const catalogue::Effect& effect : rule->effects) effects.push_back(effect.id);
  const catalogue::BilingualText result = catalogue::ResultWordOf(*rule, row.facts.matter);
  return {{"pre_check", rule->pre_check},
          {"decides", rule->decides},
          {"handling", HandlingOf(row, *rule, authorities)},
          {"ends_publicity_on", rule->ends_publicity_on},
          {"deadlines", deadlines},
          {"effects", effects},
          {"result_word", TextJson(result)}};
}

// JSON has no exponents that a feed would: 1e-06 万元 is 0.000001.
std::string NumberText(const json& value) {
  std::string text = value.dump();
  if (!absl::StrContains(text, 'e')) return text;
  std::string plain = absl::StrFormat("%.12f", value.get<double>());
  plain.erase(plain.find_last_not_of('0') + 1);
  if (plain.back() == '.') plain.pop_back();
  return plain;
}

// Several kinds of penalty may stand in a list.
absl::StatusOr<std::string> FieldText(const std::string& name, const json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.dump();
  if (value.is_number()) return NumberText(value);
  std::vector<std::string> parts;
  for (const json& part : value) {
    if (!value.is_array() || part.is_structured()) {
      return FieldViolations(
          {{name, "应为文字、数字或它们的列表 / a text, a number or a list of them belongs here"}});
    }
    const absl::StatusOr<std::string> text = FieldText(name, part);
    if (!text.ok()) return text.status();
    parts.push_back(*text);
  }
  return absl::StrJoin(parts, "|");
}

absl::StatusOr<json> ReadJson(const std::string& path) {
  std::ifstream file(path);
  std::error_code error;
  if (!file || !std::filesystem::is_regular_file(path, error)) {
    return absl::NotFoundError(absl::StrCat("不能读取 / cannot read: ", path));
  }
  try {
    return json::parse(file);
  } catch (const json::parse_error& fault) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": 不是JSON / no JSON: ", fault.what()));
  }
}

}  // namespace

absl::StatusOr<feed::Fields> ReadRowFile(const std::string& path) {
  absl::StatusOr<json> read = ReadJson(path);
  if (!read.ok()) return read.status();
  json row = *std::move(read);
  if (row.is_object() && row.contains("rows") && row["rows"].is_array()) {
    if (row["rows"].empty()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": rows 为空 / rows is empty"));
    }
    row = json(row["rows"].front());
  }
  if (!row.is_object()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": 应为一个JSON对象，或含rows / one JSON object, or one with rows, belongs here"));
  }
  feed::Fields fields;
  for (const auto& [name, value] : row.items()) {
    absl::StatusOr<std::string> text = FieldText(name, value);
    if (!text.ok()) return text.status();
    fields[name] = *std::move(text);
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
  const std::optional<absl::CivilDay> publicity_end = PublicityEndOf(row, found);
  const bool in_question = rule != nullptr && !rule->question.empty();
  const json out = {
      {"on", FormatDay(on)},
      {"matter", ToString(row.facts.matter)},
      {"eligible", EligibleJson(found.verdict)},
      {"needs_person", found.verdict == Verdict::kNeedsPerson},
      {"verdict", ToString(found.verdict)},
      {"earliest", DayJson(found.earliest)},
      {"earliest_reason", WhyNull(found.earliest, {}, found)},
      {"publicity_ends", DayJson(publicity_end)},
      {"publicity_ends_reason", WhyNull(publicity_end, found.why_no_end, found)},
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
      {"handling", rule == nullptr ? json(nullptr) : json(HandlingOf(row, *rule, authorities))},
      {"procedure", ProcedureJson(row, rule, authorities)},
      {"question", in_question ? json(rule->question) : json(nullptr)},
      {"reported", ReportedJson(row)},
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
  line("公示至 / publicity ends", day(PublicityEndOf(row, found)));
  line("认定单位 / authority", row.content.authority_name);
  if (const catalogue::Channel* channel = catalogue.ChannelOf(row.facts.authority_kind)) {
    line("申请渠道 / channel", absl::StrCat(channel->name, " / ", channel->name_en));
  }
  if (const catalogue::Rule* rule = catalogue.FindRule(found.rule_id, on)) {
    line("办理方式 / handling", HandlingOf(row, *rule, authorities));
    line("预审 / pre-check", rule->pre_check);
    line("决定 / decides", rule->decides);
    line("终止公示以何为准 / publicity ends on", rule->ends_publicity_on);
    line("未决问题 / open question", rule->question);
  }
  if (row.content.reported) {
    const feed::Reported& reported = *row.content.reported;
    line("数据载明 / the row says",
         absl::StrCat(ToString(reported.kind), " ", day(reported.day), " ", reported.reason));
  }
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
