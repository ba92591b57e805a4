#include "services/intake/drivers/event_codec.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/intake/drivers/case_codec.h"
#include "services/intake/drivers/common_codec.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/result/v1/events.pb.h"
#include "xiufu/result/v1/revocation_events.pb.h"
#include "xiufu/routing/v1/events.pb.h"
#include "xiufu/routing/v1/objection.pb.h"

namespace xiufu::intake {
namespace {

// Reads an event field by field and remembers the first one that is wrong.
template <typename Proto>
class EventReader {
 public:
  explicit EventReader(absl::string_view data) {
    if (!proto_.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
      Wrong(Proto::descriptor()->name());
    }
  }

  const Proto& proto() const { return proto_; }

  Id ReadId(const char* field, const std::string& bytes) {
    absl::StatusOr<Id> id = Id::FromBytes(bytes);
    if (id.ok() && !id->IsNone()) return *id;
    Wrong(field);
    return Id();
  }

  absl::Time ReadTime(const char* field, const google::protobuf::Timestamp& proto) {
    const absl::Time time = TimeOf(proto);
    if (time == absl::InfiniteFuture() || time == absl::UnixEpoch()) Wrong(field);
    return time;
  }

  void Require(const char* field, bool right) {
    if (!right) Wrong(field);
  }

  template <typename Event>
  absl::StatusOr<Event> Finish(Event event) const {
    if (!status_.ok()) return status_;
    return event;
  }

 private:
  void Wrong(absl::string_view field) {
    if (!status_.ok()) return;
    status_ = absl::InvalidArgumentError(
        absl::StrCat(Proto::descriptor()->full_name(), ": ", field, " is missing or wrong"));
  }

