#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "services/xiufuctl/arguments.h"
#include "xiufu/intake/v1/agent.grpc.pb.h"
#include "xiufu/intake/v1/document.grpc.pb.h"
#include "xiufu/intake/v1/intake.grpc.pb.h"
#include "xiufu/intake/v1/window.grpc.pb.h"

namespace xiufu::ctl {

// Intake, as one of its windows or as the operator calls it.
class WindowClient {
 public:
  // Where the options say (AddressOf); --as REGION: the window of a county, else the city's.
  // `operators`: as the operator instead.
  static absl::StatusOr<WindowClient> Connect(const Arguments& args, bool operators = false);

  template <typename Service, typename Request, typename Response>
  absl::StatusOr<Response> Ask(grpc::Status (Service::Stub::*method)(grpc::ClientContext*,
                                                                     const Request&, Response*),
                               const Request& request) const {
    typename Service::Stub stub(channel_);
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  // All pages of a list as one answer.
  template <typename Service, typename Request, typename Response>
  absl::StatusOr<Response> AskAll(grpc::Status (Service::Stub::*method)(grpc::ClientContext*,
                                                                        const Request&, Response*),
                                  Request request) const {
    Response all;
    do {
      absl::StatusOr<Response> page = Ask<Service>(method, request);
      if (!page.ok()) return page.status();
      request.set_page_token(page->next_page_token());
      page->clear_next_page_token();
      all.MergeFrom(*page);
    } while (!request.page_token().empty());
    return all;
  }

  absl::StatusOr<intake::v1::Material> Upload(const std::string& application,
                                              const std::string& kind,
                                              const std::string& path) const;

 private:
  explicit WindowClient(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}

  std::shared_ptr<grpc::Channel> channel_;
};

absl::StatusOr<std::string> ReadWholeFile(const std::string& path);
absl::Status WriteWholeFile(const std::string& path, const std::string& content);
// By the name's ending; what nobody takes where it is another.
std::string MediaTypeByName(const std::string& path);

}  // namespace xiufu::ctl
