#include "libs/catalogue/parse_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/parse_common.h"

namespace xiufu::catalogue {
namespace {

RecordClass ClassFrom(absl::string_view name) {
  for (RecordClass candidate :
       {RecordClass::kMinor, RecordClass::kGeneral, RecordClass::kSerious}) {
    if (ToString(candidate) == name) return candidate;
  }
  return RecordClass::kPending;
}

// The rows that `ids` name, in that order.
template <typename Row>
std::vector<Row> Pick(data::Table& table, absl::string_view key, const std::vector<Row>& rows) {
  const std::vector<std::string> ids = table.Texts(key);
  CheckKnown(table, key, ids, NamesOf(rows, &Row::id));
  std::vector<Row> picked;
  for (const std::string& id : ids) {
    for (const Row& row : rows) {
      if (row.id == id) picked.push_back(row);
    }
  }
  return picked;
}

void CheckDeadlineKinds(data::Table& row, const Rule& rule) {
  for (absl::string_view kind : {"ACCEPT", "DECIDE"}) {
    const auto count = std::count_if(rule.deadlines.begin(), rule.deadlines.end(),
                                     [&](const Deadline& d) { return d.kind == kind; });
    if (count != 1) {
      row.ComplainAbout("deadlines", absl::StrCat(count, " of kind ", kind, ", one belongs here"));
    }
  }
}

// Two rules of one class on one day would leave the law to chance.
void CheckOverlap(data::Table& row, const Rule& rule, const std::vector<Rule>& others) {
  const absl::CivilDay forever(9999, 12, 31);
  for (const Rule& other : others) {
    if (other.record_class != rule.record_class) continue;
    const Provenance &a = rule.provenance, &b = other.provenance;
    if (a.effective_from <= b.effective_to.value_or(forever) &&
        b.effective_from <= a.effective_to.value_or(forever)) {
      row.ComplainAbout("effective_from", absl::StrCat("overlaps ", other.id, ", same class"));
    }
  }
}

Rule ReadRule(data::Table& row, const std::vector<Deadline>& deadlines,
              const std::vector<Effect>& effects, const CatalogueData& data) {
  Rule rule;
  rule.id = row.Text("id");
  CheckNew(row, "id", rule.id, data.rules, &Rule::id);
  rule.name = row.Text("name");
  rule.name_en = row.Text("name_en");
  row.OneOf("matter", {"PENALTY"});
  rule.record_class = ClassFrom(row.OneOf("class", {"MINOR", "GENERAL", "SERIOUS"}));
  rule.anchor = row.OneOf("anchor", {"DECISION"});
  rule.minimum = ReadPeriod(row, "minimum");
  rule.maximum = ReadPeriod(row, "maximum");
  const absl::CivilDay any(2026, 1, 1);
  if (calendar::EndOf(any, rule.maximum) <= calendar::EndOf(any, rule.minimum)) {
    row.ComplainAbout("maximum", "not longer than minimum");
  }
  rule.conditions = row.Texts("conditions");
  for (const std::string& key : rule.conditions) {
    if (!data.reasons.Contains(key)) {
      row.ComplainAbout("conditions", absl::StrCat("'", key, "' is not in reasons.toml"));
    }
  }
  rule.materials = row.Texts("materials");
  CheckKnown(row, "materials", rule.materials, NamesOf(data.materials, &MaterialKind::kind));
  rule.deadlines = Pick(row, "deadlines", deadlines);
  CheckDeadlineKinds(row, rule);
  rule.effects = Pick(row, "effects", effects);
  rule.result_word = row.Text("result_word");
  rule.result_word_en = row.Text("result_word_en");
  rule.handling = ReadHandling(row);
  rule.provenance = ReadProvenance(row);
  CheckOverlap(row, rule, data.rules);
  row.Finish();
  return rule;
}

Transition ReadTransition(data::Table& row) {
  Transition transition;
  transition.id = row.Text("id");
  transition.authorities = ReadAuthorityCodes(row);
  transition.decided_from = row.Day("decided_from");
  transition.decided_to = row.Day("decided_to");
  if (transition.decided_to < transition.decided_from) {
    row.ComplainAbout("decided_to", "before decided_from");
  }
  transition.minimum = ReadPeriod(row, "minimum");
  transition.maximum = ReadPeriod(row, "maximum");
  transition.source = row.Text("source");
  transition.confidence = ReadConfidence(row);
  row.Finish();
  return transition;
}

Exclusion ReadExclusion(data::Table& row, const std::vector<std::string>& kinds) {
  Exclusion exclusion;
  exclusion.kinds = row.OptionalTexts("kinds");
  CheckKnown(row, "kinds", exclusion.kinds, kinds);
  exclusion.authorities = ReadAuthorityCodes(row);
  if (exclusion.kinds.empty() && exclusion.authorities.empty()) {
    row.Complain("neither kinds nor authorities: would exclude everything");
  }
  exclusion.provenance = ReadProvenance(row);
  row.Finish();
  return exclusion;
}

ClassStandard ReadClass(data::Table& row, const CatalogueData& data) {
  ClassStandard standard;
  standard.kinds = row.OptionalTexts("kinds");
  CheckKnown(row, "kinds", standard.kinds, NamesOf(data.kinds, &PenaltyKind::name));
  standard.authorities = ReadAuthorityCodes(row);
  standard.procedure = row.OptionalText("procedure");
  if (!standard.procedure.empty()) row.OneOf("procedure", {"简易", "普通"});
  standard.fine_from = row.OptionalInteger("fine_from_fen", 1, INT64_MAX);
  standard.fine_to = row.OptionalInteger("fine_to_fen", 1, INT64_MAX);
  if (standard.fine_from && standard.fine_to && *standard.fine_to < *standard.fine_from) {
    row.ComplainAbout("fine_to_fen", "less than fine_from_fen");
  }
  standard.record_class = ClassFrom(row.OneOf("class", {"MINOR", "GENERAL", "PENDING", "SERIOUS"}));
  if (standard.record_class == RecordClass::kPending) {
    standard.procedure_rule = row.Text("procedure_rule");
    CheckKnown(row, "procedure_rule", {standard.procedure_rule}, NamesOf(data.rules, &Rule::id));
  }
  standard.provenance = ReadProvenance(row);
  row.Finish();
  return standard;
}

}  // namespace

void ParseRules(const data::File& file, const std::vector<Deadline>& deadlines,
                const std::vector<Effect>& effects, data::Problems& problems, CatalogueData& data) {
  data::Table table(file.path, file.root, problems);
  for (data::Table& row : table.Tables("rule")) {
    data.rules.push_back(ReadRule(row, deadlines, effects, data));
  }
  for (data::Table& row : table.OptionalTables("transition")) {
    data.transitions.push_back(ReadTransition(row));
  }
  const std::vector<std::string> kinds = NamesOf(data.kinds, &PenaltyKind::name);
  for (data::Table& row : table.OptionalTables("exclusion")) {
    data.exclusions.push_back(ReadExclusion(row, kinds));
  }
  table.Finish();
}

void ParseClasses(const data::File& file, data::Problems& problems, CatalogueData& data) {
  data::Table table(file.path, file.root, problems);
  for (data::Table& row : table.Tables("class_standard")) {
    data.classes.push_back(ReadClass(row, data));
  }
  table.Finish();
}

}  // namespace xiufu::catalogue
