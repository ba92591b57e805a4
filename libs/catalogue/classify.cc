#include "libs/catalogue/classify.h"

#include <algorithm>

namespace xiufu::catalogue {
namespace {

bool FineFits(const ClassStandard& row, int64_t fine_fen) {
  if (!row.fine_from && !row.fine_to) return true;
  if (fine_fen <= 0) return false;
  return fine_fen >= row.fine_from.value_or(0) && (!row.fine_to || fine_fen <= *row.fine_to);
}

const ClassStandard* StandardFor(const CatalogueData& data, const PenaltyFacts& facts,
                                 absl::string_view kind, absl::CivilDay on) {
  for (const ClassStandard& row : data.classes) {
    if (row.provenance.InForce(on) && FitsAny(row.kinds, kind) &&
        FitsAny(row.authorities, facts.authority_code) &&
        (row.procedure.empty() || row.procedure == facts.procedure) &&
        FineFits(row, facts.fine_fen)) {
      return &row;
    }
  }
  return nullptr;
}

// A kind that the law does not name is classed as "other".
std::vector<std::string> KnownKinds(const CatalogueData& data, const PenaltyFacts& facts) {
  std::vector<std::string> kinds;
  for (const std::string& kind : facts.kinds) {
    const bool known = std::any_of(data.kinds.begin(), data.kinds.end(),
                                   [&](const PenaltyKind& k) { return k.name == kind; });
    kinds.push_back(known ? kind : data.other_kind);
  }
  if (kinds.empty()) kinds.push_back(data.other_kind);
  return kinds;
}

const Rule* RuleFor(const CatalogueData& data, const ClassStandard& standard, absl::CivilDay on) {
  for (const Rule& rule : data.rules) {
    const bool fits = standard.record_class == RecordClass::kPending
                          ? rule.id == standard.procedure_rule
                          : rule.record_class == standard.record_class;
    if (fits && rule.provenance.InForce(on)) return &rule;
  }
  return nullptr;
}

}  // namespace

bool FitsAny(const std::vector<std::string>& wanted, absl::string_view value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

Classification Classify(const CatalogueData& data, const PenaltyFacts& facts, absl::CivilDay on) {
  Classification longest;
  for (const std::string& kind : KnownKinds(data, facts)) {
    const ClassStandard* standard = StandardFor(data, facts, kind, on);
    if (standard == nullptr) return {};  // a kind without any standard: nothing can be said
    if (longest.standard == nullptr || standard->record_class > longest.standard->record_class) {
      longest.standard = standard;
    }
  }
  longest.record_class = longest.standard->record_class;
  longest.rule = RuleFor(data, *longest.standard, on);
  return longest;
}

}  // namespace xiufu::catalogue
