#include "services/intake/drivers/common_codec.h"

#include <google/protobuf/util/time_util.h>

#include "libs/base/legal_day.h"

namespace xiufu::intake {

using google::protobuf::util::TimeUtil;

std::string BytesOf(const Id& id) { return id.IsNone() ? "" : std::string(id.bytes()); }

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  return TimeUtil::MillisecondsToTimestamp(absl::ToUnixMillis(time));
}

absl::Time TimeOf(const google::protobuf::Timestamp& proto) {
  const bool valid = proto.seconds() >= TimeUtil::kTimestampMinSeconds &&
                     proto.seconds() <= TimeUtil::kTimestampMaxSeconds && proto.nanos() >= 0 &&
                     proto.nanos() < 1'000'000'000;
  if (!valid) return absl::InfiniteFuture();
  return absl::FromUnixMillis(TimeUtil::TimestampToMilliseconds(proto));
}

common::v1::Authority ToProto(const Authority& authority) {
  common::v1::Authority proto;
  proto.set_code(authority.code);
  proto.set_name(authority.name);
  proto.set_uscc(authority.uscc);
  return proto;
}

Authority FromProto(const common::v1::Authority& proto) {
  return {proto.code(), proto.name(), proto.uscc()};
}

common::v1::RuleRef ToProto(const RuleRef& rule) {
  common::v1::RuleRef proto;
  proto.set_rule_id(rule.rule_id);
  proto.set_catalogue_version(rule.catalogue_version);
  proto.set_catalogue_sha256(rule.catalogue_sha256);
  proto.set_calendar_version(rule.calendar_version);
  return proto;
}

RuleRef FromProto(const common::v1::RuleRef& proto) {
  return {proto.rule_id(), proto.catalogue_version(), proto.catalogue_sha256(),
          proto.calendar_version()};
}

common::v1::RecordSnapshot ToProto(const RecordSnapshot& record) {
  common::v1::RecordSnapshot proto;
  proto.set_record(BytesOf(record.record));
  proto.set_version(record.version);
  proto.set_subject_uscc(record.subject_uscc);
  proto.set_subject_name(record.subject_name);
  *proto.mutable_authority() = ToProto(record.authority);
  proto.set_document_no(record.document_no);
  proto.set_decision_date(FormatDay(record.decision_date));
  for (const std::string& kind : record.penalty_kinds) proto.add_penalty_kinds(kind);
  proto.set_fine_fen(record.fine_fen);
  proto.set_confiscated_fen(record.confiscated_fen);
  proto.set_state(static_cast<common::v1::RecordState>(record.state));
  proto.set_violation(record.violation);
  if (record.publicity_end) proto.set_publicity_end(FormatDay(*record.publicity_end));
  proto.set_procedure(record.procedure);
  return proto;
}

absl::StatusOr<RecordSnapshot> FromProto(const common::v1::RecordSnapshot& proto) {
  absl::StatusOr<Id> record = Id::FromBytes(proto.record());
  absl::StatusOr<absl::CivilDay> decision_date = ParseDay(proto.decision_date());
  if (!record.ok() || !decision_date.ok()) {
    return absl::InvalidArgumentError("a record without a proper id or decision date");
  }
  RecordSnapshot snapshot;
  snapshot.record = *record;
  snapshot.version = proto.version();
  snapshot.subject_uscc = proto.subject_uscc();
  snapshot.subject_name = proto.subject_name();
  snapshot.authority = FromProto(proto.authority());
  snapshot.document_no = proto.document_no();
  snapshot.decision_date = *decision_date;
  snapshot.penalty_kinds.assign(proto.penalty_kinds().begin(), proto.penalty_kinds().end());
  snapshot.fine_fen = proto.fine_fen();
  snapshot.confiscated_fen = proto.confiscated_fen();
  snapshot.state = static_cast<RecordState>(proto.state());
  snapshot.violation = proto.violation();
  if (!proto.publicity_end().empty()) {
    absl::StatusOr<absl::CivilDay> end = ParseDay(proto.publicity_end());
    if (!end.ok()) return absl::InvalidArgumentError("a record without a proper end of publicity");
    snapshot.publicity_end = *end;
  }
  snapshot.procedure = proto.procedure();
  return snapshot;
}

common::v1::MaterialRef ToMaterialRef(const Material& material) {
  common::v1::MaterialRef proto;
  proto.set_material(BytesOf(material.id));
  proto.set_kind(material.kind);
  proto.set_media_type(material.media_type);
  proto.set_size(material.size);
  proto.set_sha256(material.sha256);
  return proto;
}

}  // namespace xiufu::intake