  Proto proto_;
  absl::Status status_;
};

template <typename Proto>
Decision DecisionOf(const Proto& proto) {
  Decision decision;
  decision.result = static_cast<CaseResult>(proto.result());
  decision.no = proto.decision_no();
  decision.date = proto.decision_date();
  decision.reasons.assign(proto.reasons().begin(), proto.reasons().end());
  decision.remedies = proto.remedies();
  return decision;
}

template <typename Proto>
std::vector<Deadline> DeadlinesOf(const Proto& proto) {
  std::vector<Deadline> deadlines;
  for (const routing::v1::Deadline& deadline : proto.deadlines()) {
    deadlines.push_back(FromProto(deadline));
  }
  return deadlines;
}

bool IsRoutingsState(common::v1::CaseState state) {
  return common::v1::CaseState_IsValid(state) && state != common::v1::CASE_STATE_UNSPECIFIED &&
         state != common::v1::CASE_STATE_WITHDRAWAL_REQUESTED;
}

// An approval without any effect is from before effects were told.
bool EndsPublicity(const result::v1::DecisionEntered& proto) {
  return proto.effects().empty() ||
         std::any_of(proto.effects().begin(), proto.effects().end(), [](const std::string& effect) {
           return absl::StartsWith(effect, "END_PUBLICITY@");
         });
}

}  // namespace

absl::StatusOr<CaseOpened> DecodeCaseOpened(absl::string_view data) {
  EventReader<routing::v1::CaseOpened> reader(data);
  const routing::v1::CaseOpened& proto = reader.proto();
  CaseOpened event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  event.record = reader.ReadId("record", proto.record());
  event.authority = FromProto(proto.authority());
  event.rule = FromProto(proto.rule());
  event.opened_at = reader.ReadTime("opened_at", proto.opened_at());
  event.deadlines = DeadlinesOf(proto);
  for (const routing::v1::Succession& one : proto.successions()) {
    event.successions.push_back(FromProto(one));
  }
  return reader.Finish(std::move(event));
}

absl::StatusOr<CaseChanged> DecodeCaseChanged(absl::string_view data) {
  EventReader<routing::v1::CaseChanged> reader(data);
  const routing::v1::CaseChanged& proto = reader.proto();
  CaseChanged event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  reader.Require("state", IsRoutingsState(proto.state()));
  reader.Require("version", proto.version() > 0);
  reader.Require("result", common::v1::CaseResult_IsValid(proto.result()));
  event.state = static_cast<CaseState>(proto.state());
  event.version = proto.version();
  event.changed_at = reader.ReadTime("changed_at", proto.changed_at());
  event.defects.assign(proto.defects().begin(), proto.defects().end());
  event.round = proto.round();
  event.authority_no = proto.authority_no();
  event.deadlines = DeadlinesOf(proto);
  event.decision = DecisionOf(proto);
  event.handed_over = proto.handling() == "HANDED_OVER";
  event.upstream_step = proto.upstream_step();
  if (proto.has_authority()) event.authority = FromProto(proto.authority());
  return reader.Finish(std::move(event));
}

absl::StatusOr<DeadlinesMoved> DecodeDeadlinesMoved(absl::string_view data) {
  EventReader<routing::v1::DeadlinesMoved> reader(data);
  const routing::v1::DeadlinesMoved& proto = reader.proto();
  DeadlinesMoved event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  event.moved_at = reader.ReadTime("moved_at", proto.moved_at());
  event.deadlines = DeadlinesOf(proto);
  return reader.Finish(std::move(event));
}

absl::StatusOr<DeadlineMissed> DecodeLightChanged(absl::string_view data) {
  EventReader<routing::v1::LightChanged> reader(data);
  const routing::v1::LightChanged& proto = reader.proto();
  DeadlineMissed event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  event.kind = proto.kind();
  event.due_date = proto.due_date();
  const absl::Time at = reader.ReadTime("at", proto.at());
  event.since = proto.light() == routing::v1::LIGHT_RED ? at : absl::InfinitePast();
  return reader.Finish(std::move(event));
}

absl::StatusOr<SupplementOverdue> DecodeSupplementOverdue(absl::string_view data) {
  EventReader<routing::v1::SupplementOverdue> reader(data);
  const routing::v1::SupplementOverdue& proto = reader.proto();
  SupplementOverdue event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  reader.Require("round", proto.round() > 0);
  event.round = proto.round();
  return reader.Finish(event);
}

absl::StatusOr<WithdrawalRefused> DecodeWithdrawalRefused(absl::string_view data) {
  EventReader<routing::v1::WithdrawalRefused> reader(data);
  const routing::v1::WithdrawalRefused& proto = reader.proto();
  WithdrawalRefused event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  event.refused_at = reader.ReadTime("refused_at", proto.refused_at());
  return reader.Finish(event);
}

absl::StatusOr<ObjectionNews> DecodeObjectionChanged(absl::string_view data) {
  EventReader<routing::v1::ObjectionChanged> reader(data);
  const routing::v1::ObjectionChanged& proto = reader.proto();
  ObjectionNews news;
  news.objection = reader.ReadId("objection", proto.objection());
  reader.Require("state", proto.state() >= common::v1::OBJECTION_STATE_FILED &&
                              proto.state() <= common::v1::OBJECTION_STATE_WITHDRAWN);
  reader.Require("version", proto.version() > 0);
  news.state = static_cast<ObjectionState>(proto.state());
  news.version = proto.version();
  news.changed_at = reader.ReadTime("changed_at", proto.changed_at());
  news.authority = FromProto(proto.authority());
  for (const routing::v1::Deadline& deadline : proto.deadlines()) {
    if (deadline.kind() != "DECIDE") continue;  // the others are not the applicant's concern
    news.due_date = deadline.due_date();
    news.due_provisional = deadline.provisional();
  }
  news.due_ended = proto.due_ended();
  news.document_no = proto.document_no();
  news.correction = proto.correction();
  news.reasons.assign(proto.reasons().begin(), proto.reasons().end());
  news.remedies = proto.remedies();
  return reader.Finish(std::move(news));
}

absl::StatusOr<DecisionEntered> DecodeDecisionEntered(absl::string_view data) {
  EventReader<result::v1::DecisionEntered> reader(data);
  const result::v1::DecisionEntered& proto = reader.proto();
  DecisionEntered event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  reader.Require("result", proto.result() != common::v1::CASE_RESULT_UNSPECIFIED &&
                               common::v1::CaseResult_IsValid(proto.result()));
  event.decision = DecisionOf(proto);
  event.entered_at = reader.ReadTime("entered_at", proto.entered_at());
  event.for_a_time = proto.result() == common::v1::CASE_RESULT_APPROVED && !EndsPublicity(proto);
  return reader.Finish(std::move(event));
}

absl::StatusOr<DecisionRevoked> DecodeDecisionRevoked(absl::string_view data) {
  EventReader<result::v1::DecisionRevoked> reader(data);
  const result::v1::DecisionRevoked& proto = reader.proto();
  DecisionRevoked event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  event.revocation = {
      proto.kind(),        proto.kind_name(), proto.kind_name_en(),
      proto.document_no(), proto.found_on(),  {proto.reasons().begin(), proto.reasons().end()},
      proto.remedies(),    proto.found_by(),  proto.breach().ban_until()};
  event.revocation.entered = reader.ReadTime("entered_at", proto.entered_at());
  if (!proto.breach().ban_until().empty()) {
    const routing::v1::Breach& breach = proto.breach();
    const absl::StatusOr<absl::CivilDay> from = ParseDay(breach.ban_from());
    const absl::StatusOr<absl::CivilDay> until = ParseDay(breach.ban_until());
    reader.Require("breach", from.ok() && until.ok());
    event.ban = Ban{reader.ReadId("revocation", proto.revocation()),
                    proto.subject_uscc(),
                    breach.regime(),
                    breach.rule_id(),
                    from.value_or(absl::CivilDay()),
                    until.value_or(absl::CivilDay()),
                    proto.document_no(),
                    FromProto(proto.authority()),
                    breach.source(),
                    breach.confidence()};
  }
  return reader.Finish(std::move(event));
}

absl::StatusOr<RestorationConfirmed> DecodeRestorationConfirmed(absl::string_view data) {
  EventReader<result::v1::RestorationConfirmed> reader(data);
  const result::v1::RestorationConfirmed& proto = reader.proto();
  RestorationConfirmed event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  reader.Require("state", common::v1::RecordState_IsValid(proto.state()));
  event.record_state = static_cast<RecordState>(proto.state());
  event.publicity_end = proto.publicity_end();
  event.restored_at = reader.ReadTime("restored_at", proto.restored_at());
  return reader.Finish(std::move(event));
}

absl::StatusOr<LoopClosed> DecodeLoopClosed(absl::string_view data) {
  EventReader<result::v1::LoopClosed> reader(data);
  const result::v1::LoopClosed& proto = reader.proto();
  LoopClosed event;
  event.case_id = reader.ReadId("case_id", proto.case_id());
  event.application = reader.ReadId("application", proto.application());
  event.closed_at = reader.ReadTime("closed_at", proto.closed_at());
  return reader.Finish(event);
}

absl::StatusOr<RecordsImported> DecodeRecordsImported(absl::string_view data) {
  EventReader<publication::v1::RecordsImported> reader(data);
  const publication::v1::RecordsImported& proto = reader.proto();
  return reader.Finish(RecordsImported{proto.imported() + proto.updated()});
}

absl::StatusOr<RecordReminder> DecodeReminderDue(absl::string_view data) {
  EventReader<publication::v1::ReminderDue> reader(data);
  const publication::v1::ReminderDue& proto = reader.proto();
  RecordReminder reminder;
  reminder.record = reader.ReadId("record", proto.record());
  reader.Require("kind", proto.kind() == "REPAIRABLE" || proto.kind() == "ENDING");
  reminder.code = std::string(proto.kind() == "ENDING" ? kRecordEnding : kRecordRepairable);
  reader.Require("day", ParseDay(proto.day()).ok());
  reminder.subject_uscc = proto.subject_uscc();
  reminder.subject_name = proto.subject_name();
  reminder.document = proto.document_no().empty() ? proto.list_name() : proto.document_no();
  reminder.authority_name = proto.authority_name();
  reminder.day = proto.day();
  return reader.Finish(std::move(reminder));
}

}  // namespace xiufu::intake
