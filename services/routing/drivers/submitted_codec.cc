#include "services/routing/drivers/submitted_codec.h"

#include <utility>

#include "libs/base/id.h"
#include "services/routing/drivers/material_list.h"
#include "services/routing/drivers/proto_fields.h"
#include "xiufu/intake/v1/events.pb.h"

namespace xiufu::routing {
namespace {

SubmittedRecord RecordFrom(const intake::v1::SubmittedRecord& proto, FieldReader& reader) {
  return {.record = reader.RequiredId("records.record", proto.record().record()),
          .version = proto.record().version(),
          .snapshot = proto.record().SerializeAsString(),
          .authority_code = proto.record().authority().code(),
          .authority_uscc = proto.record().authority().uscc(),
          .authority_name = proto.record().authority().name(),
          .rule = {proto.rule().rule_id(), proto.rule().catalogue_version(),
                   proto.rule().catalogue_sha256(), proto.rule().calendar_version()}};
}

}  // namespace

absl::StatusOr<Submitted> DecodeSubmitted(absl::string_view data) {
  intake::v1::ApplicationSubmitted proto;
  if (!proto.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    return absl::InvalidArgumentError("not an ApplicationSubmitted");
  }
  FieldReader reader("ApplicationSubmitted");
  Submitted submitted;
  submitted.application = reader.RequiredId("application", proto.application());
  submitted.number = reader.RequiredText("number", proto.number());
  submitted.submitted_at =
      reader.RequiredTime("submitted_at", proto.has_submitted_at(), proto.submitted_at());
  const common::v1::FrontDoor door = proto.origin().front_door();
  submitted.pushed =
      door == common::v1::FRONT_DOOR_CREDIT_CHINA || door == common::v1::FRONT_DOOR_GSXT;
  if (submitted.pushed && proto.origin().has_received_at()) {
    submitted.received_upstream =
        reader.RequiredTime("origin.received_at", true, proto.origin().received_at());
  }
  if (proto.records().empty()) reader.Fail("records", "is empty");
  for (const intake::v1::SubmittedRecord& record : proto.records()) {
    submitted.records.push_back(RecordFrom(record, reader));
  }
  submitted.materials = EncodeMaterials(proto.materials());
  for (const common::v1::MaterialRef& paper : proto.materials()) {
    submitted.paper_kinds.push_back(paper.kind());
  }
  submitted.sha256 = Sha256(data);
  if (!reader.status().ok()) return reader.status();
  return submitted;
}

}  // namespace xiufu::routing
