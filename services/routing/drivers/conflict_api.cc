#include "services/routing/drivers/conflict_api.h"

#include "libs/rpc/page_token.h"
#include "services/routing/drivers/conflict_table.h"
#include "services/routing/drivers/desk_position.h"
#include "services/routing/drivers/operator_act.h"
#include "services/routing/drivers/proto_fields.h"
#include "xiufu/routing/v1/conflict.grpc.pb.h"

namespace xiufu::routing {
namespace {

constexpr int kConflictPage = 50;
constexpr int kLargestConflictPage = 200;
constexpr char kListConflicts[] = "ListConflicts";

void Write(const AnswerConflict& from, const catalogue::AuthorityRegistry& authorities,
           v1::AnswerConflict* proto) {
  proto->set_case_id(IdBytes(from.key.case_id));
  proto->set_task(IdBytes(from.key.task));
  proto->set_answer_id(from.key.answer_id);
  proto->set_objection(from.objection);
  proto->set_number(from.number);
  proto->mutable_authority()->set_code(from.authority_code);
  if (const catalogue::Authority* known = authorities.FindByCode(from.authority_code)) {
    proto->mutable_authority()->set_name(known->name);
    proto->mutable_authority()->set_uscc(known->uscc);
  }
  proto->set_kind(from.kind);
  proto->set_reason(from.reason);
  proto->set_can_be_allowed(from.can_be_allowed);
  WriteTime(from.since, proto->mutable_since());
}

DeskPosition EndOf(const AnswerConflict& last) {
  return {last.since, last.key.case_id, last.key.task, last.key.answer_id};
}

class ConflictDesk final : public v1::ConflictService::CallbackService {
 public:
  explicit ConflictDesk(const ServiceParts& parts)
      : parts_(parts), page_tokens_(parts.page_token_key) {}

  grpc::ServerUnaryReactor* ListConflicts(grpc::CallbackServerContext* context,
                                          const v1::ListConflictsRequest* request,
                                          v1::ListConflictsResponse* response) override {
    const absl::Status status = rpc::OnlyOperator(*context);
    return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
  }

  grpc::ServerUnaryReactor* DismissAnswer(grpc::CallbackServerContext* context,
                                          const v1::DismissAnswerRequest* request,
                                          v1::DismissAnswerResponse* response) override {
    DeskRequest read;
    routing::DismissAnswer::Command command{
        {read.ReadId("case_id", request->case_id()), read.ReadId("task", request->task()),
         read.ReadText("answer_id", request->answer_id(), 64)},
        read.ReadText("person", request->person(), 50),
        read.ReadText("reason", request->reason(), 500)};
    const Id about = command.key.case_id;
    return ActOnce(
        parts_, context, "DismissAnswer", *request, read.status(), about,
        [this, command = std::move(command)](const messaging::Cause& cause, storage::Tx& tx) {
          return routing::DismissAnswer(&conflicts_)(command, cause.now, tx);
        },
        response);
  }

 private:
  absl::Status Fill(const v1::ListConflictsRequest& request,
                    v1::ListConflictsResponse& response) const {
    absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kConflictPage, kLargestConflictPage);
    if (!size.ok()) return size.status();
    absl::StatusOr<std::string> position =
        page_tokens_.Decode(kListConflicts, request.page_token());
    if (!position.ok()) return position.status();
    const catalogue::LawSnapshot law = parts_.law->Get();
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<AnswerConflict> found =
          conflicts_.Open(session, PositionOf(*position), *size + 1);
      if (found.size() > static_cast<size_t>(*size)) {
        found.pop_back();
        response.set_next_page_token(
            page_tokens_.Encode(kListConflicts, PositionText(EndOf(found.back()))));
      }
      for (const AnswerConflict& one : found) {
        Write(one, law->authorities, response.add_conflicts());
      }
      return session.status();
    });
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
  const ConflictTable conflicts_{};
};

}  // namespace

std::unique_ptr<grpc::Service> NewConflictService(const ServiceParts& parts) {
  return std::make_unique<ConflictDesk>(parts);
}

}  // namespace xiufu::routing
