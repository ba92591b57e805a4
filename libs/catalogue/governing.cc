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

// What standards before one another leave over.
class StandardFilter {
 public:
  explicit StandardFilter(std::vector<MatterKind> matters) : matters_(std::move(matters)) {}

  // Nothing: all of it is taken.
  std::optional<GoverningStandard> Take(const ClassStandard& standard) {
    GoverningStandard left{&standard, {}, {}};
    const std::vector<MatterKind> penalties = {MatterKind::kPenalty};
    for (const MatterKind matter : standard.matters.empty() ? penalties : standard.matters) {
      if (HasMember(matters_, matter) && !HasMember(taken_matters_, matter)) {
        left.matters.push_back(matter);
      }
    }
    for (const std::string& kind : standard.kinds) {
      if (!HasMember(taken_kinds_, kind)) left.kinds.push_back(kind);
    }
    const bool procedure_taken =
        standard.kinds.empty() && HasMember(taken_procedures_, standard.procedure);
    if (left.matters.empty() || (left.kinds.empty() && !standard.kinds.empty()) ||
        (!standard.procedure.empty() && procedure_taken)) {
      return std::nullopt;
    }
    Mark(standard, left);
    return left;
  }

 private:
  // Amounts leave the rest of a kind over.
  void Mark(const ClassStandard& standard, const GoverningStandard& left) {
    if (standard.fine_from || standard.fine_to) return;
    if (!standard.procedure.empty()) {
      if (standard.kinds.empty()) taken_procedures_.push_back(standard.procedure);
    } else if (!standard.kinds.empty()) {
      taken_kinds_.insert(taken_kinds_.end(), left.kinds.begin(), left.kinds.end());
    } else {
      taken_matters_.insert(taken_matters_.end(), left.matters.begin(), left.matters.end());
    }
  }

  const std::vector<MatterKind> matters_;
  std::vector<MatterKind> taken_matters_;
  std::vector<std::string> taken_kinds_, taken_procedures_;
};

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

std::vector<GoverningStandard> StandardsGoverning(const Catalogue& catalogue,
                                                  const Authority& authority, absl::CivilDay on) {
  StandardFilter filter(MattersOf(catalogue, authority, on));
  std::vector<GoverningStandard> governing;
  for (const ClassStandard& standard : catalogue.data().classes) {
    if (!standard.provenance.InForce(on) || !FitsAny(standard.authority_kinds, authority.kind) ||
        !FitsAny(standard.authorities, authority.code)) {
      continue;
    }
    if (auto left = filter.Take(standard)) governing.push_back(*std::move(left));
  }
  return governing;
}

}  // namespace xiufu::catalogue
