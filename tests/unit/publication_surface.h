#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "libs/base/status.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "services/publication/drivers/commitments_service.h"
#include "services/publication/drivers/notices_service.h"
#include "services/publication/drivers/publication_service.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/publication_rig.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::publication {

inline constexpr char kRequest[] = "018f3c1e-0000-7000-8000-000000000001";

// The gRPC surface, over a real socket and a store with its thread.
class PublicationSurface : public ::testing::Test {
 protected:
  void SetUp() override {
    tokens_ = *rpc::Tokens::LoadOrCreate(folder_.path(), {"operator", "intake", "portal"});
    database_ = *storage::Database::Open(
        {.path = folder_.FilePath("store.db"), .service = "publication"}, Migrations(), &clock_);
    database_->Start();
    const ServiceParts parts = {database_.get(),
                                &clock_,
                                &ids_,
                                &FeedLaw::Get().in_force,
                                &FeedLaw::Get().layouts_in_force,
                                "key"};
    service_ = NewPublicationService(parts);
    notices_ = NewRepairNoticeService(parts);
    commitments_ = NewCommitmentService(parts);
    server_ = *rpc::Server::Start({.listen = "127.0.0.1:0", .tokens = &tokens_},
                                  {service_.get(), notices_.get(), commitments_.get()});
    server_->SetServing(true);
  }
  void TearDown() override {
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  std::shared_ptr<grpc::Channel> ChannelOf(const std::string& principal) {
    return rpc::NewChannel(absl::StrCat("127.0.0.1:", server_->port()),
                           *tokens_.TokenOf(principal));
  }
  std::unique_ptr<v1::PublicationService::Stub> As(const std::string& principal) {
    return v1::PublicationService::NewStub(ChannelOf(principal));
  }

  absl::StatusOr<v1::ImportReport> Import(const std::string& csv,
                                          const std::string& request_id = kRequest,
                                          const std::string& principal = "operator",
                                          const std::string& layout = "SGS-PENALTY-2018") {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::ImportReport report;
    auto stub = As(principal);
    auto writer = stub->ImportRecords(&context, &report);
    v1::ImportRecordsRequest part;
    part.mutable_header()->set_request_id(request_id);
    part.mutable_header()->set_layout(layout);
    writer->Write(part);
    for (size_t at = 0; at < csv.size(); at += 1000) {
      part.set_chunk(csv.substr(at, 1000));
      if (!writer->Write(part)) break;
    }
    writer->WritesDone();
    const absl::Status status = rpc::FromGrpc(writer->Finish());
    if (!status.ok()) return status;
    return report;
  }

  absl::StatusOr<v1::SearchRecordsResponse> Search(const std::string& uscc, int size = 0,
                                                   const std::string& token = "") {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::SearchRecordsRequest request;
    request.set_uscc(uscc);
    request.set_page_size(size);
    request.set_page_token(token);
    v1::SearchRecordsResponse response;
    const absl::Status status =
        rpc::FromGrpc(As("intake")->SearchRecords(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::BatchGetRecordsResponse> BatchGet(const std::vector<std::string>& ids) {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::BatchGetRecordsRequest request;
    for (const std::string& id : ids) request.add_records(id);
    v1::BatchGetRecordsResponse response;
    const absl::Status status =
        rpc::FromGrpc(As("intake")->BatchGetRecords(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  TempFolder folder_;
  ManualClock clock_{TestNow()};
  SeededIds ids_{20260401};
  rpc::Tokens tokens_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<grpc::Service> service_;
  std::unique_ptr<grpc::Service> notices_;
  std::unique_ptr<grpc::Service> commitments_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace xiufu::publication
