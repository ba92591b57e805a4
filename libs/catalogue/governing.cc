#include "libs/catalogue/governing.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "libs/catalogue/confirmation.h"
#include "libs/catalogue/select.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {
namespace {

template <typename T>
bool HasMember(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool IsFor(const Predicate& when, const Authority& authority) {
  return FitsAny(when.authority_kinds, authority.kind) && FitsAny(when.authorities, authority.code);
}

bool NamesLine(const Predicate& when, const Authority& authority) {
  return HasMember(when.authority_kinds, authority.kind) ||
         HasMember(when.authorities, authority.code);
}

// Every member of `narrow` is one of `wide`; an empty list is everything.
template <typename T>
bool Covers(const std::vector<T>& wide, const std::vector<T>& narrow) {
  return wide.empty() ||
         (!narrow.empty() && std::all_of(narrow.begin(), narrow.end(),
                                         [&](const T& member) { return HasMember(wide, member); }));
}

// Whether every record that fits `narrow` fits `wide` too, matter, class and authority aside.
bool CoversTheRest(const Predicate& wide, const Predicate& narrow) {
  return wide.basis == narrow.basis && Covers(wide.fields, narrow.fields) &&
         Covers(wide.only_kinds, narrow.only_kinds) && Covers(wide.grounds, narrow.grounds) &&
         Covers(wide.procedures, narrow.procedures) &&
         (!wide.curable || wide.curable == narrow.curable);
}

bool FitsMatter(const Predicate& when, MatterKind matter) {
  return when.matters.empty() || HasMember(when.matters, matter);
}

bool FitsClass(const Predicate& when, std::optional<RecordClass> record_class) {
  return when.classes.empty() || (record_class && HasMember(when.classes, *record_class));
}

// Whether some record of this kind may be governed by the rule: of one of its classes, no rule that
// goes first takes all of them.
bool Governs(const Rule& rule, MatterKind matter, const std::vector<const Rule*>& in_force) {
  if (!FitsMatter(rule.when, matter)) return false;
  constexpr std::optional<RecordClass> kEach[] = {std::nullopt, RecordClass::kMinor,
                                                  RecordClass::kGeneral, RecordClass::kPending,
                                                  RecordClass::kSerious};
  return std::any_of(std::begin(kEach), std::end(kEach), [&](const auto& each) {
    if (!FitsClass(rule.when, each)) return false;
    return std::none_of(in_force.begin(), in_force.end(), [&](const Rule* other) {
      return FitsMatter(other->when, matter) && FitsClass(other->when, each) &&
             CoversTheRest(other->when, rule.when) && RankOf(*other) > RankOf(rule);
    });
  });
}

}  // namespace

std::vector<MatterKind> MattersOf(const Catalogue& catalogue, const Authority& authority,
                                  absl::CivilDay on) {
  std::vector<MatterKind> matters;
  for (const MatterKind matter : kMatterKinds) {
    const bool named =
        std::any_of(catalogue.rules().begin(), catalogue.rules().end(), [&](const Rule& rule) {
          return rule.provenance.InForce(on) && NamesLine(rule.when, authority) &&
                 HasMember(rule.when.matters, matter);
        });
    if (named || catalogue.ItemOf(matter, authority.kind) != nullptr) matters.push_back(matter);
  }
  return matters;
}

std::vector<GoverningRule> RulesGoverning(const Catalogue& catalogue, const Authority& authority,
                                          absl::CivilDay on) {
  std::vector<const Rule*> in_force;
  for (const Rule& rule : catalogue.rules()) {
    if (rule.provenance.InForce(on) && IsFor(rule.when, authority)) in_force.push_back(&rule);
  }
  const std::vector<MatterKind> matters = MattersOf(catalogue, authority, on);
  std::vector<GoverningRule> governing;
  for (const Rule* rule : in_force) {
    std::vector<MatterKind> own;
    for (const MatterKind matter : matters) {
      const bool beside = std::any_of(in_force.begin(), in_force.end(), [&](const Rule* other) {
        return other->beside == rule->id && FitsMatter(rule->when, matter) &&
               Governs(*other, matter, in_force);
      });
      if (beside || Governs(*rule, matter, in_force)) own.push_back(matter);
    }
    if (own.empty()) continue;
    governing.push_back({AsConfirmedBy(catalogue.data(), rule, authority.code), std::move(own)});
  }
  return governing;
}

}  // namespace xiufu::catalogue
