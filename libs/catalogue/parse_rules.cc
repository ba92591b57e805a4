#include "libs/catalogue/parse_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/parse_common.h"
#include "libs/catalogue/parse_predicate.h"
#include "libs/catalogue/start_event.h"

namespace xiufu::catalogue {
namespace {

// The rows that `ids` name, in that order.
template <typename Row>
std::vector<Row> Pick(data::Table& table, absl::string_view key, const std::vector<Row>& rows) {
  const std::vector<std::string> ids = table.OptionalTexts(key);
  CheckKnown(table, key, ids, NamesOf(rows, &Row::id));
  std::vector<Row> picked;
  for (const std::string& id : ids) {
    for (const Row& row : rows) {
      if (row.id == id) picked.push_back(row);
    }
  }
  return picked;
}

// After a supplement, in the place of one that has begun.
bool BeginsAnew(const Deadline& deadline) { return deadline.start_event == kSupplementComplete; }

void CheckDeadlineKinds(data::Table& row, const Rule& rule) {
  for (const Deadline& deadline : rule.deadlines) {
    const auto count =
        std::count_if(rule.deadlines.begin(), rule.deadlines.end(), [&](const Deadline& d) {
          return d.kind == deadline.kind && BeginsAnew(d) == BeginsAnew(deadline);
        });
    if (count > 1) {
      row.ComplainAbout("deadlines", absl::StrCat(count, " of kind ", deadline.kind));
      return;
    }
  }
  if (rule.handling == Handling::kInSuite && rule.applied_for &&
      (FindDeadline(rule, "ACCEPT") == nullptr || FindDeadline(rule, "DECIDE") == nullptr)) {
    row.ComplainAbout("deadlines", "IN_SUITE needs one of kind ACCEPT and one of kind DECIDE");
  }
}

bool Overlap(const Provenance& a, const Provenance& b) {
  const absl::CivilDay forever(9999, 12, 31);
  return a.effective_from <= b.effective_to.value_or(forever) &&
         b.effective_from <= a.effective_to.value_or(forever);
}

// Two versions of one rule on one day, or two rules that no record could tell apart, would leave
// the law to chance.
void CheckAgainst(data::Table& row, const Rule& rule, const std::vector<Rule>& others) {
  for (const Rule& other : others) {
    if (!Overlap(rule.provenance, other.provenance)) continue;
    if (other.id == rule.id) {
      row.ComplainAbout("effective_from", absl::StrCat("overlaps another version of ", other.id));
    } else if (other.when == rule.when && other.precedence == rule.precedence &&
               other.published == rule.published) {
      row.Complain(absl::StrCat("no record can tell it from ", other.id));
    }
  }
}

std::optional<Term> ReadTerm(data::Table& row, absl::string_view key) {
  const std::string from_key = absl::StrCat(key, "_from");
  if (row.OptionalText(key).empty()) {
    if (!row.OptionalText(from_key).empty()) row.ComplainAbout(from_key, "without a period");
    return std::nullopt;
  }
  std::vector<absl::string_view> names;
  for (const Anchor anchor : kAnchors) names.push_back(ToString(anchor));
  Term term{ReadPeriod(row, key), Anchor::kDecision};
  const std::string from = row.OneOf(from_key, names);
  for (const Anchor anchor : kAnchors) {
    if (ToString(anchor) == from) term.from = anchor;
  }
  return term;
}

std::optional<calendar::Period> ReadOptionalPeriod(data::Table& row, absl::string_view key) {
  if (row.OptionalText(key).empty()) return std::nullopt;
  return ReadPeriod(row, key);
}

void ReadTerms(data::Table& row, Rule& rule) {
  rule.published = row.OptionalBool("published", true);
  rule.applied_for = row.OptionalBool("applied_for", rule.published);
  rule.by_person = row.OptionalBool("by_person", false);
  rule.minimum = ReadTerm(row, "minimum");
  rule.maximum = ReadTerm(row, "maximum");
  rule.restarts_on_revocation = row.OptionalBool("restarts_on_revocation", false);
  rule.ban = ReadOptionalPeriod(row, "ban");
  if (rule.ban && rule.when.basis != Basis::kFalseMaterial) {
    row.ComplainAbout("ban", "only by a rule of the basis FALSE_MATERIAL");
  }
  rule.commitment_binds = ReadOptionalPeriod(row, "commitment_binds");
  if (rule.applied_for && (!rule.published || rule.by_person)) {
    row.ComplainAbout("applied_for",
                      "neither for what is not published nor for what a person deals with");
  }
  if (rule.applied_for != rule.minimum.has_value()) {
    row.ComplainAbout("minimum", rule.applied_for
                                     ? "missing: one may apply, so from when? (\"0\": at once)"
                                     : "one does not apply, so there is none");
  }
  if (!rule.minimum || !rule.maximum || rule.minimum->from != rule.maximum->from) return;
  const absl::CivilDay any(2026, 1, 1);
  if (calendar::EndOf(any, rule.maximum->period) <= calendar::EndOf(any, rule.minimum->period)) {
    row.ComplainAbout("maximum", "not longer than minimum");
  }
}

void ReadReviewer(data::Table& row, absl::string_view key, const std::string& id,
                  const CatalogueData& data, Rule& rule) {
  const auto known = std::find_if(data.reviewers.begin(), data.reviewers.end(),
                                  [&](const Reviewer& each) { return each.id == id; });
  if (known != data.reviewers.end()) {
    rule.reviewers.push_back(*known);
  } else if (!data.archived) {
    row.ComplainAbout(key, absl::StrCat("'", id, "' is not in reviewers.toml"));
  }
}

// What is only there where one may apply.
void ReadProcedure(data::Table& row, const std::vector<Deadline>& deadlines,
                   const CatalogueData& data, Rule& rule) {
  rule.conditions = Pick(row, "conditions", data.conditions);
  rule.materials = row.OptionalTexts("materials");
  CheckKnown(row, "materials", rule.materials, NamesOf(data.materials, &MaterialKind::kind));
  for (const Condition& condition : rule.conditions) {
    for (const std::string& kind : condition.materials) {
      if (std::find(rule.materials.begin(), rule.materials.end(), kind) == rule.materials.end()) {
        row.ComplainAbout("materials",
                          absl::StrCat("without ", kind, ", which proves ", condition.id));
      }
    }
  }
  rule.pre_check = row.Text("pre_check");
  rule.second_check = row.OptionalText("second_check");
  if (rule.pre_check != "NONE") ReadReviewer(row, "pre_check", rule.pre_check, data, rule);
  if (!rule.second_check.empty()) ReadReviewer(row, "second_check", rule.second_check, data, rule);
  rule.decides = row.OneOf("decides", {"DETERMINING_AUTHORITY", "NATIONAL_CENTRE", "SYSTEM"});
  rule.handling = ReadHandling(row);
  rule.ends_publicity_on = row.OneOf("ends_publicity_on", {"DECISION", "NATIONAL_DECISION"});
  rule.deadlines = Pick(row, "deadlines", deadlines);
  CheckDeadlineKinds(row, rule);
}

Rule ReadRule(data::Table& row, const std::string& regime, const std::vector<Deadline>& deadlines,
              const std::vector<Effect>& effects, const CatalogueData& data) {
  Rule rule;
  rule.id = row.Text("id");
  rule.regime = regime;
  rule.name = row.Text("name");
  rule.name_en = row.Text("name_en");
  rule.when = ReadPredicate(row, data);
  const std::string precedence = row.OneOf("precedence", {"DEFAULT", "DEPARTMENT", "LAW"});
  for (const Precedence each : {Precedence::kDepartment, Precedence::kLaw}) {
    if (ToString(each) == precedence) rule.precedence = each;
  }
  ReadTerms(row, rule);
  ReadProcedure(row, deadlines, data, rule);
  rule.effects = Pick(row, "effects", effects);
  rule.result_word = row.Text("result_word");
  rule.result_word_en = row.Text("result_word_en");
  rule.mark_result_word = row.OptionalText("mark_result_word");
  rule.mark_result_word_en = row.OptionalText("mark_result_word_en");
  rule.beside = row.OptionalText("beside");
  rule.question = row.OptionalText("question");
  if (rule.beside.empty() != rule.question.empty()) {
    row.ComplainAbout("beside", "and question belong together");
  }
  rule.provenance = ReadProvenance(row);
  CheckAgainst(row, rule, data.rules);
  row.Finish();
  return rule;
}

Exclusion ReadExclusion(data::Table& row, const CatalogueData& data) {
  Exclusion exclusion;
  exclusion.kinds = row.OptionalTexts("kinds");
  CheckKnown(row, "kinds", exclusion.kinds, NamesOf(data.kinds, &PenaltyKind::name));
  exclusion.authority_kinds = row.OptionalTexts("authority_kinds");
  CheckKnown(row, "authority_kinds", exclusion.authority_kinds,
             NamesOf(data.authority_kinds, &AuthorityKind::id));
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
  standard.id = row.OptionalText("id");
  if (standard.id.empty()) standard.id = absl::StrCat("CLASS-", data.classes.size() + 1);
  CheckNew(row, "id", standard.id, data.classes, &ClassStandard::id);
  standard.matters = ReadMatters(row);
  standard.kinds = row.OptionalTexts("kinds");
  CheckKnown(row, "kinds", standard.kinds, NamesOf(data.kinds, &PenaltyKind::name));
  standard.authority_kinds = row.OptionalTexts("authority_kinds");
  CheckKnown(row, "authority_kinds", standard.authority_kinds,
             NamesOf(data.authority_kinds, &AuthorityKind::id));
  standard.authorities = ReadAuthorityCodes(row);
  standard.procedure = row.OptionalText("procedure");
  if (!standard.procedure.empty()) row.OneOf("procedure", {"简易", "普通"});
  standard.fine_from = row.OptionalInteger("fine_from_fen", 1, INT64_MAX);
  standard.fine_to = row.OptionalInteger("fine_to_fen", 1, INT64_MAX);
  if (standard.fine_from && standard.fine_to && *standard.fine_to < *standard.fine_from) {
    row.ComplainAbout("fine_to_fen", "less than fine_from_fen");
  }
  standard.record_class = ClassFrom(row.OneOf("class", {"MINOR", "GENERAL", "PENDING", "SERIOUS"}));
  standard.provenance = ReadProvenance(row);
  row.Finish();
  return standard;
}

template <typename Member>
bool CoversAll(const std::vector<Member>& wide, const std::vector<Member>& narrow) {
  return wide.empty() ||
         (!narrow.empty() && std::all_of(narrow.begin(), narrow.end(), [&](const Member& member) {
           return std::find(wide.begin(), wide.end(), member) != wide.end();
         }));
}

bool CoversFines(const ClassStandard& wide, const ClassStandard& narrow) {
  if (!wide.fine_from && !wide.fine_to) return true;
  if (!narrow.fine_from && !narrow.fine_to) return false;
  return wide.fine_from.value_or(0) <= narrow.fine_from.value_or(0) &&
         wide.fine_to.value_or(INT64_MAX) >= narrow.fine_to.value_or(INT64_MAX);
}

// Every record that fits `narrow` fits `wide`, on every day.
bool CoversRecords(const ClassStandard& wide, const ClassStandard& narrow) {
  const bool same_matters =
      wide.matters.empty() ? narrow.matters.empty() : CoversAll(wide.matters, narrow.matters);
  return same_matters && CoversAll(wide.kinds, narrow.kinds) &&
         CoversAll(wide.authority_kinds, narrow.authority_kinds) &&
         CoversAll(wide.authorities, narrow.authorities) &&
         (wide.procedure.empty() || wide.procedure == narrow.procedure) &&
         CoversFines(wide, narrow) && wide.provenance.Covers(narrow.provenance);
}

// The first row that fits decides: one behind a row that takes everything of it never does.
void CheckReached(data::Table& row, const ClassStandard& standard,
                  const std::vector<ClassStandard>& before) {
  for (const ClassStandard& wide : before) {
    if (!CoversRecords(wide, standard)) continue;
    return row.Complain(
        absl::StrCat("never decides: ", wide.id, " takes all of it and stands before"));
  }
}

void Mention(data::Table& row, const std::vector<std::string>& codes, CatalogueData& data) {
  for (const std::string& code : codes) {
    data.mentions.push_back({code, row.file(), row.LineOf("authorities")});
  }
}

}  // namespace

void ParseRegime(const data::File& file, const std::vector<Deadline>& deadlines,
                 const std::vector<Effect>& effects, data::Problems& problems,
                 CatalogueData& data) {
  data::Table table(file.path, file.root, problems);
  const std::string regime = table.Text("regime");
  table.Text("name");
  table.Text("name_en");
  ReadProvenance(table);
  for (data::Table& row : table.OptionalTables("rule")) {
    data.rules.push_back(ReadRule(row, regime, deadlines, effects, data));
    Mention(row, data.rules.back().when.authorities, data);
  }
  for (data::Table& row : table.OptionalTables("exclusion")) {
    data.exclusions.push_back(ReadExclusion(row, data));
    Mention(row, data.exclusions.back().authorities, data);
  }
  table.Finish();
}

void ParseClasses(const data::File& file, data::Problems& problems, CatalogueData& data) {
  data::Table table(file.path, file.root, problems);
  for (data::Table& row : table.Tables("class_standard")) {
    ClassStandard standard = ReadClass(row, data);
    if (!data.archived) CheckReached(row, standard, data.classes);
    Mention(row, standard.authorities, data);
    data.classes.push_back(std::move(standard));
  }
  table.Finish();
}

}  // namespace xiufu::catalogue
