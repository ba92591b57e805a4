#include "libs/catalogue/select.h"

#include <algorithm>

namespace xiufu::catalogue {
namespace {

template <typename T>
bool Has(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool OnlyKinds(const std::vector<std::string>& wanted, const std::vector<std::string>& kinds) {
  if (wanted.empty()) return true;
  return !kinds.empty() && std::all_of(kinds.begin(), kinds.end(),
                                       [&](const std::string& kind) { return Has(wanted, kind); });
}

bool AnyField(const std::vector<std::string>& wanted, const std::vector<std::string>& fields) {
  if (wanted.empty()) return true;
  return std::any_of(fields.begin(), fields.end(),
                     [&](const std::string& field) { return Has(wanted, field); });
}

}  // namespace

bool FitsAny(const std::vector<std::string>& wanted, absl::string_view value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool Fits(const Predicate& when, const RecordFacts& facts,
          std::optional<RecordClass> record_class) {
  return when.basis == facts.basis && (when.matters.empty() || Has(when.matters, facts.matter)) &&
         FitsAny(when.authority_kinds, facts.authority_kind) &&
         FitsAny(when.authorities, facts.authority_code) &&
         (when.classes.empty() || (record_class && Has(when.classes, *record_class))) &&
         AnyField(when.fields, facts.fields) && OnlyKinds(when.only_kinds, facts.kinds) &&
         FitsAny(when.grounds, facts.ground) && FitsAny(when.procedures, facts.procedure) &&
         (!when.curable || !facts.curable || when.curable == facts.curable);
}

int Specificity(const Predicate& when) {
  return !when.matters.empty() + !when.authority_kinds.empty() + !when.authorities.empty() +
         !when.classes.empty() + !when.fields.empty() + !when.only_kinds.empty() +
         !when.grounds.empty() + !when.procedures.empty() + when.curable.has_value();
}

std::tuple<Precedence, bool, int> RankOf(const Rule& rule) {
  return {rule.precedence, !rule.published, Specificity(rule.when)};
}

Selection SelectRule(const CatalogueData& data, const RecordFacts& facts,
                     std::optional<RecordClass> record_class, absl::CivilDay on) {
  std::vector<const Rule*> fitting;
  for (const Rule& rule : data.rules) {
    if (rule.provenance.InForce(on) && Fits(rule.when, facts, record_class)) {
      fitting.push_back(&rule);
    }
  }
  std::stable_sort(fitting.begin(), fitting.end(),
                   [](const Rule* a, const Rule* b) { return RankOf(*a) > RankOf(*b); });
  Selection selection;
  for (const Rule* rule : fitting) {
    (RankOf(*rule) == RankOf(*fitting.front()) ? selection.tied : selection.set_aside)
        .push_back(rule);
  }
  // Where each says that it may not be published at all, it is the same whichever says it.
  const bool agreed = std::all_of(selection.tied.begin(), selection.tied.end(),
                                  [](const Rule* rule) { return !rule->published; });
  if (!selection.tied.empty() && (selection.tied.size() == 1 || agreed)) {
    selection.rule = selection.tied.front();
    selection.set_aside.insert(selection.set_aside.begin(), selection.tied.begin() + 1,
                               selection.tied.end());
    selection.tied.clear();
  }
  return selection;
}

const Rule* RuleOn(const CatalogueData& data, absl::string_view id, absl::CivilDay on) {
  for (const Rule& rule : data.rules) {
    if (rule.id == id && rule.provenance.InForce(on)) return &rule;
  }
  return nullptr;
}

}  // namespace xiufu::catalogue
