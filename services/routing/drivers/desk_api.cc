#include "services/routing/drivers/desk_api.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/idempotent_write.h"
#include "libs/rpc/reactor.h"
#include "services/routing/drivers/desk_position.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/wiring.h"

namespace xiufu::routing {
namespace {

constexpr int kDeskPage = 50;
constexpr int kLargestDeskPage = 200;
constexpr char kUnassigned[] = "ListUnassignedCases";
constexpr char kUncounted[] = "ListUncountedAnswers";

void Write(const UnassignedCase& from, v1::UnassignedCase* proto) {
  proto->set_case_id(IdBytes(from.case_id));
  proto->set_application(IdBytes(from.application));
  proto->set_application_number(from.application_number);
  proto->mutable_record()->ParseFromString(from.snapshot);
  proto->set_reason(from.reason);
  WriteTime(from.since, proto->mutable_since());
}

void Write(const UncountedAnswer& from, const catalogue::AuthorityRegistry& authorities,
           v1::UncountedAnswer* proto) {
  proto->set_case_id(IdBytes(from.key.case_id));
  proto->set_application(IdBytes(from.application));
  proto->set_application_number(from.application_number);
  proto->mutable_authority()->set_code(from.authority_code);
  if (const catalogue::Authority* known = authorities.FindByCode(from.authority_code)) {
    proto->mutable_authority()->set_name(known->name);
    proto->mutable_authority()->set_uscc(known->uscc);
  }
  proto->set_answer_id(from.key.answer_id);
  proto->set_kind(from.kind);
  proto->set_reason(from.reason);
  WriteTime(from.received_at, proto->mutable_received_at());
}

DeskPosition EndOf(const UnassignedCase& last) { return {last.since, last.case_id, Id(), ""}; }
DeskPosition EndOf(const UncountedAnswer& last) {
  return {last.received_at, last.key.case_id, last.key.task, last.key.answer_id};
}

// What every act at the desk names: the case, who acts and why.
template <typename Command, typename Request>
absl::StatusOr<Command> Read(const Request& request, absl::string_view field,
                             const std::string& object, size_t longest) {
  std::vector<Violation> wrong;
  const auto add = [&](const absl::Status& status) {
    for (Violation& one : ViolationsOf(status)) wrong.push_back(std::move(one));
  };
  const absl::StatusOr<Id> case_id = Id::FromBytes(request.case_id());
  if (!case_id.ok()) add(FieldViolation("case_id", "not an id", "16 bytes"));
  Command command{case_id.value_or(Id()), object,
                  std::string(absl::StripAsciiWhitespace(request.person())),
                  std::string(absl::StripAsciiWhitespace(request.reason()))};
  add(CheckText(field, object, 1, longest));
  add(CheckText("person", command.person, 1, 50));
  add(CheckText("reason", command.reason, 1, 500));
  if (absl::Status status = FieldViolations(wrong); !status.ok()) return status;
  return command;
}

absl::Status Act(const AssignCase::Command& command, const catalogue::LawInForce& law,
                 const messaging::Cause& cause, storage::Tx& tx) {
  return AssignCaseTo(command, law, cause, tx);
}
absl::Status Act(const AllowSupplement::Command& command, const catalogue::LawInForce& law,
                 const messaging::Cause& cause, storage::Tx& tx) {
  return AllowSupplementOf(command, law, cause, tx);
}

}  // namespace

grpc::ServerUnaryReactor* DeskApi::ListUnassigned(grpc::CallbackServerContext* context,
                                                  const v1::ListUnassignedCasesRequest* request,
                                                  v1::ListUnassignedCasesResponse* response) const {
  const absl::Status status = rpc::OnlyOperator(*context);
  return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
}

grpc::ServerUnaryReactor* DeskApi::ListUncounted(grpc::CallbackServerContext* context,
                                                 const v1::ListUncountedAnswersRequest* request,
                                                 v1::ListUncountedAnswersResponse* response) const {
  const absl::Status status = rpc::OnlyOperator(*context);
  return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
}

absl::Status DeskApi::Fill(const v1::ListUnassignedCasesRequest& request,
                           v1::ListUnassignedCasesResponse& response) const {
  absl::StatusOr<int> size = rpc::PageSize(request.page_size(), kDeskPage, kLargestDeskPage);
  if (!size.ok()) return size.status();
  absl::StatusOr<std::string> position = page_tokens_.Decode(kUnassigned, request.page_token());
  if (!position.ok()) return position.status();
  return parts_->database->Read([&](storage::Session& session) {
    std::vector<UnassignedCase> cases = desk_.Unassigned(session, PositionOf(*position), *size + 1);
    if (cases.size() > static_cast<size_t>(*size)) {
      cases.pop_back();
      response.set_next_page_token(
          page_tokens_.Encode(kUnassigned, PositionText(EndOf(cases.back()))));
    }
    for (const UnassignedCase& one : cases) Write(one, response.add_cases());
    return session.status();
  });
}

absl::Status DeskApi::Fill(const v1::ListUncountedAnswersRequest& request,
                           v1::ListUncountedAnswersResponse& response) const {
  absl::StatusOr<int> size = rpc::PageSize(request.page_size(), kDeskPage, kLargestDeskPage);
  if (!size.ok()) return size.status();
  absl::StatusOr<std::string> position = page_tokens_.Decode(kUncounted, request.page_token());
  if (!position.ok()) return position.status();
  const catalogue::LawSnapshot law = parts_->law->Get();
  return parts_->database->Read([&](storage::Session& session) {
    std::vector<UncountedAnswer> answers =
        desk_.Uncounted(session, PositionOf(*position), *size + 1);
    if (answers.size() > static_cast<size_t>(*size)) {
      answers.pop_back();
      response.set_next_page_token(
          page_tokens_.Encode(kUncounted, PositionText(EndOf(answers.back()))));
    }
    for (const UncountedAnswer& one : answers) {
      Write(one, law->authorities, response.add_answers());
    }
    return session.status();
  });
}

template <typename Request, typename Command>
grpc::ServerUnaryReactor* DeskApi::Once(grpc::CallbackServerContext* context, const char* method,
                                        const Request& request, absl::StatusOr<Command> command,
                                        google::protobuf::Message* response) const {
  if (absl::Status status = rpc::OnlyOperator(*context); !status.ok()) {
    return rpc::Reply(context, status);
  }
  if (!command.ok()) return rpc::Reply(context, command.status());
  const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(parts_->clock->Now()));
  const messaging::Cause cause{parts_->ids->NewV7(now), now, PlaceOf(command->case_id),
                               rpc::TraceparentOf(*context)};
  rpc::IdempotentWrite write;
  write.method = method;
  write.principal = rpc::PrincipalOf(*context);
  write.request_id = request.request_id();
  write.body_sha256 = rpc::BodySha256(request);
  write.fn = [this, cause, command = *std::move(command)](storage::Tx& tx, const Id&) {
    return Act(command, *parts_->law, cause, tx);
  };
  write.response = response;
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    rpc::Submit(*parts_->database, *parts_->clock, std::move(write), std::move(answer));
  });
}

grpc::ServerUnaryReactor* DeskApi::Assign(grpc::CallbackServerContext* context,
                                          const v1::AssignCaseRequest* request,
                                          v1::AssignCaseResponse* response) const {
  return Once(context, "AssignCase", *request,
              Read<AssignCase::Command>(*request, "authority_code", request->authority_code(), 32),
              response);
}

grpc::ServerUnaryReactor* DeskApi::Allow(grpc::CallbackServerContext* context,
                                         const v1::AllowSupplementRequest* request,
                                         v1::AllowSupplementResponse* response) const {
  return Once(context, "AllowSupplement", *request,
              Read<AllowSupplement::Command>(*request, "answer_id", request->answer_id(), 64),
              response);
}

}  // namespace xiufu::routing
