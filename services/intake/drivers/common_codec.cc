#include "services/intake/drivers/common_codec.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
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

namespace {

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day ? FormatDay(*day) : std::string();
}

common::v1::MatterKind MatterProto(catalogue::MatterKind matter) {
  common::v1::MatterKind proto = common::v1::MATTER_KIND_UNSPECIFIED;
  common::v1::MatterKind_Parse(absl::StrCat("MATTER_KIND_", ToString(matter)), &proto);
  return proto;
}

// A snapshot of before there were other kinds says nothing of its kind.
absl::StatusOr<catalogue::MatterKind> MatterFrom(common::v1::MatterKind proto) {
  if (proto == common::v1::MATTER_KIND_UNSPECIFIED) return catalogue::MatterKind::kPenalty;
  absl::string_view name = common::v1::MatterKind_Name(proto);
  absl::ConsumePrefix(&name, "MATTER_KIND_");
  const std::optional<catalogue::MatterKind> matter = catalogue::MatterNamed(name);
  if (!matter) return absl::InvalidArgumentError("a record of an unknown kind");
  return *matter;
}

// False for what is neither empty nor a day.
bool ReadDay(const std::string& text, std::optional<absl::CivilDay>& day) {
  if (text.empty()) return true;
  const absl::StatusOr<absl::CivilDay> parsed = ParseDay(text);
  if (parsed.ok()) day = *parsed;
  return parsed.ok();
}

void SetListing(const RecordSnapshot& record, common::v1::RecordSnapshot& proto) {
  proto.set_matter(MatterProto(record.matter));
  proto.set_list_name(record.list_name);
  proto.set_ground(record.ground);
  proto.set_legal_basis(record.legal_basis);
  proto.set_published_on(DayText(record.published_on));
  proto.set_corrected_on(DayText(record.corrected_on));
  proto.set_restriction_until(DayText(record.restriction_until));
  if (record.repair_basis != catalogue::Basis::kOrdinary) {
    proto.set_repair_basis(std::string(ToString(record.repair_basis)));
  }
}

absl::Status ReadListing(const common::v1::RecordSnapshot& proto, RecordSnapshot& record) {
  const absl::StatusOr<catalogue::MatterKind> matter = MatterFrom(proto.matter());
  if (!matter.ok()) return matter.status();
  record.matter = *matter;
  record.list_name = proto.list_name();
  record.ground = proto.ground();
  record.legal_basis = proto.legal_basis();
  if (!ReadDay(proto.publicity_end(), record.publicity_end) ||
      !ReadDay(proto.published_on(), record.published_on) ||
      !ReadDay(proto.corrected_on(), record.corrected_on) ||
      !ReadDay(proto.restriction_until(), record.restriction_until)) {
    return absl::InvalidArgumentError("a record with something that is no day");
  }
  if (proto.repair_basis().empty()) return absl::OkStatus();
  const std::optional<catalogue::Basis> basis = catalogue::BasisNamed(proto.repair_basis());
  if (!basis) return absl::InvalidArgumentError("a record with an unknown basis of repair");
  record.repair_basis = *basis;
  return absl::OkStatus();
}

}  // namespace

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
  proto.set_publicity_end(DayText(record.publicity_end));
  proto.set_procedure(record.procedure);
  SetListing(record, proto);
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
  snapshot.procedure = proto.procedure();
  if (absl::Status status = ReadListing(proto, snapshot); !status.ok()) return status;
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
