#include "services/intake/drivers/common_codec.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/legal_day.h"
#include "libs/snapshot/record_words.h"

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

// False for what is neither empty nor a day.
bool ReadDay(const std::string& text, std::optional<absl::CivilDay>& day) {
  if (text.empty()) return true;
  const absl::StatusOr<absl::CivilDay> parsed = ParseDay(text);
  if (parsed.ok()) day = *parsed;
  return parsed.ok();
}

void SetListing(const RecordSnapshot& record, common::v1::RecordSnapshot& proto) {
  proto.set_matter(MatterProto(record.words.matter));
  proto.set_list_name(record.words.list_name);
  proto.set_ground(record.words.ground);
  proto.set_legal_basis(record.words.legal_basis);
  proto.set_published_on(DayText(record.words.published_on));
  proto.set_corrected_on(DayText(record.words.corrected_on));
  proto.set_restriction_until(DayText(record.words.restriction_until));
  proto.set_restarted_on(DayText(record.words.restarted_on));
  if (record.words.basis != catalogue::Basis::kOrdinary) {
    proto.set_repair_basis(std::string(ToString(record.words.basis)));
  }
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
  proto.set_decision_date(FormatDay(record.words.determined_on));
  for (const std::string& kind : record.words.kinds) proto.add_penalty_kinds(kind);
  proto.set_fine_fen(record.words.fine_fen);
  proto.set_confiscated_fen(record.words.confiscated_fen);
  proto.set_state(static_cast<common::v1::RecordState>(record.state));
  proto.set_violation(record.words.violation);
  proto.set_publicity_end(DayText(record.publicity_end));
  proto.set_procedure(record.words.procedure);
  SetListing(record, proto);
  return proto;
}

absl::StatusOr<RecordSnapshot> FromProto(const common::v1::RecordSnapshot& proto) {
  absl::StatusOr<Id> record = Id::FromBytes(proto.record());
  absl::StatusOr<catalogue::WordedRecord> words = WordsOf(proto);
  if (!words.ok()) return words.status();
  if (!record.ok()) return absl::InvalidArgumentError("a record without a proper id");
  RecordSnapshot snapshot;
  snapshot.record = *record;
  snapshot.version = proto.version();
  snapshot.subject_uscc = proto.subject_uscc();
  snapshot.subject_name = proto.subject_name();
  snapshot.authority = FromProto(proto.authority());
  snapshot.document_no = proto.document_no();
  snapshot.state = static_cast<RecordState>(proto.state());
  if (!ReadDay(proto.publicity_end(), snapshot.publicity_end)) {
    return absl::InvalidArgumentError("a record with something that is no day");
  }
  snapshot.words = *std::move(words);
  // Said once, by `authority`.
  snapshot.words.authority_name.clear();
  snapshot.words.authority_uscc.clear();
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
