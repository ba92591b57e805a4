#include "libs/catalogue/governing.h"

#include <algorithm>
#include <optional>

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

// One kind of record of one class, or of none.
struct Cell {
  MatterKind matter;
  std::optional<RecordClass> record_class;
};

bool FitsCell(const Predicate& when, const Cell& cell) {
  return (when.matters.empty() || HasMember(when.matters, cell.matter)) &&
         (when.classes.empty() ||
          (cell.record_class && HasMember(when.classes, *cell.record_class)));
}

std::vector<Cell> CellsOf(const Predicate& when, const std::vector<MatterKind>& matters) {
  std::vector<Cell> cells;
  for (const MatterKind matter : matters) {
    for (const std::optional<RecordClass> each :
         {std::optional<RecordClass>(), std::optional(RecordClass::kMinor),
          std::optional(RecordClass::kGeneral), std::optional(RecordClass::kPending),
          std::optional(RecordClass::kSerious)}) {
      if (FitsCell(when, {matter, each})) cells.push_back({matter, each});
    }
  }
  return cells;
}

bool GoesFirst(const Rule& first, const Rule& rule, const Cell& cell) {
  return FitsCell(first.when, cell) && CoversTheRest(first.when, rule.when) &&
         RankOf(first) > RankOf(rule);
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

std::vector<const Rule*> RulesGoverning(const Catalogue& catalogue, const Authority& authority,
                                        absl::CivilDay on) {
  const std::vector<MatterKind> matters = MattersOf(catalogue, authority, on);
  std::vector<const Rule*> in_force;
  for (const Rule& rule : catalogue.rules()) {
    if (rule.provenance.InForce(on) && IsFor(rule.when, authority)) in_force.push_back(&rule);
  }
  std::vector<std::string> ids;
  for (const Rule* rule : in_force) {
    const std::vector<Cell> cells = CellsOf(rule->when, matters);
    const bool governs = std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) {
      return std::none_of(in_force.begin(), in_force.end(),
                          [&](const Rule* other) { return GoesFirst(*other, *rule, cell); });
    });
    if (!governs) continue;
    ids.push_back(rule->id);
    if (!rule->beside.empty()) ids.push_back(rule->beside);
  }
  std::vector<const Rule*> governing;
  for (const Rule* rule : in_force) {
    if (!HasMember(ids, rule->id)) continue;
    governing.push_back(AsConfirmedBy(catalogue.data(), rule, authority.code));
  }
  return governing;
}

}  // namespace xiufu::catalogue
