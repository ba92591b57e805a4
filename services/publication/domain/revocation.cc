#include "services/publication/domain/revocation.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::publication {
namespace {

// What it is reported to have been, it stays; but where the report itself is what was revoked, as
// if nobody had reported it.
bool StaysReported(const RevokedDecision& decision, RecordState former) {
  return former == RecordState::kWithdrawn ||
         (former == RecordState::kEnded && !decision.of_report);
}

// Of what would be public, or is not for a time: over is over.
RecordState ByLaw(RecordState state, const Publicity& publicity, absl::CivilDay today) {
  if (state == RecordState::kNotPublished) return state;
  const RecordState arrived = StateOnArrival(publicity, today);
  return arrived == RecordState::kPublished && state == RecordState::kShielded ? state : arrived;
}

RecordState StateNow(const RevokedDecision& decision, const Former& former,
                     const Publicity& publicity) {
  if (StaysReported(decision, former.state)) return former.state;
  const bool over = former.state == RecordState::kExpired && !decision.restarts;
  if (over) return RecordState::kExpired;
  return ByLaw(former.state, publicity, LegalDay(decision.entered_at));
}

}  // namespace

Former FormerOf(const std::vector<Ending>& chain) {
  Former former;
  for (size_t i = 0; i < chain.size(); ++i) {
    former.state = chain[i].former;
    const bool known = i + 1 < chain.size();
    if (!known || chain[i + 1].revoked_by.IsNone()) {
      if (known) former.by = chain[i + 1].decision;
      return former;
    }
  }
  return former;
}

bool Restore(const RevokedDecision& decision, const Former& former, const Publicity& publicity,
             Record& record) {
  if (record.ended_by != decision.decision) return false;
  record.version += 1;
  record.state = StateNow(decision, former, publicity);
  record.ended_by = Id();
  if (decision.restarts) record.content.restarted_on = decision.found_on;
  record.ends_on = publicity.ends_on;
  if (record.state == RecordState::kEnded || record.state == RecordState::kWithdrawn) return true;
  record.ended_at.reset();
  record.result_word.clear();
  if (record.state == RecordState::kExpired && record.ends_on) {
    record.ended_at = StartOfLegalDay(*record.ends_on + 1);
  } else if (record.state == RecordState::kShielded && former.by) {
    record.ended_by = former.by->decision;
    record.ended_at = former.by->entered_at;
    record.result_word = former.by->result_word;
  }
  return true;
}

RecordContent BreachContent(const RevokedDecision& decision, const Record& about,
                            const catalogue::Catalogue& catalogue) {
  const catalogue::Finding* finding = catalogue.FindFinding(decision.kind);
  RecordContent content;
  content.key = {catalogue::MatterKind::kBreach, decision.authority_uscc, decision.document_no,
                 decision.subject_uscc, ""};
  content.subject_name = about.content.subject_name;
  content.subject_kind = about.content.subject_kind;
  content.authority_name = decision.authority_name;
  content.decision_date = decision.found_on;
  content.published_on = LegalDay(decision.entered_at);
  content.repair_basis = catalogue::Basis::kFalseMaterial;
  content.ground = finding == nullptr ? decision.kind : finding->name;
  content.code_mismatch = about.content.code_mismatch;
  return content;
}

}  // namespace xiufu::publication
