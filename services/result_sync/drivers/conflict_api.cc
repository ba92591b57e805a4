#include "services/result_sync/drivers/conflict_api.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/idempotent_write.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/result_sync/app/settle_conflict.h"
#include "services/result_sync/drivers/conflict_table.h"
#include "xiufu/result/v1/conflict.grpc.pb.h"

namespace xiufu::result {
namespace {

constexpr int kConflictPage = 50;
constexpr int kLargestConflictPage = 200;
constexpr char kListConflicts[] = "ListConflicts";

std::string ConflictIdBytes(const Id& id) { return std::string(id.bytes()); }

void Write(const OpenConflict& from, v1::Conflict* proto) {
  const Conflict& conflict = from.conflict;
  proto->set_case_id(ConflictIdBytes(conflict.case_id));
  proto->set_decision(ConflictIdBytes(conflict.decision));
  proto->set_application(ConflictIdBytes(conflict.application));
  proto->set_record(ConflictIdBytes(conflict.record));
  proto->set_expected_version(conflict.expected_version);
  proto->set_version(conflict.version);
  proto->set_reason(conflict.reason);
  if (from.entered_at == absl::InfinitePast()) return;
  const int64_t millis = absl::ToUnixMillis(from.entered_at);
  proto->mutable_since()->set_seconds(millis / 1000);
  proto->mutable_since()->set_nanos(static_cast<int32_t>(millis % 1000 * 1000000));
}

absl::StatusOr<SettleConflict::Command> Read(const v1::SettleConflictRequest& request) {
  std::vector<Violation> wrong;
  const auto add = [&](const absl::Status& status) {
    for (Violation& one : ViolationsOf(status)) wrong.push_back(std::move(one));
  };
  const absl::StatusOr<Id> decision = Id::FromBytes(request.decision());
  if (!decision.ok()) add(FieldViolation("decision", "not an id", "16 bytes"));
  SettleConflict::Command command{decision.value_or(Id()),
                                  std::string(absl::StripAsciiWhitespace(request.person())),
                                  std::string(absl::StripAsciiWhitespace(request.reason()))};
  add(CheckText("person", command.person, 1, 50));
  add(CheckText("reason", command.reason, 1, 500));
  if (absl::Status status = FieldViolations(wrong); !status.ok()) return status;
  return command;
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

  grpc::ServerUnaryReactor* SettleConflict(grpc::CallbackServerContext* context,
                                           const v1::SettleConflictRequest* request,
                                           v1::SettleConflictResponse* response) override {
    absl::Status refusal = rpc::OnlyOperator(*context);
    absl::StatusOr<result::SettleConflict::Command> command = Read(*request);
    if (refusal.ok()) refusal = command.status();
    if (!refusal.ok()) return rpc::Reply(context, refusal);
    const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(parts_.clock->Now()));
    rpc::IdempotentWrite write;
    write.method = "SettleConflict";
    write.principal = rpc::PrincipalOf(*context);
    write.request_id = request->request_id();
    write.body_sha256 = rpc::BodySha256(*request);
    write.fn = [this, now, command = *std::move(command)](storage::Tx& tx, const Id&) {
      return result::SettleConflict(&conflicts_)(command, now, tx);
    };
    write.response = response;
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      rpc::Submit(*parts_.database, *parts_.clock, std::move(write), std::move(answer));
    });
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
    const Id after = position->empty() ? Id() : Id::FromBytes(*position).value_or(Id());
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<OpenConflict> found = conflicts_.Open(session, after, *size + 1);
      if (found.size() > static_cast<size_t>(*size)) {
        found.pop_back();
        response.set_next_page_token(
            page_tokens_.Encode(kListConflicts, ConflictIdBytes(found.back().conflict.decision)));
      }
      for (const OpenConflict& one : found) Write(one, response.add_conflicts());
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

}  // namespace xiufu::result
