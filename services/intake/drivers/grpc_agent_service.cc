#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/rpc/context.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/intake/domain/violations.h"
#include "services/intake/drivers/agent_codec.h"
#include "services/intake/drivers/grpc_intake_service.h"
#include "services/intake/drivers/grpc_write.h"
#include "xiufu/intake/v1/agent.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr int kAgentPage = 50;
constexpr int kLargestAgentPage = 200;

class GrpcAgentService final : public v1::AgentService::CallbackService {
 public:
  explicit GrpcAgentService(GrpcParts parts)
      : parts_(std::move(parts)), page_tokens_(parts_.page_token_key) {}

  grpc::ServerUnaryReactor* ReplacePowerOfAttorney(grpc::CallbackServerContext* context,
                                                   const v1::ReplacePowerOfAttorneyRequest* request,
                                                   v1::PowerOfAttorney* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      const Call call = CallOf(*context);
      parts_.intake->agents.ReplacePower(
          call, CommandOf(*request),
          GrpcWrite<PowerOfAttorney>(parts_.database, parts_.clock, call, "ReplacePowerOfAttorney",
                                     *request, response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* ListAgents(grpc::CallbackServerContext* context,
                                       const v1::ListAgentsRequest* request,
                                       v1::ListAgentsResponse* response) override {
    absl::Status status = rpc::OnlyOperator(*context);
    if (status.ok()) status = List(*request, *response);
    return rpc::Reply(context, status);
  }

 private:
  absl::Status List(const v1::ListAgentsRequest& request, v1::ListAgentsResponse& response) const {
    Violations violations;
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kAgentPage, kLargestAgentPage);
    violations.Take(size.status());
    const std::string bound = absl::StrCat("ListAgents/", request.to_date());
    const absl::StatusOr<std::string> position = page_tokens_.Decode(bound, request.page_token());
    violations.Take(position.status());
    if (!violations.empty()) return violations.ToStatus();
    int64_t offset = 0;
    if (!position->empty() && !absl::SimpleAtoi(*position, &offset)) offset = 0;
    const absl::StatusOr<AgentPage> page =
        parts_.intake->agents.List(request.to_date(), offset, *size);
    if (!page.ok()) return page.status();
    Fill(*page, response);
    if (page->more) {
      response.set_next_page_token(page_tokens_.Encode(bound, absl::StrCat(offset + *size)));
    }
    return absl::OkStatus();
  }

  const GrpcParts parts_;
  const rpc::PageTokens page_tokens_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGrpcAgentService(GrpcParts parts) {
  return std::make_unique<GrpcAgentService>(std::move(parts));
}

}  // namespace xiufu::intake
