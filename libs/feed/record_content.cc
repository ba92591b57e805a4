#include "libs/feed/record_content.h"

namespace xiufu::feed {

absl::string_view ToString(Reported::Kind kind) {
  switch (kind) {
    case Reported::Kind::kMovedOut:
      return "MOVED_OUT";
    case Reported::Kind::kRevoked:
      return "REVOKED";
    case Reported::Kind::kAnnulled:
      return "ANNULLED";
    case Reported::Kind::kDisputed:
      return "DISPUTED";
  }
  return "UNKNOWN";
}

catalogue::WordedRecord WordsOf(const RecordContent& content) {
  catalogue::WordedRecord words;
  words.matter = content.key.matter;
  words.authority_name = content.authority_name;
  words.authority_uscc = content.key.authority_uscc;
  words.determined_on = content.decision_date;
  words.published_on = content.published_on;
  words.corrected_on = content.corrected_on;
  words.restriction_until = content.restriction_until;
  words.restarted_on = content.restarted_on;
  words.basis = content.repair_basis;
  words.kinds = content.penalty_kinds;
  words.fine_fen = content.fine_fen;
  words.confiscated_fen = content.confiscated_fen;
  words.procedure = content.procedure;
  words.violation = content.violation;
  words.legal_basis = content.basis;
  words.list_name = content.list_name;
  words.ground = content.ground;
  return words;
}

}  // namespace xiufu::feed
