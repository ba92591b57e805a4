#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace xiufu::catalogue {

// What kind of record the law is asked about.
enum class MatterKind {
  kPenalty,             // 行政处罚
  kAbnormalList,        // 经营异常名录
  kAbnormalMark,        // 个体工商户经营异常状态: a mark, not a list
  kSocialAbnormalList,  // 社会组织活动异常名录
  kSeriousList,         // 严重失信主体名单, of any authority
  kSpotCheck,           // 抽查检查结果, negative
  kBreach,  // 信用修复失信行为: false papers or a broken commitment; see findings.toml
};
inline constexpr MatterKind kMatterKinds[] = {
    MatterKind::kPenalty,      MatterKind::kAbnormalList,
    MatterKind::kAbnormalMark, MatterKind::kSocialAbnormalList,
    MatterKind::kSeriousList,  MatterKind::kSpotCheck,
    MatterKind::kBreach};
absl::string_view ToString(MatterKind matter);  // "PENALTY", "ABNORMAL_LIST", ...
std::optional<MatterKind> MatterNamed(absl::string_view name);

// Why the record should end. Everything but the ordinary way is named by who applies or by the
// document that came in.
enum class Basis {
  kOrdinary,            // the duties are fulfilled
  kBankruptcyPlan,      // a reorganisation plan or settlement is being carried out
  kBankruptcyExecuted,  // it has been carried out
  kContribution,        // outstanding contribution in a disaster or emergency
  kExpiry,              // the term is over
  kWrongEntry,          // it should not have been made
  kAnnulment,           // the determination was changed, annulled or found void
  kObjection,           // to content, period or result
  kFalseMaterial,       // a finding that papers were false or a commitment broken
};
inline constexpr Basis kBases[] = {
    Basis::kOrdinary,     Basis::kBankruptcyPlan, Basis::kBankruptcyExecuted,
    Basis::kContribution, Basis::kExpiry,         Basis::kWrongEntry,
    Basis::kAnnulment,    Basis::kObjection,      Basis::kFalseMaterial};
absl::string_view ToString(Basis basis);  // "ORDINARY", "BANKRUPTCY_PLAN", ...
std::optional<Basis> BasisNamed(absl::string_view name);

// What the law looks at in one record. Public record data only.
struct RecordFacts {
  MatterKind matter = MatterKind::kPenalty;
  std::string authority_code;  // of deploy/authorities; empty when it is not registered
  std::string authority_kind;  // of authority_kinds.toml; empty when it cannot be told
  // The date of the document that determined it: decision on a penalty, or on a listing.
  absl::CivilDay determined_on;
  std::optional<absl::CivilDay> published_on;       // where the feed tells
  std::optional<absl::CivilDay> corrected_on;       // where the authority has confirmed it
  std::optional<absl::CivilDay> restriction_until;  // last day of an attached statutory restriction
  // The finding by which a repair was revoked: periods of a rule that says so start anew with it.
  std::optional<absl::CivilDay> restarted_on;
  Basis basis = Basis::kOrdinary;

  // Penalties.
  std::vector<std::string> kinds;  // of 行政处罚法 art. 9, as penalty_kinds.toml names them: "罚款"
  int64_t fine_fen = 0;
  int64_t confiscated_fen = 0;
  std::string procedure;            // "简易", "普通" or empty where the feed does not say
  std::vector<std::string> fields;  // of fields.toml: "FOOD"; see Catalogue::FieldsOf

  // Lists and marks.
  std::string ground;           // of grounds.toml; empty when it is none of them
  std::optional<bool> curable;  // whether there is something that can be put right
};

}  // namespace xiufu::catalogue
