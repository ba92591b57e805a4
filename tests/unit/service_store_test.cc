// Copies that a running service takes of its store.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <memory>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/service/store_service.h"
#include "libs/storage/copy.h"
#include "libs/testing/manual_clock.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::service {
namespace {

class ServiceStoreTest : public ::testing::Test {
 protected:
  ServiceStoreTest() {
    database_ = *storage::Database::Open({.path = folder_.FilePath("store.db"), .service = "test"},
                                         {}, &clock_);
    database_->Start();
    tokens_ = *rpc::Tokens::LoadOrCreate(folder_.FilePath("credentials"), {"operator", "portal"});
    service_ = std::make_unique<StoreService>(database_.get(), &clock_, "test",
                                              folder_.FilePath("copies"));
    server_ = *rpc::Server::Start({"127.0.0.1:0", &tokens_}, {service_.get()});
  }
  ~ServiceStoreTest() override {
    service_->Stop();
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  absl::StatusOr<stream::v1::CopyStoreResponse> Copy(const char* principal = "operator") {
    const auto stub = stream::v1::StoreService::NewStub(
        rpc::NewChannel(absl::StrCat("127.0.0.1:", server_->port()), *tokens_.TokenOf(principal)));
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Minutes(10));
    stream::v1::CopyStoreResponse response;
    const auto answer = stub->CopyStore(&context, {});
    const bool answered = answer->Read(&response);
    const absl::Status status = rpc::FromGrpc(answer->Finish());
    EXPECT_EQ(answered, status.ok());
    if (!status.ok()) return status;
    return response;
  }

  TempFolder folder_;
  ManualClock clock_{absl::FromUnixMillis(1'780'000'000'123)};
  rpc::Tokens tokens_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<StoreService> service_;
  std::unique_ptr<rpc::Server> server_;
};

TEST_F(ServiceStoreTest, TheOperatorIsToldWhereTheCopyIs) {
  const auto copy = Copy();
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_EQ(copy->path(), folder_.FilePath("copies/test-20260528T202640.123Z.db"));
  EXPECT_EQ(static_cast<uintmax_t>(copy->bytes()), std::filesystem::file_size(copy->path()));
  struct stat folder = {};
  ASSERT_EQ(stat(folder_.FilePath("copies").c_str(), &folder), 0);
  EXPECT_EQ(folder.st_mode & 0777, 0700u);
  const absl::Status read =
      storage::ReadSealed(copy->path(), [](const std::string& service, storage::Session& session) {
        EXPECT_EQ(service, "test");
        return session.status();
      });
  EXPECT_TRUE(read.ok()) << read;
}

TEST_F(ServiceStoreTest, ANameThatIsTakenIsNotWrittenOver) {
  ASSERT_TRUE(Copy().ok());
  EXPECT_TRUE(absl::IsAlreadyExists(Copy().status()));
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_TRUE(Copy().ok());
}

TEST_F(ServiceStoreTest, NobodyElseMayAskForOne) {
  EXPECT_TRUE(absl::IsPermissionDenied(Copy("portal").status()));
  EXPECT_FALSE(std::filesystem::exists(folder_.FilePath("copies")));
}

TEST_F(ServiceStoreTest, NoneIsTakenOnceTheServiceStops) {
  service_->Stop();
  EXPECT_TRUE(absl::IsUnavailable(Copy().status()));
}

}  // namespace
}  // namespace xiufu::service
