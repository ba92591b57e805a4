#include "services/intake/drivers/outbox_announcer.h"

#include "libs/storage/outbox.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"
#include "xiufu/intake/v1/events.pb.h"
#include "xiufu/intake/v1/objection.pb.h"

namespace xiufu::intake {
namespace {

constexpr char kSource[] = "/xiufu/intake";
constexpr char kStream[] = "intake";

// Without the upstream query code: it opens the file at the other door.
common::v1::Origin PublicOrigin(const Origin& origin) {
  common::v1::Origin proto;
  proto.set_front_door(static_cast<common::v1::FrontDoor>(origin.front_door));
  proto.set_channel(origin.channel);
  proto.set_upstream_no(origin.upstream_no);
  if (Happened(origin.received_at)) *proto.mutable_received_at() = TimestampOf(origin.received_at);
  if (Happened(origin.pushed_at)) *proto.mutable_pushed_at() = TimestampOf(origin.pushed_at);
  return proto;
}

v1::ApplicationSubmitted Encode(const ApplicationSubmitted& event) {
  const Application& application = *event.application;
  v1::ApplicationSubmitted proto;
  proto.set_application(BytesOf(application.id));
  proto.set_number(application.number);
  proto.set_subject_uscc(application.subject_uscc);
  *proto.mutable_origin() = PublicOrigin(application.origin);
  proto.set_capacity(static_cast<common::v1::Capacity>(application.applicant.capacity));
  *proto.mutable_submitted_at() = TimestampOf(application.submitted);
  for (const ApplicationRecord& record : *event.records) {
    v1::SubmittedRecord& added = *proto.add_records();
    *added.mutable_record() = ToProto(record.snapshot);
    *added.mutable_rule() = ToProto(record.rule);
  }
  for (const Material& material : *event.materials) {
    *proto.add_materials() = ToMaterialRef(material);
  }
  return proto;
}

v1::ApplicationSupplemented Encode(const ApplicationSupplemented& event) {
  v1::ApplicationSupplemented proto;
  proto.set_application(BytesOf(event.application));
  proto.set_case_id(BytesOf(event.case_id));
  proto.set_round(event.round);
  *proto.mutable_supplemented_at() = TimestampOf(event.supplemented_at);
  for (const Material& material : event.materials) {
    *proto.add_materials() = ToMaterialRef(material);
  }
  return proto;
}

v1::SupplementMissed Encode(const SupplementMissed& event) {
  v1::SupplementMissed proto;
  proto.set_application(BytesOf(event.application));
  proto.set_case_id(BytesOf(event.case_id));
  proto.set_round(event.round);
  *proto.mutable_missed_at() = TimestampOf(event.missed_at);
  return proto;
}

v1::WithdrawalRequested Encode(const WithdrawalRequested& event) {
  v1::WithdrawalRequested proto;
  proto.set_application(BytesOf(event.application));
  proto.set_case_id(BytesOf(event.case_id));
  *proto.mutable_requested_at() = TimestampOf(event.requested_at);
  return proto;
}

v1::ObjectionFiled EncodeFiled(const Objection& objection, const std::vector<Material>& evidence) {
  v1::ObjectionFiled proto;
  proto.set_objection(BytesOf(objection.id));
  proto.set_number(objection.number);
  proto.set_kind(static_cast<common::v1::ObjectionKind>(objection.what.kind));
  *proto.mutable_record() = ToProto(objection.snapshot);
  *proto.mutable_rule() = ToProto(objection.rule);
  for (const Material& material : evidence) *proto.add_materials() = ToMaterialRef(material);
  if (!objection.what.case_id.IsNone()) {
    proto.set_application(BytesOf(objection.what.application));
    proto.set_case_id(BytesOf(objection.what.case_id));
  }
  *proto.mutable_filed_at() = TimestampOf(objection.filed);
  return proto;
}

template <typename Event>
messaging::About AboutCase(const char* type, const Event& event) {
  return {kStream, type, CaseName(event.case_id), event.application, event.case_id};
}

template <typename Proto>
void Append(storage::Tx& tx, const messaging::Cause& cause, const messaging::About& about,
            const Proto& proto) {
  tx.outbox().Append(tx, messaging::NewEvent(cause, kSource, about, proto.GetTypeName(),
                                             proto.SerializeAsString()));
}

}  // namespace

void OutboxAnnouncer::Submitted(storage::Tx& tx, const messaging::Cause& cause,
                                const ApplicationSubmitted& event) const {
  const Id& id = event.application->id;
  Append(tx, cause, {kStream, "xiufu.intake.submitted.v1", ApplicationName(id), id, Id()},
         Encode(event));
}

void OutboxAnnouncer::Supplemented(storage::Tx& tx, const messaging::Cause& cause,
                                   const ApplicationSupplemented& event) const {
  Append(tx, cause, AboutCase("xiufu.intake.supplemented.v1", event), Encode(event));
}

void OutboxAnnouncer::Missed(storage::Tx& tx, const messaging::Cause& cause,
                             const SupplementMissed& event) const {
  Append(tx, cause, AboutCase("xiufu.intake.supplement_missed.v1", event), Encode(event));
}

void OutboxAnnouncer::AskedToWithdraw(storage::Tx& tx, const messaging::Cause& cause,
                                      const WithdrawalRequested& event) const {
  Append(tx, cause, AboutCase("xiufu.intake.withdrawal_requested.v1", event), Encode(event));
}

// An objection is its own application here: it holds up no repair, and no repair holds it up.
void OutboxAnnouncer::Objected(storage::Tx& tx, const messaging::Cause& cause,
                               const Objection& objection,
                               const std::vector<Material>& evidence) const {
  const Id& id = objection.id;
  Append(tx, cause, {kStream, "xiufu.intake.objection_filed.v1", ObjectionName(id), id, Id()},
         EncodeFiled(objection, evidence));
}

void OutboxAnnouncer::GaveUpObjection(storage::Tx& tx, const messaging::Cause& cause,
                                      const Id& objection, absl::Time at) const {
  v1::ObjectionWithdrawalRequested proto;
  proto.set_objection(BytesOf(objection));
  *proto.mutable_requested_at() = TimestampOf(at);
  Append(tx, cause,
         {kStream, "xiufu.intake.objection_withdrawal_requested.v1", ObjectionName(objection),
          objection, Id()},
         proto);
}

}  // namespace xiufu::intake
