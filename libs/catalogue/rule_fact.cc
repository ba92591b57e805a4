#include "libs/catalogue/rule_fact.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/id.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {
namespace {

// Between parts of a content; no text of the catalogue holds it.
constexpr char kSeparator[] = "\x1f";

template <typename Enum>
std::string NamesIn(const std::vector<Enum>& members) {
  return absl::StrJoin(members, ",", [](std::string* out, const Enum& member) {
    absl::StrAppend(out, ToString(member));
  });
}

std::string ContentOf(const Predicate& when) {
  const std::string curable = !when.curable ? "" : *when.curable ? "true" : "false";
  return absl::StrJoin(
      {NamesIn(when.matters), absl::StrJoin(when.authority_kinds, ","),
       absl::StrJoin(when.authorities, ","), NamesIn(when.classes), absl::StrJoin(when.fields, ","),
       absl::StrJoin(when.only_kinds, ","), absl::StrJoin(when.grounds, ","),
       absl::StrJoin(when.procedures, ","), curable, std::string(ToString(when.basis))},
      kSeparator);
}

std::string ContentOf(const std::optional<Term>& term) {
  if (!term) return "none";
  return absl::StrCat(calendar::FormatPeriod(term->period), kSeparator, ToString(term->from));
}

class Collector {
 public:
  Collector(const CatalogueData& data, const Rule& rule) : data_(data), rule_(rule) {}

  std::vector<RuleFact> Collect() {
    Add("applies_to", absl::StrCat(rule_.name, kSeparator, ContentOf(rule_.when), kSeparator,
                                   ToString(rule_.precedence)));
    Publicity();
    Breach();
    Procedure();
    for (const Deadline& deadline : rule_.deadlines) AddDeadline(deadline);
    for (const Effect& effect : rule_.effects) {
      Add(effect.id,
          absl::StrCat(effect.name, kSeparator,
                       effect.carried_by == CarriedBy::kAuthority ? "authority" : "publication"));
    }
    Add("result_word", rule_.result_word);
    if (!rule_.mark_result_word.empty()) Add("mark_result_word", rule_.mark_result_word);
    return std::move(facts_);
  }

 private:
  // What follows from a finding that a repair was got by a breach.
  void Breach() {
    if (rule_.ban) Add("ban", calendar::FormatPeriod(*rule_.ban));
    if (rule_.restarts_on_revocation) Add("restarts_on_revocation", "true");
    if (rule_.commitment_binds) {
      Add("commitment_binds", calendar::FormatPeriod(*rule_.commitment_binds));
    }
  }

  void Publicity() {
    if (!rule_.published) return Add("published", "false");
    if (!rule_.applied_for) Add("applied_for", rule_.by_person ? "by_person" : "by_itself");
    if (rule_.applied_for) Add("minimum", ContentOf(rule_.minimum));
    if (rule_.applied_for || rule_.maximum) Add("maximum", ContentOf(rule_.maximum));
  }

  void Procedure() {
    for (const Condition& condition : rule_.conditions) {
      Add(condition.id, absl::StrCat(condition.name, kSeparator, static_cast<int>(condition.proof),
                                     kSeparator, absl::StrJoin(condition.materials, ","),
                                     condition.by_ground ? "by_ground" : ""));
    }
    for (const std::string& kind : rule_.materials) AddMaterial(kind);
    if (!rule_.applied_for && !rule_.by_person) return;
    Add("pre_check", rule_.pre_check);
    if (!rule_.second_check.empty()) Add("second_check", rule_.second_check);
    Add("decides", rule_.decides);
    Add("handling", std::string(ToString(rule_.handling)));
    if (rule_.applied_for) Add("ends_publicity_on", rule_.ends_publicity_on);
  }

  void AddMaterial(const std::string& kind) {
    for (const MaterialKind& material : data_.materials) {
      if (material.kind != kind) continue;
      facts_.push_back(
          {kind, absl::StrCat(material.name, kSeparator, material.fetched ? "fetched" : "asked"),
           material.provenance.source, material.provenance.confidence});
    }
  }

  void AddDeadline(const Deadline& deadline) {
    facts_.push_back(
        {deadline.id,
         absl::StrCat(deadline.kind, kSeparator, deadline.start_event, deadline.start_event_pushed,
                      kSeparator, deadline.days, kSeparator,
                      deadline.day_kind == DayKind::kWorking ? "WORKING" : "CALENDAR", kSeparator,
                      deadline.pauses_on_supplement ? "pauses" : "runs"),
         deadline.provenance.source, deadline.provenance.confidence});
  }

  void Add(std::string field, std::string content) {
    facts_.push_back({std::move(field), std::move(content), rule_.provenance.source,
                      rule_.provenance.confidence});
  }

  const CatalogueData& data_;
  const Rule& rule_;
  std::vector<RuleFact> facts_;
};

}  // namespace

std::vector<RuleFact> FactsOf(const CatalogueData& data, const Rule& rule) {
  return Collector(data, rule).Collect();
}

std::string DigestOf(const RuleFact& fact) {
  return HexEncode(Sha256(absl::StrJoin({fact.field, fact.content, fact.source}, kSeparator)));
}

std::string DigestOf(const std::vector<RuleFact>& facts) {
  std::string digests;
  for (const RuleFact& fact : facts) absl::StrAppend(&digests, DigestOf(fact));
  return HexEncode(Sha256(digests));
}

}  // namespace xiufu::catalogue
