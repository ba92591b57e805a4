#include "services/routing/drivers/objection_api.h"

#include "libs/rpc/page_token.h"
#include "services/routing/drivers/deadline_table.h"
#include "services/routing/drivers/event_fields.h"
#include "services/routing/drivers/objection_table.h"
#include "services/routing/drivers/operator_act.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/wiring.h"
#include "xiufu/routing/v1/objection.grpc.pb.h"

namespace xiufu::routing {
namespace {

constexpr int kObjectionPage = 50;
constexpr int kLargestObjectionPage = 200;
constexpr char kListObjections[] = "ListObjections";

void Write(const Objection& from, const std::vector<DeadlineReceipt>& deadlines,
           v1::Objection* proto) {
  proto->set_objection(IdBytes(from.id));
  proto->set_number(from.number);
  proto->set_kind(static_cast<common::v1::ObjectionKind>(from.kind));
  proto->set_state(static_cast<common::v1::ObjectionState>(from.state));
  proto->mutable_record()->ParseFromString(from.snapshot);
  WriteAuthority(from.authority, proto->mutable_authority());
  proto->set_reason(from.reason);
  if (const DeadlineReceipt* due = FindReceipt(deadlines, kDecideDeadline);
      due != nullptr && (IsFinal(from.state) || Runs(from.state, *due))) {
    proto->set_due_date(FormatDay(due->due.day));
  }
  proto->set_overdue(from.overdue_since != absl::InfinitePast());
  proto->set_delivered_late(from.undelivered_since != absl::InfinitePast());
  WriteTime(from.filed_at, proto->mutable_filed_at());
  WriteTime(from.changed_at, proto->mutable_changed_at());
  if (!from.case_id.IsNone()) proto->set_case_id(IdBytes(from.case_id));
}

class ObjectionDesk final : public v1::ObjectionDeskService::CallbackService {
 public:
  explicit ObjectionDesk(const ServiceParts& parts)
      : parts_(parts), page_tokens_(parts.page_token_key) {}

  grpc::ServerUnaryReactor* ListObjections(grpc::CallbackServerContext* context,
                                           const v1::ListObjectionsRequest* request,
                                           v1::ListObjectionsResponse* response) override {
    const absl::Status status = rpc::OnlyOperator(*context);
    return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
  }

  grpc::ServerUnaryReactor* AssignObjection(grpc::CallbackServerContext* context,
                                            const v1::AssignObjectionRequest* request,
                                            v1::AssignObjectionResponse* response) override {
    DeskRequest read;
    TakeObjection::Assignment assignment{
        read.ReadId("objection", request->objection()),
        read.ReadText("authority_code", request->authority_code(), 32),
        read.ReadText("person", request->person(), 50),
        read.ReadText("reason", request->reason(), 500)};
    const Id about = assignment.objection;
    return ActOnce(
        parts_, context, "AssignObjection", *request, read.status(), about,
        [this, assignment = std::move(assignment)](const messaging::Cause& cause, storage::Tx& tx) {
          return AssignObjectionTo(assignment, *parts_.law, cause, tx);
        },
        response);
  }

 private:
  absl::Status Fill(const v1::ListObjectionsRequest& request,
                    v1::ListObjectionsResponse& response) const {
    absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kObjectionPage, kLargestObjectionPage);
    if (!size.ok()) return size.status();
    absl::StatusOr<std::string> position =
        page_tokens_.Decode(kListObjections, request.page_token());
    if (!position.ok()) return position.status();
    const Id after = position->empty() ? Id() : Id::FromBytes(*position).value_or(Id());
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<Objection> found =
          objections_.List(session, after, request.unassigned_only(), *size + 1);
      if (found.size() > static_cast<size_t>(*size)) {
        found.pop_back();
        response.set_next_page_token(
            page_tokens_.Encode(kListObjections, IdBytes(found.back().id)));
      }
      for (const Objection& one : found) {
        Write(one, deadlines_.Read(session, one.id), response.add_objections());
      }
      return session.status();
    });
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
  const ObjectionTable objections_{};
  const DeadlineTable deadlines_{};
};

}  // namespace

std::unique_ptr<grpc::Service> NewObjectionDeskService(const ServiceParts& parts) {
  return std::make_unique<ObjectionDesk>(parts);
}

}  // namespace xiufu::routing
