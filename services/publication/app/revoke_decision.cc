#include "services/publication/app/revoke_decision.h"

#include <optional>

#include "libs/base/legal_day.h"
#include "services/publication/app/automatic_end.h"
#include "services/publication/domain/publicity.h"

namespace xiufu::publication {

absl::Status RevokeDecision::operator()(const RevokedDecision& decision,
                                        const messaging::Cause& cause, storage::Tx& tx) const {
  if (revocations_->Has(tx, decision.decision)) return absl::OkStatus();
  std::optional<Record> record = records_->Find(tx, decision.record);
  if (!record) return absl::NotFoundError("the record of the decision is unknown");
  const catalogue::LawSnapshot law = law_->Get();
  revocations_->Insert(tx, decision);
  RecordContent content = record->content;
  if (decision.restarts) content.restarted_on = decision.found_on;
  const Publicity publicity =
      PublicityOf(content, law->catalogue, law->authorities, LegalDay(decision.entered_at));
  if (Restore(decision, FormerOf(ChainOf(decision.decision, tx)), publicity, *record)) {
    records_->SavePublicity(tx, *record);
    records_->SaveReckoning(tx, record->id, publicity, law->catalogue.version());
  }
  if (decision.breach) RecordBreach(decision, *record, *law, tx);
  announcer_->Announce(tx, cause, decision, *record);
  // What is public from now on may be over by the time this is handled.
  return AutomaticEnd::Begin(tx, cause.now);
}

std::vector<Ending> RevokeDecision::ChainOf(const Id& decision, storage::Tx& tx) const {
  std::vector<Ending> chain;
  std::optional<Ending> ending = endings_->FindWhole(tx, decision);
  while (ending) {
    chain.push_back(*ending);
    if (ending->revoked_by.IsNone() || ending->former_by.IsNone()) break;
    ending = endings_->FindWhole(tx, ending->former_by);
  }
  return chain;
}

void RevokeDecision::RecordBreach(const RevokedDecision& decision, const Record& about,
                                  const catalogue::Law& law, storage::Tx& tx) const {
  const RecordContent content = BreachContent(decision, about, law.catalogue);
  // One document may revoke the repair of several records.
  if (records_->FindByKey(tx, content.key, content.authority_name)) return;
  const absl::CivilDay day = LegalDay(decision.entered_at);
  const Publicity publicity = PublicityOf(content, law.catalogue, law.authorities, day);
  const Record breach = {.id = DeriveId(decision.revocation, "breach", 0, {}),
                         .version = 1,
                         .content = content,
                         .state = StateOnArrival(publicity, day),
                         .ends_on = publicity.ends_on};
  records_->Insert(tx, breach, Fingerprint(content), law.catalogue.version(), decision.entered_at);
}

}  // namespace xiufu::publication
