#include "services/routing/drivers/objection_codec.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/routing/drivers/material_list.h"
#include "services/routing/drivers/proto_fields.h"
#include "xiufu/department/v1/events.pb.h"
#include "xiufu/intake/v1/objection.pb.h"

namespace xiufu::routing {
namespace {

// One that need not be there.
Id OptionalId(const std::string& bytes, absl::string_view field, FieldReader& reader) {
  return bytes.empty() ? Id() : reader.RequiredId(field, bytes);
}

ObjectionInput ObjectionInputFrom(const department::v1::TaskDelivered& proto, FieldReader& reader) {
  return {reader.RequiredId("case_id", proto.case_id()),
          reader.RequiredTime("delivered_at", proto.has_delivered_at(), proto.delivered_at()),
          ObjectionDelivered{reader.RequiredId("task", proto.task())}};
}

ObjectionAnswered AnsweredFrom(const department::v1::TaskAnswered& proto, FieldReader& reader) {
  const department::v1::Answer& answer = proto.answer();
  ObjectionAnswered answered{
      .task = reader.RequiredId("task", proto.task()),
      .authority_code = proto.authority_code(),
      .answer_id = reader.RequiredText("answer.answer_id", answer.answer_id()),
      .content = answer.SerializeAsString()};
  switch (answer.kind_case()) {
    case department::v1::Answer::kObjectionUpheld:
      answered.kind = ObjectionUpheld{answer.objection_upheld().document_no(),
                                      answer.objection_upheld().correction(),
                                      TextsFrom(answer.objection_upheld().reasons())};
      break;
    case department::v1::Answer::kObjectionRejected:
      answered.kind = ObjectionRejected{answer.objection_rejected().document_no(),
                                        TextsFrom(answer.objection_rejected().reasons()),
                                        answer.objection_rejected().remedies()};
      break;
    case department::v1::Answer::kReturned:
      answered.kind = ObjectionReturned{answer.returned().reason()};
      break;
    default:
      reader.Fail("answer", "answers no objection");
  }
  return answered;
}

ObjectionInput ObjectionInputFrom(const department::v1::TaskAnswered& proto, FieldReader& reader) {
  return {reader.RequiredId("case_id", proto.case_id()),
          reader.RequiredTime("received_at", proto.has_received_at(), proto.received_at()),
          AnsweredFrom(proto, reader)};
}

ObjectionInput ObjectionInputFrom(const intake::v1::ObjectionWithdrawalRequested& proto,
                                  FieldReader& reader) {
  return {reader.RequiredId("objection", proto.objection()),
          reader.RequiredTime("requested_at", proto.has_requested_at(), proto.requested_at()),
          ObjectionGivenUp{}};
}

template <typename Proto>
absl::StatusOr<ObjectionInput> DecodeInput(absl::string_view data) {
  Proto proto;
  const std::string& name = Proto::descriptor()->name();
  if (!proto.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    return absl::InvalidArgumentError(absl::StrCat("not a ", name));
  }
  FieldReader reader(name);
  ObjectionInput input = ObjectionInputFrom(proto, reader);
  if (!reader.status().ok()) return reader.status();
  return input;
}

struct KnownInput {
  absl::string_view type;
  absl::StatusOr<ObjectionInput> (*decode)(absl::string_view data);
};
constexpr KnownInput kKnownInputs[] = {
    {"xiufu.adapter.objection_delivered.v1", DecodeInput<department::v1::TaskDelivered>},
    {"xiufu.adapter.objection_answered.v1", DecodeInput<department::v1::TaskAnswered>},
    {"xiufu.intake.objection_withdrawal_requested.v1",
     DecodeInput<intake::v1::ObjectionWithdrawalRequested>},
};

}  // namespace

absl::StatusOr<ObjectionFiled> DecodeObjectionFiled(absl::string_view data) {
  intake::v1::ObjectionFiled proto;
  if (!proto.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    return absl::InvalidArgumentError("not an ObjectionFiled");
  }
  FieldReader reader("ObjectionFiled");
  ObjectionFiled filed{
      .objection = reader.RequiredId("objection", proto.objection()),
      .number = reader.RequiredText("number", proto.number()),
      .kind = proto.kind(),
      .application = OptionalId(proto.application(), "application", reader),
      .case_id = OptionalId(proto.case_id(), "case_id", reader),
      .record = reader.RequiredId("record.record", proto.record().record()),
      .snapshot = proto.record().SerializeAsString(),
      .authority_code = proto.record().authority().code(),
      .authority_uscc = proto.record().authority().uscc(),
      .authority_name = proto.record().authority().name(),
      .rule = {proto.rule().rule_id(), proto.rule().catalogue_version(),
               proto.rule().catalogue_sha256(), proto.rule().calendar_version()},
      .materials = EncodeMaterials(proto.materials()),
      .filed_at = reader.RequiredTime("filed_at", proto.has_filed_at(), proto.filed_at()),
      .sha256 = Sha256(data)};
  if (proto.kind() < 1 || proto.kind() > 3) reader.Fail("kind", "is none of the three");
  if (!reader.status().ok()) return reader.status();
  return filed;
}

absl::StatusOr<ObjectionInput> ProtoObjectionCodec::Decode(const messaging::Envelope& event) const {
  for (const KnownInput& known : kKnownInputs) {
    if (known.type == event.type) return known.decode(event.data);
  }
  return absl::InvalidArgumentError(absl::StrCat(event.type, " is no input of an objection"));
}

std::vector<std::string> ProtoObjectionCodec::Types() {
  std::vector<std::string> types;
  for (const KnownInput& known : kKnownInputs) types.emplace_back(known.type);
  return types;
}

}  // namespace xiufu::routing
