#include "services/result_sync/drivers/event_codec.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/publication/v1/revocation_events.pb.h"
#include "xiufu/routing/v1/events.pb.h"
#include "xiufu/routing/v1/revocation_events.pb.h"

namespace xiufu::result {
namespace {

// Reads the fields of one message; the first mistake stays.
class Reader {
 public:
  explicit Reader(absl::string_view message) : message_(message) {}

  Id RequiredId(absl::string_view field, const std::string& bytes) {
    absl::StatusOr<Id> id = Id::FromBytes(bytes);
    if (id.ok() && !id->IsNone()) return *id;
    Fail(field, "is no id");
    return Id();
  }
  // Cut to milliseconds, as it is stored.
  absl::Time RequiredTime(absl::string_view field, bool present,
                          const google::protobuf::Timestamp& time) {
    if (!present) Fail(field, "is missing");
    return absl::FromUnixSeconds(time.seconds()) + absl::Milliseconds(time.nanos() / 1000000);
  }
  void Fail(absl::string_view field, absl::string_view wrong) {
    if (!status_.ok()) return;
    status_ = absl::InvalidArgumentError(absl::StrCat(message_, ".", field, " ", wrong));
  }
  const absl::Status& status() const { return status_; }

 private:
  const absl::string_view message_;
  absl::Status status_;
};

Outcome OutcomeOf(department::v1::Answer::Outcome outcome) {
  switch (outcome) {
    case department::v1::Answer::APPROVED:
      return Outcome::kApproved;
    case department::v1::Answer::REFUSED:
      return Outcome::kRefused;
    case department::v1::Answer::RECORD_WITHDRAWN:
      return Outcome::kRecordWithdrawn;
    default:
      return Outcome::kNone;
  }
}

void ReadAnswer(const department::v1::Answer& answer, Reader& reader, TakenAnswer& taken) {
  const department::v1::Answer::Decided& decided = answer.decided();
  if (!answer.has_decided()) reader.Fail("answer", "is no decision");
  if (answer.answer_id().empty()) reader.Fail("answer.answer_id", "is empty");
  taken.answer_id = answer.answer_id();
  taken.content = answer.SerializeAsString();
  taken.outcome = OutcomeOf(decided.outcome());
  taken.decision_no = decided.decision_no();
  taken.decision_date = decided.decision_date();
  taken.reasons = {decided.reasons().begin(), decided.reasons().end()};
  taken.remedies = decided.remedies();
  taken.record_version = decided.record_version();
}

TakenAnswer From(const routing::v1::AnswerTaken& proto, Reader& reader) {
  TakenAnswer taken;
  taken.case_id = reader.RequiredId("case_id", proto.case_id());
  taken.application = reader.RequiredId("application", proto.application());
  taken.task = reader.RequiredId("task", proto.task());
  taken.record = reader.RequiredId("record.record", proto.record().record());
  taken.subject_uscc = proto.record().subject_uscc();
  taken.authority = {proto.authority().code(), proto.authority().name(), proto.authority().uscc()};
  taken.taken_at = reader.RequiredTime("taken_at", proto.has_taken_at(), proto.taken_at());
  taken.effects = {proto.effects().begin(), proto.effects().end()};
  taken.result_word = proto.result_word();
  taken.reported_by = proto.reported_by();
  taken.commitment = {proto.commitment().title(), proto.commitment().title_en(),
                      proto.commitment().made_on(), proto.commitment().rule_id()};
  ReadAnswer(proto.answer(), reader, taken);
  // Who tells of a decision in another system names no version: it is the one of the case.
  const bool told = !taken.reported_by.empty() && taken.record_version == 0;
  if (told) taken.record_version = proto.record().version();
  return taken;
}

std::optional<Breach> BreachOf(const routing::v1::RevocationTaken& proto) {
  if (!proto.has_breach()) return std::nullopt;
  const routing::v1::Breach& breach = proto.breach();
  return Breach{breach.rule_id(),   breach.regime(), breach.ban_from(),
                breach.ban_until(), breach.source(), breach.confidence()};
}

TakenRevocation From(const routing::v1::RevocationTaken& proto, Reader& reader) {
  const department::v1::Answer& answer = proto.answer();
  const department::v1::Answer::Revoked& revoked = answer.revoked();
  if (!answer.has_revoked()) reader.Fail("answer", "revokes nothing");
  if (revoked.kind().empty()) reader.Fail("answer.revoked.kind", "is empty");
  return {
      .case_id = reader.RequiredId("case_id", proto.case_id()),
      .application = reader.RequiredId("application", proto.application()),
      .record = reader.RequiredId("record", proto.record()),
      .decision = reader.RequiredId("decision", proto.decision()),
      .authority = {proto.authority().code(), proto.authority().name(), proto.authority().uscc()},
      .answer_id = answer.answer_id(),
      .content = answer.SerializeAsString(),
      .kind = revoked.kind(),
      .kind_name = proto.kind_name(),
      .kind_name_en = proto.kind_name_en(),
      .document_no = revoked.document_no(),
      .found_on = revoked.found_on(),
      .reasons = {revoked.reasons().begin(), revoked.reasons().end()},
      .remedies = revoked.remedies(),
      .found_by = revoked.found_by(),
      .taken_at = reader.RequiredTime("taken_at", proto.has_taken_at(), proto.taken_at()),
      .breach = BreachOf(proto),
      .restarts = proto.restarts(),
      .breaks_commitment = proto.breaks_commitment(),
      .reported_by = proto.reported_by()};
}

Restored From(const publication::v1::PublicityRestored& proto, Reader& reader) {
  return {.case_id = reader.RequiredId("case_id", proto.case_id()),
          .application = reader.RequiredId("application", proto.application()),
          .record = reader.RequiredId("record", proto.record()),
          .revocation = reader.RequiredId("revocation", proto.revocation()),
          .state = proto.state(),
          .publicity_end = proto.publicity_end(),
          .restored_at =
              reader.RequiredTime("restored_at", proto.has_restored_at(), proto.restored_at())};
}

PublicityEnded From(const publication::v1::PublicityEnded& proto, Reader& reader) {
  return {.case_id = reader.RequiredId("case_id", proto.case_id()),
          .application = reader.RequiredId("application", proto.application()),
          .record = reader.RequiredId("record", proto.record()),
          .decision = reader.RequiredId("decision", proto.decision()),
          .version = proto.version(),
          .ended_at = reader.RequiredTime("ended_at", proto.has_ended_at(), proto.ended_at()),
          .effects = {proto.effects().begin(), proto.effects().end()}};
}

Conflict From(const publication::v1::EndingRefused& proto, Reader& reader) {
  return {.case_id = reader.RequiredId("case_id", proto.case_id()),
          .application = reader.RequiredId("application", proto.application()),
          .record = reader.RequiredId("record", proto.record()),
          .decision = reader.RequiredId("decision", proto.decision()),
          .expected_version = proto.expected_version(),
          .version = proto.version(),
          .reason = proto.reason()};
}

template <typename Event, typename Proto>
absl::StatusOr<Event> DecodeAs(absl::string_view data) {
  const std::string& name = Proto::descriptor()->name();
  Proto proto;
  if (!proto.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    return absl::InvalidArgumentError(absl::StrCat("not a ", name));
  }
  Reader reader(name);
  Event event = From(proto, reader);
  if (!reader.status().ok()) return reader.status();
  return event;
}

}  // namespace

absl::StatusOr<TakenAnswer> DecodeAnswerTaken(absl::string_view data) {
  return DecodeAs<TakenAnswer, routing::v1::AnswerTaken>(data);
}

absl::StatusOr<TakenRevocation> DecodeRevocationTaken(absl::string_view data) {
  return DecodeAs<TakenRevocation, routing::v1::RevocationTaken>(data);
}

absl::StatusOr<Restored> DecodePublicityRestored(absl::string_view data) {
  return DecodeAs<Restored, publication::v1::PublicityRestored>(data);
}

absl::StatusOr<PublicityEnded> DecodePublicityEnded(absl::string_view data) {
  return DecodeAs<PublicityEnded, publication::v1::PublicityEnded>(data);
}

absl::StatusOr<Conflict> DecodeEndingRefused(absl::string_view data) {
  return DecodeAs<Conflict, publication::v1::EndingRefused>(data);
}

}  // namespace xiufu::result
