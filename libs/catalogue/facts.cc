#include "libs/catalogue/facts.h"

namespace xiufu::catalogue {
namespace {

template <typename Kind, size_t kCount>
std::optional<Kind> Named(const Kind (&kinds)[kCount], absl::string_view name) {
  for (const Kind kind : kinds) {
    if (ToString(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace

absl::string_view ToString(MatterKind matter) {
  switch (matter) {
    case MatterKind::kAbnormalList:
      return "ABNORMAL_LIST";
    case MatterKind::kAbnormalMark:
      return "ABNORMAL_MARK";
    case MatterKind::kSocialAbnormalList:
      return "SOCIAL_ABNORMAL_LIST";
    case MatterKind::kSeriousList:
      return "SERIOUS_LIST";
    case MatterKind::kSpotCheck:
      return "SPOT_CHECK";
    case MatterKind::kBreach:
      return "BREACH";
    case MatterKind::kPenalty:
      break;
  }
  return "PENALTY";
}

absl::string_view ToString(Basis basis) {
  switch (basis) {
    case Basis::kBankruptcyPlan:
      return "BANKRUPTCY_PLAN";
    case Basis::kBankruptcyExecuted:
      return "BANKRUPTCY_EXECUTED";
    case Basis::kContribution:
      return "CONTRIBUTION";
    case Basis::kExpiry:
      return "EXPIRY";
    case Basis::kWrongEntry:
      return "WRONG_ENTRY";
    case Basis::kAnnulment:
      return "ANNULMENT";
    case Basis::kObjection:
      return "OBJECTION";
    case Basis::kFalseMaterial:
      return "FALSE_MATERIAL";
    case Basis::kOrdinary:
      break;
  }
  return "ORDINARY";
}

std::optional<MatterKind> MatterNamed(absl::string_view name) { return Named(kMatterKinds, name); }

std::optional<Basis> BasisNamed(absl::string_view name) { return Named(kBases, name); }

}  // namespace xiufu::catalogue
