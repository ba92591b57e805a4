#include "libs/catalogue/own_facts.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/catalogue/governing.h"

namespace xiufu::catalogue {
namespace {

constexpr char kBetween[] = "\x1f";  // no text of the catalogue holds it
// The authority's file says it, and nobody else has.
constexpr char kInferred[] = "I";

std::string TextOf(const std::optional<int64_t>& bound) {
  return bound ? absl::StrCat(*bound) : "";
}

RuleFact ItemFact(const Item& item, const Implementation& own, const OneThing& one_thing) {
  const bool provisional = item.provisional || own.provisional || one_thing.provisional;
  return {item.id,
          absl::StrJoin({item.name, item.base_code, own.code, one_thing.code,
                         std::string(provisional ? "provisional" : "given")},
                        kBetween),
          item.source, provisional ? kInferred : item.confidence};
}

bool IsConfirmed(const CatalogueData& data, const Authority& authority, const RuleFact& fact) {
  return std::any_of(data.confirmations.begin(), data.confirmations.end(),
                     [&](const Confirmation& each) {
                       return each.authority == authority.code && each.rule == kOwnFacts &&
                              each.field == fact.field && each.changed_to.empty() &&
                              each.content == DigestOf(fact);
                     });
}

}  // namespace

RuleFact FactOf(const ClassStandard& standard) {
  const std::string matters = absl::StrJoin(
      standard.matters, ",",
      [](std::string* out, MatterKind matter) { absl::StrAppend(out, ToString(matter)); });
  return {standard.id,
          absl::StrJoin({matters, absl::StrJoin(standard.kinds, ","), standard.procedure,
                         TextOf(standard.fine_from), TextOf(standard.fine_to),
                         std::string(ToString(standard.record_class))},
                        kBetween),
          standard.provenance.source, standard.provenance.confidence};
}

std::vector<RuleFact> OwnFactsOf(const Catalogue& catalogue, const Authority& authority,
                                 absl::CivilDay on) {
  std::vector<RuleFact> facts;
  facts.push_back({"handling", std::string(ToString(authority.handling)), "", kInferred});
  facts.push_back({"hotline", authority.hotline, "", kInferred});
  for (const Item& item : catalogue.items()) {
    const Implementation* own = authority.FindImplementation(item.id);
    if (own != nullptr) facts.push_back(ItemFact(item, *own, catalogue.one_thing()));
  }
  for (const GoverningStandard& each : StandardsGoverning(catalogue, authority, on)) {
    facts.push_back(FactOf(*each.standard));
  }
  for (RuleFact& fact : facts) {
    if (IsConfirmed(catalogue.data(), authority, fact)) fact.confidence = kConfirmedByAuthority;
  }
  return facts;
}

}  // namespace xiufu::catalogue
