#include "services/routing/drivers/objection_emitter.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/storage/outbox.h"
#include "services/routing/drivers/event_fields.h"
#include "services/routing/drivers/material_list.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/drivers/receipt_codec.h"
#include "xiufu/department/v1/events.pb.h"
#include "xiufu/routing/v1/objection.pb.h"

namespace xiufu::routing {
namespace {

struct OutgoingObjection {
  std::string stream;
  absl::string_view type;
  std::string subject;
  std::string dataschema;
  std::string data;
};

template <typename Proto>
OutgoingObjection ToHolder(const Objection& objection, absl::string_view type, const Proto& proto) {
  return {absl::StrCat("dept.", objection.authority.code), type,
          absl::StrCat("tasks/", objection.task.ToString()), Proto::descriptor()->full_name(),
          proto.SerializeAsString()};
}

OutgoingObjection Encode(const Objection& objection, const ObjectionChanged& changed) {
  v1::ObjectionChanged proto;
  proto.set_objection(IdBytes(objection.id));
  proto.set_state(static_cast<common::v1::ObjectionState>(objection.state));
  proto.set_version(objection.version);
  WriteTime(objection.changed_at, proto.mutable_changed_at());
  WriteAuthority(objection.authority, proto.mutable_authority());
  for (const DeadlineReceipt& receipt : changed.deadlines) {
    WriteDeadline(receipt, proto.add_deadlines());
  }
  proto.set_document_no(changed.document_no);
  proto.set_correction(changed.correction);
  *proto.mutable_reasons() = {changed.reasons.begin(), changed.reasons.end()};
  proto.set_remedies(changed.remedies);
  proto.set_due_ended(changed.due_ended);
  return {"routing", "xiufu.routing.objection_changed.v1",
          absl::StrCat("objections/", objection.id.ToString()),
          v1::ObjectionChanged::descriptor()->full_name(), proto.SerializeAsString()};
}

OutgoingObjection Encode(const Objection& objection, const ObjectionGiven& given) {
  department::v1::ObjectionGiven proto;
  proto.set_task(IdBytes(objection.task));
  proto.set_objection(IdBytes(objection.id));
  proto.set_number(objection.number);
  proto.set_authority_code(objection.authority.code);
  proto.set_kind(std::string(NameOf(objection.kind)));
  proto.mutable_record()->ParseFromString(objection.snapshot);
  WriteRule(objection.rule, proto.mutable_rule());
  *proto.mutable_materials() = DecodeMaterials(objection.materials);
  WriteTime(objection.changed_at, proto.mutable_given_at());
  proto.set_decide_due(given.decide_due);
  if (!objection.case_id.IsNone()) proto.set_case_id(IdBytes(objection.case_id));
  return ToHolder(objection, "xiufu.dept.objection_given.v1", proto);
}

OutgoingObjection Encode(const Objection& objection, const ObjectionCancelled&) {
  department::v1::TaskCancelled proto;
  proto.set_task(IdBytes(objection.task));
  proto.set_case_id(IdBytes(objection.id));
  proto.set_application(IdBytes(objection.id));
  proto.set_cause("WITHDRAWN");
  WriteTime(objection.changed_at, proto.mutable_cancelled_at());
  return ToHolder(objection, "xiufu.dept.task_cancelled.v1", proto);
}

}  // namespace

void ObjectionEmitter::Emit(storage::Tx& tx, const messaging::Cause& cause,
                            const Objection& objection, const ObjectionEvent& event) const {
  OutgoingObjection out =
      std::visit([&](const auto& told) { return Encode(objection, told); }, event);
  const messaging::About about{out.stream, out.type, std::move(out.subject), objection.id, Id()};
  tx.outbox().Append(
      tx, messaging::NewEvent(cause, "/xiufu/routing", about, out.dataschema, std::move(out.data)));
}

}  // namespace xiufu::routing
