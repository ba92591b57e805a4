#include "services/xiufuctl/guide_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"
#include "libs/base/money.h"
#include "libs/catalogue/reason_keys.h"
#include "libs/catalogue/tables.h"

namespace xiufu::ctl {
namespace {

using catalogue::MatterKind;

template <typename Row>
std::string NameIn(const std::vector<Row>& rows, const std::string& id) {
  for (const Row& row : rows) {
    if (row.id == id) return row.name;
  }
  return id;
}

}  // namespace

catalogue::BilingualText GuideWords::Both(absl::string_view key,
                                          absl::Span<const catalogue::MessageArg> args) const {
  if (!messages_->Contains(key)) missing_.emplace(key);
  return messages_->Text(key, args);
}

std::string GuideWords::Section(size_t index, absl::string_view name_key) const {
  const std::vector<std::string> numbers = absl::StrSplit((*this)("GUIDE_NUMBERS"), ',');
  return (*this)("GUIDE_SECTION", {{"number", index < numbers.size() ? numbers[index] : ""},
                                   {"name", (*this)(name_key)}});
}

std::string GuideWords::Day(absl::CivilDay day) const {
  return (*this)("LETTER_DAY", {{"year", absl::StrCat(day.year())},
                                {"month", absl::StrCat(day.month())},
                                {"day", absl::StrCat(day.day())}});
}

std::string GuideWords::List(const std::vector<std::string>& items) const {
  return absl::StrJoin(items, (*this)("LETTER_LIST_COMMA"));
}

std::string GuideWords::Sentence(const std::vector<std::string>& parts) const {
  return absl::StrJoin(parts, (*this)("LETTER_LIST_SEMICOLON"));
}

std::string GuideWords::Source(absl::string_view source, absl::string_view confidence) const {
  return (*this)(
      "NOTICE_SOURCE",
      {{"source", source},
       {"mark", catalogue::IsVerified(confidence) ? "" : (*this)("NOTICE_UNVERIFIED_MARK")}});
}

std::string GuideWords::Confidence(absl::string_view confidence) const {
  return (*this)(absl::StrCat("CONFIDENCE_", confidence));
}

std::string GuideWords::Rule(const catalogue::Rule& rule) const {
  return (*this)("GUIDE_RULE", {{"name", rule.name}, {"id", rule.id}});
}

std::string GuideWords::RuleInCell(const catalogue::Rule& rule) const {
  return absl::StrCat(rule.name, "\n", rule.id);
}

std::string GuideWords::Rules(const std::vector<const catalogue::Rule*>& rules) const {
  std::vector<std::string> names;
  for (const catalogue::Rule* rule : rules) names.push_back(Rule(*rule));
  return List(names);
}

std::string GuideWords::Limit(const catalogue::Deadline& deadline) const {
  const bool working = deadline.day_kind == catalogue::DayKind::kWorking;
  const std::string limit =
      (*this)(working ? "NOTICE_LIMIT_WORKING" : "NOTICE_LIMIT_CALENDAR",
              {{"start", (*this)(absl::StrCat("NOTICE_START_", catalogue::StartKey(deadline)))},
               {"days", absl::StrCat(deadline.days)}});
  return deadline.pauses_on_supplement ? (*this)("NOTICE_LIMIT_PAUSES", {{"limit", limit}}) : limit;
}

std::string GuideWords::StepLimit(const catalogue::Deadline& deadline) const {
  return (*this)("GUIDE_STEP_LIMIT",
                 {{"step", (*this)(absl::StrCat("NOTICE_STEP_", deadline.kind))},
                  {"limit", Source(Limit(deadline), deadline.provenance.confidence)}});
}

std::string GuideWords::Term(absl::string_view key, const catalogue::Term& term) const {
  const catalogue::BilingualText anchor =
      catalogue_->data().reasons.Text(catalogue::AnchorKey(term.from));
  return (*this)(key, {{"anchor", anchor.zh}, {"period", calendar::FormatPeriodZh(term.period)}});
}

std::string GuideWords::Minimum(const catalogue::Rule& rule) const {
  if (!rule.minimum) return (*this)("LETTER_UNKNOWN");
  if (rule.minimum->period.IsZero()) return (*this)("GUIDE_NO_MINIMUM");
  return Term("GUIDE_MINIMUM", *rule.minimum);
}

std::string GuideWords::Maximum(const catalogue::Rule& rule) const {
  if (rule.maximum) return Term("GUIDE_MAXIMUM", *rule.maximum);
  if (!rule.published) return (*this)("GUIDE_NOT_PUBLISHED");
  if (!rule.applied_for) return (*this)("LETTER_UNKNOWN");
  return (*this)("GUIDE_NO_MAXIMUM");
}

std::string GuideWords::Result(const catalogue::Rule& rule) const {
  if (rule.mark_result_word.empty()) return rule.result_word;
  return (*this)("GUIDE_RESULT_OR_MARK",
                 {{"result", rule.result_word}, {"mark", rule.mark_result_word}});
}

std::string GuideWords::When(const catalogue::Rule& rule,
                             const std::vector<MatterKind>& matters) const {
  const catalogue::Predicate& when = rule.when;
  const catalogue::CatalogueData& data = catalogue_->data();
  std::vector<std::string> kinds, parts;
  for (const MatterKind matter : matters) {
    const bool meant = when.matters.empty() || std::find(when.matters.begin(), when.matters.end(),
                                                         matter) != when.matters.end();
    if (meant) kinds.push_back((*this)(absl::StrCat("GUIDE_MATTER_", ToString(matter))));
  }
  parts.push_back(List(kinds));
  const auto add = [&](absl::string_view key, const std::vector<std::string>& names) {
    if (!names.empty()) parts.push_back((*this)(key, {{"names", List(names)}}));
  };
  std::vector<std::string> classes, fields, grounds;
  for (const auto each : when.classes) {
    classes.push_back((*this)(absl::StrCat("GUIDE_CLASS_", ToString(each))));
  }
  for (const std::string& id : when.fields) fields.push_back(NameIn(data.fields, id));
  for (const std::string& id : when.grounds) grounds.push_back(NameIn(data.grounds, id));
  add("GUIDE_CLASSES", classes);
  add("GUIDE_FIELDS", fields);
  add("GUIDE_ONLY_KINDS", when.only_kinds);
  add("GUIDE_GROUNDS", grounds);
  add("GUIDE_PROCEDURES", when.procedures);
  if (when.curable) {
    parts.push_back((*this)(*when.curable ? "GUIDE_CURABLE" : "GUIDE_NOT_CURABLE"));
  }
  if (when.basis != catalogue::Basis::kOrdinary) {
    parts.push_back((*this)(absl::StrCat("GUIDE_BASIS_", ToString(when.basis))));
  }
  return Sentence(parts);
}

std::string GuideWords::Standard(const catalogue::GoverningStandard& each) const {
  const catalogue::ClassStandard& standard = *each.standard;
  std::vector<std::string> parts, matters;
  for (const MatterKind matter : each.matters) {
    matters.push_back((*this)(absl::StrCat("GUIDE_MATTER_", ToString(matter))));
  }
  parts.push_back(List(matters));
  if (!each.kinds.empty()) {
    parts.push_back((*this)("GUIDE_STANDARD_KINDS", {{"names", List(each.kinds)}}));
  }
  if (!standard.procedure.empty()) {
    parts.push_back((*this)("GUIDE_PROCEDURES", {{"names", standard.procedure}}));
  }
  if (standard.fine_from) {
    parts.push_back((*this)("GUIDE_FINE_FROM", {{"yuan", YuanFromFen(*standard.fine_from)}}));
  }
  if (standard.fine_to) {
    parts.push_back((*this)("GUIDE_FINE_TO", {{"yuan", YuanFromFen(*standard.fine_to)}}));
  }
  return Sentence(parts);
}

std::string GuideWords::Class(const catalogue::ClassStandard& standard) const {
  return (*this)(absl::StrCat("GUIDE_CLASS_", ToString(standard.record_class)));
}

std::string GuideWords::Proof(const catalogue::Condition& condition,
                              absl::string_view authority_kind, absl::CivilDay on) const {
  if (condition.proof != catalogue::Proof::kPapers) {
    return (*this)(condition.proof == catalogue::Proof::kRestriction ? "GUIDE_PROOF_RESTRICTION"
                                                                     : "GUIDE_PROOF_AUTHORITY");
  }
  std::vector<std::string> names;
  for (const std::string& kind : condition.materials) {
    names.push_back(Material(kind, authority_kind, on));
  }
  return (*this)("GUIDE_PROOF_PAPERS", {{"materials", List(names)}});
}

std::string GuideWords::Carrier(const catalogue::Effect& effect) const {
  return (*this)(effect.carried_by == catalogue::CarriedBy::kAuthority
                     ? "GUIDE_CARRIED_BY_AUTHORITY"
                     : "GUIDE_CARRIED_BY_PUBLICATION",
                 {{"effect", effect.name}});
}

std::string GuideWords::Material(absl::string_view kind, absl::string_view authority_kind,
                                 absl::CivilDay on) const {
  for (const auto form : {catalogue::FormKind::kApplication, catalogue::FormKind::kCommitment}) {
    const catalogue::Form* found = catalogue_->FindForm(form, kind, authority_kind, on);
    if (found != nullptr) return found->name;
  }
  const catalogue::MaterialKind* material = catalogue_->FindMaterial(kind);
  return material == nullptr ? std::string(kind) : material->name;
}

}  // namespace xiufu::ctl
