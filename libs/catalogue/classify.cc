#include "libs/catalogue/classify.h"

#include <algorithm>

#include "libs/catalogue/select.h"

namespace xiufu::catalogue {
namespace {

bool FineFits(const ClassStandard& row, int64_t fine_fen) {
  if (!row.fine_from && !row.fine_to) return true;
  if (fine_fen <= 0) return false;
  return fine_fen >= row.fine_from.value_or(0) && (!row.fine_to || fine_fen <= *row.fine_to);
}

bool MatterFits(const ClassStandard& row, MatterKind matter) {
  if (row.matters.empty()) return matter == MatterKind::kPenalty;
  return std::find(row.matters.begin(), row.matters.end(), matter) != row.matters.end();
}

const ClassStandard* StandardFor(const CatalogueData& data, const RecordFacts& facts,
                                 absl::string_view kind, absl::CivilDay on) {
  for (const ClassStandard& row : data.classes) {
    if (row.provenance.InForce(on) && MatterFits(row, facts.matter) && FitsAny(row.kinds, kind) &&
        FitsAny(row.authority_kinds, facts.authority_kind) &&
        FitsAny(row.authorities, facts.authority_code) &&
        (row.procedure.empty() || row.procedure == facts.procedure) &&
        FineFits(row, facts.fine_fen)) {
      return &row;
    }
  }
  return nullptr;
}

// A kind that the law does not name is classed as "other"; what is no penalty has no kinds.
std::vector<std::string> KnownKinds(const CatalogueData& data, const RecordFacts& facts) {
  std::vector<std::string> kinds;
  for (const std::string& kind : facts.kinds) {
    const bool known = std::any_of(data.kinds.begin(), data.kinds.end(),
                                   [&](const PenaltyKind& k) { return k.name == kind; });
    kinds.push_back(known ? kind : data.other_kind);
  }
  if (kinds.empty()) kinds.push_back(data.other_kind);
  return kinds;
}

}  // namespace

Classification Classify(const CatalogueData& data, const RecordFacts& facts, absl::CivilDay on) {
  Classification longest;
  for (const std::string& kind : KnownKinds(data, facts)) {
    const ClassStandard* standard = StandardFor(data, facts, kind, on);
    if (standard == nullptr) return {};  // a kind without any standard: nothing can be said
    if (longest.standard == nullptr || standard->record_class > longest.standard->record_class) {
      longest = {standard->record_class, standard};
    }
  }
  return longest;
}

}  // namespace xiufu::catalogue
