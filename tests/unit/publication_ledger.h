#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/messaging/cause.h"
#include "libs/service/due_work.h"
#include "libs/service/handling.h"
#include "libs/service/retry_policy.h"
#include "services/publication/app/automatic_end.h"
#include "tests/unit/publication_rig.h"
#include "xiufu/result/v1/events.pb.h"
#include "xiufu/result/v1/revocation_events.pb.h"

namespace xiufu::publication {

// The ledger as publication hears it: decisions about one record, by name, and what revokes them.
class LedgerOf {
 public:
  static Id IdOf(const std::string& name) { return DeriveId(Id(), name, 1, {1, 2}); }

  messaging::Envelope Entered(const std::string& decision, const Id& record, uint64_t version,
                              const std::string& effect, absl::Time at) const {
    result::v1::DecisionEntered event;
    SetIds(decision, record, event);
    event.set_record_version(version);
    event.set_result(common::v1::CASE_RESULT_APPROVED);
    event.mutable_entered_at()->set_seconds(absl::ToUnixSeconds(at));
    event.add_effects(absl::StrCat(effect, "@publication"));
    event.set_result_word(effect == "SHIELD" ? "暂时屏蔽" : "终止公示");
    event.mutable_commitment()->set_title("信用承诺书");
    event.mutable_commitment()->set_made_on(FormatDay(LegalDay(at)));
    event.mutable_commitment()->set_rule_id("N36-GEN");
    return Envelope("xiufu.result.decision_entered.v1", decision, event.SerializeAsString());
  }
  messaging::Envelope Revoked(const std::string& decision, const Id& record,
                              const std::string& kind, const std::string& found_on,
                              absl::Time at) const {
    result::v1::DecisionRevoked event;
    SetIds(decision, record, event);
    event.set_revocation(Bytes(absl::StrCat("revocation of ", decision)));
    event.set_subject_uscc(kCompany);
    const catalogue::Authority& authority = *FeedLaw::Get().authorities.FindByCode(kTransport);
    event.mutable_authority()->set_name(authority.name);
    event.mutable_authority()->set_uscc(authority.uscc);
    event.set_kind(kind);
    event.set_document_no(absl::StrCat("撤", decision));
    event.set_found_on(found_on);
    event.mutable_entered_at()->set_seconds(absl::ToUnixSeconds(at));
    if (FeedLaw::Get().catalogue.FindFinding(kind)->breach) {
      event.mutable_breach()->set_rule_id("N36-FALSE");
    }
    event.set_of_report(of_report);
    event.set_breaks_commitment(event.has_breach());
    return Envelope("xiufu.result.decision_revoked.v1", absl::StrCat("revoked ", decision),
                    event.SerializeAsString());
  }
  absl::Status Tell(storage::Database& database, const messaging::Envelope& event,
                    absl::Time now) const {
    const service::EventHandler* handler = wiring_.router.Find(event.type);
    if (handler == nullptr) return absl::OkStatus();  // no business of publication's
    absl::Status result = absl::UnknownError("not run");
    database.Write(
        [&](storage::Tx& tx) { return (*handler)(event, messaging::CauseOf(event, now), tx); },
        [&](const absl::Status& status) { result = status; });
    while (database.RunPending() > 0) {
    }
    return result;
  }
  // What is due by the store is done, until nothing is.
  void RunDue(storage::Database& database, const ManualClock& clock) const {
    const service::Handling handling(&wiring_, service::RetryPolicy(), [] { return 0.0; });
    service::DueWork due(&database, &wiring_, &handling, &clock);
    while (due.NextDue() <= clock.Now()) {
      due.Submit([](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
      while (database.RunPending() > 0) {
      }
    }
  }

  bool of_report = false;

 private:
  static std::string Bytes(const std::string& name) { return std::string(IdOf(name).bytes()); }
  template <typename Event>
  static void SetIds(const std::string& decision, const Id& record, Event& event) {
    event.set_decision(Bytes(decision));
    event.set_case_id(Bytes(absl::StrCat("case of ", decision)));
    event.set_application(Bytes(absl::StrCat("application of ", decision)));
    event.set_record(std::string(record.bytes()));
  }
  static messaging::Envelope Envelope(const std::string& type, const std::string& name,
                                      std::string data) {
    messaging::Envelope envelope;
    envelope.id = IdOf(absl::StrCat("event ", name));
    envelope.type = type;
    envelope.data = std::move(data);
    return envelope;
  }

  const service::Wiring wiring_ = WirePublication(&FeedLaw::Get().in_force, kTimes);
};

}  // namespace xiufu::publication
