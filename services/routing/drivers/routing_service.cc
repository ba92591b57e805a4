#include "services/routing/drivers/routing_service.h"

#include "services/routing/drivers/desk_api.h"
#include "services/routing/drivers/due_moves_api.h"
#include "xiufu/routing/v1/routing.grpc.pb.h"

namespace xiufu::routing {
namespace {

class RoutingGrpc final : public v1::RoutingService::CallbackService {
 public:
  explicit RoutingGrpc(const ServiceParts& parts)
      : parts_(parts), due_moves_(&parts_), desk_(&parts_) {}

  grpc::ServerUnaryReactor* ListDueMoves(grpc::CallbackServerContext* context,
                                         const v1::ListDueMovesRequest* request,
                                         v1::ListDueMovesResponse* response) override {
    return due_moves_.List(context, request, response);
  }
  grpc::ServerUnaryReactor* ListUnassignedCases(
      grpc::CallbackServerContext* context, const v1::ListUnassignedCasesRequest* request,
      v1::ListUnassignedCasesResponse* response) override {
    return desk_.ListUnassigned(context, request, response);
  }
  grpc::ServerUnaryReactor* AssignCase(grpc::CallbackServerContext* context,
                                       const v1::AssignCaseRequest* request,
                                       v1::AssignCaseResponse* response) override {
    return desk_.Assign(context, request, response);
  }
  grpc::ServerUnaryReactor* AllowSupplement(grpc::CallbackServerContext* context,
                                            const v1::AllowSupplementRequest* request,
                                            v1::AllowSupplementResponse* response) override {
    return desk_.Allow(context, request, response);
  }
  grpc::ServerUnaryReactor* ListUncountedAnswers(
      grpc::CallbackServerContext* context, const v1::ListUncountedAnswersRequest* request,
      v1::ListUncountedAnswersResponse* response) override {
    return desk_.ListUncounted(context, request, response);
  }

 private:
  const ServiceParts parts_;
  const DueMovesApi due_moves_;
  const DeskApi desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewRoutingService(const ServiceParts& parts) {
  return std::make_unique<RoutingGrpc>(parts);
}

}  // namespace xiufu::routing
