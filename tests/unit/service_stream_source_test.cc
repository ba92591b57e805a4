// One contract, two ways to a producer's streams: over gRPC and in the same process.
#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/messaging/envelope.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/service/stream_service.h"
#include "libs/service/stream_source.h"
#include "libs/storage/database.h"
#include "libs/testing/manual_clock.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::service {
namespace {

using storage::StreamHead;

constexpr char kConsumer[] = "routing";

class ServiceStreamSourceTest : public ::testing::TestWithParam<const char*> {
 protected:
  ServiceStreamSourceTest() {
    storage::Database::Options options;
    options.path = folder_.FilePath("store.db");
    options.service = "test";
    database_ = *storage::Database::Open(options, {}, &clock_);
    database_->Start();
    tokens_ = *rpc::Tokens::LoadOrCreate(folder_.FilePath("credentials"),
                                         {"routing", "department_adapter", "portal"});
    service_ = std::make_unique<StreamService>(database_.get(), &clock_);
    server_ = *rpc::Server::Start({"127.0.0.1:0", &tokens_}, {service_.get()});
    channel_ = ChannelOf(kConsumer);
    source_ = GetParam() == std::string("local") ? NewLocalStreamSource(database_.get(), &clock_)
                                                 : NewGrpcStreamSource(channel_);
  }
  ~ServiceStreamSourceTest() override {
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  std::shared_ptr<grpc::Channel> ChannelOf(const std::string& principal) const {
    return rpc::NewChannel(absl::StrCat("127.0.0.1:", server_->port()),
                           *tokens_.TokenOf(principal));
  }

  void Append(const std::string& stream, int count, size_t data_size = 10) {
    const absl::Status status = database_->WriteAndWait([&](storage::Tx& tx) {
      for (int i = 0; i < count; ++i) {
        messaging::Envelope event;
        event.id = DeriveId(Id(), stream, ++appended_, {});
        event.source = "/xiufu/test";
        event.type = "xiufu.test.happened.v1";
        event.subject = "tests/1";
        event.time = clock_.Now();
        event.stream = stream;
        event.data = std::string(data_size, 'd');
        database_->outbox().Append(tx, std::move(event));
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }

  struct ReadResult {
    absl::Status status;
    std::vector<size_t> runs;  // events in each
    std::vector<int64_t> seqs;
  };
  ReadResult Read(const std::string& stream, int64_t epoch, int64_t from, size_t max_runs = 1000) {
    ReadResult result;
    result.status = source_->Read(kConsumer, stream, epoch, from, [&](const std::string& bytes) {
      const auto events = messaging::DecodeRun(bytes);
      EXPECT_TRUE(events.ok()) << events.status();
      result.runs.push_back(events->size());
      for (const auto& event : *events) {
        EXPECT_EQ(event.envelope.stream, stream);
        EXPECT_EQ(event.envelope.epoch, epoch);
        result.seqs.push_back(event.envelope.seq);
      }
      return result.runs.size() < max_runs;
    });
    return result;
  }
  static void ExpectContiguous(const std::vector<int64_t>& seqs, int64_t first, int64_t last) {
    ASSERT_EQ(seqs.size(), static_cast<size_t>(last - first + 1));
    for (size_t i = 0; i < seqs.size(); ++i) EXPECT_EQ(seqs[i], first + static_cast<int64_t>(i));
  }
  std::vector<storage::Mark> KeptMarks() {
    std::vector<storage::Mark> marks;
    EXPECT_TRUE(
        database_
            ->Read([&](storage::Session& session) {
              auto query = session.Sql(
                  "SELECT stream, epoch, seq FROM consumer_mark ORDER BY stream, epoch");
              while (query.Next()) {
                marks.push_back({std::string(query.Text(0)), query.Int(1), query.Int(2), Id()});
              }
              return session.status();
            })
            .ok());
    return marks;
  }

  TempFolder folder_;
  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<storage::Database> database_;
  rpc::Tokens tokens_;
  std::unique_ptr<StreamService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<StreamSource> source_;
  uint64_t appended_ = 0;
};

TEST_P(ServiceStreamSourceTest, HeadsTellWhatMatches) {
  Append("routing", 3);
  Append("dept.tax", 2);
  Append("dept.transport", 1);
  const auto heads = source_->Heads(kConsumer, {"dept.#"}, {});
  ASSERT_TRUE(heads.ok()) << heads.status();
  ASSERT_EQ(heads->size(), 2u);
  const StreamHead& tax = (*heads)[0];
  EXPECT_EQ(tax.stream, "dept.tax");
  EXPECT_EQ(tax.epoch, database_->epoch());
  EXPECT_EQ(tax.first, 1);
  EXPECT_EQ(tax.head, 2);
  EXPECT_EQ(tax.previous_epoch, 0);
  EXPECT_EQ(tax.last_id, DeriveId(Id(), "dept.tax", 5, {}));
  EXPECT_EQ((*heads)[1].stream, "dept.transport");
  EXPECT_EQ(source_->Heads(kConsumer, {"routing"}, {})->size(), 1u);
  EXPECT_EQ(source_->Heads(kConsumer, {"nothing"}, {})->size(), 0u);
}

TEST_P(ServiceStreamSourceTest, MarksAreKeptForRetention) {
  Append("routing", 5);
  const int64_t epoch = database_->epoch();
  ASSERT_TRUE(source_->Heads(kConsumer, {"routing"}, {{"routing", epoch, 3, Id()}}).ok());
  // The answer did not wait for the mark, but the writer takes its work in order.
  ASSERT_TRUE(database_->WriteAndWait([](storage::Tx&) { return absl::OkStatus(); }).ok());
  const auto marks = KeptMarks();
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks[0].stream, "routing");
  EXPECT_EQ(marks[0].epoch, epoch);
  EXPECT_EQ(marks[0].seq, 3);
}

// A consumer tells each producer all it has, and may be ahead of one that was restored.
TEST_P(ServiceStreamSourceTest, MarksOfOthersOrAheadAreAnsweredAndNotKept) {
  Append("routing", 5);
  const int64_t epoch = database_->epoch();
  const auto heads = source_->Heads(kConsumer, {},
                                    {{"intake", epoch, 3, Id()},
                                     {"routing", epoch - 1, 3, Id()},
                                     {"routing", epoch, 6, Id()},
                                     {"routing", epoch + 1, 0, Id()}});
  ASSERT_TRUE(heads.ok()) << heads.status();
  EXPECT_EQ(heads->size(), 1u);
  ASSERT_TRUE(database_->WriteAndWait([](storage::Tx&) { return absl::OkStatus(); }).ok());
  EXPECT_EQ(KeptMarks().size(), 0u);
  ASSERT_TRUE(source_->Heads(kConsumer, {}, {{"routing", epoch, 5, Id()}}).ok());
  ASSERT_TRUE(database_->WriteAndWait([](storage::Tx&) { return absl::OkStatus(); }).ok());
  EXPECT_EQ(KeptMarks().size(), 1u);
}

TEST_P(ServiceStreamSourceTest, ReadsRunsToTheHead) {
  Append("routing", 150);
  const ReadResult all = Read("routing", database_->epoch(), 1);
  ASSERT_TRUE(all.status.ok()) << all.status;
  EXPECT_EQ(all.runs, (std::vector<size_t>{64, 64, 22}));
  ExpectContiguous(all.seqs, 1, 150);
  ExpectContiguous(Read("routing", database_->epoch(), 149).seqs, 149, 150);
}

TEST_P(ServiceStreamSourceTest, BeyondTheHeadThereIsNothing) {
  Append("routing", 2);
  for (const int64_t from : {3, 100}) {
    const ReadResult none = Read("routing", database_->epoch(), from);
    EXPECT_TRUE(none.status.ok()) << none.status;
    EXPECT_TRUE(none.seqs.empty());
  }
}

TEST_P(ServiceStreamSourceTest, LargeEventsMakeSmallRuns) {
  Append("routing", 20, 60 * 1024);
  const ReadResult all = Read("routing", database_->epoch(), 1);
  ASSERT_TRUE(all.status.ok()) << all.status;
  EXPECT_EQ(all.runs, (std::vector<size_t>{4, 4, 4, 4, 4}));
  ExpectContiguous(all.seqs, 1, 20);
}

TEST_P(ServiceStreamSourceTest, TheTakerMayHaveEnough) {
  Append("routing", 300);
  const ReadResult some = Read("routing", database_->epoch(), 1, /*max_runs=*/2);
  EXPECT_TRUE(some.status.ok()) << some.status;
  ExpectContiguous(some.seqs, 1, 128);
}

TEST_P(ServiceStreamSourceTest, UnknownStreamsAndEpochsAreNotFound) {
  Append("routing", 1);
  EXPECT_TRUE(absl::IsNotFound(Read("nothing", database_->epoch(), 1).status));
  EXPECT_TRUE(absl::IsNotFound(Read("routing", database_->epoch() + 1, 1).status));
}

TEST_P(ServiceStreamSourceTest, BelowTheFloorIsOutOfRange) {
  Append("routing", 10);
  ASSERT_TRUE(
      source_->Heads(kConsumer, {"routing"}, {{"routing", database_->epoch(), 6, Id()}}).ok());
  const absl::Status pruned = database_->WriteAndWait([&](storage::Tx& tx) {
    EXPECT_EQ(database_->outbox().Prune(tx, absl::InfiniteFuture(), 100), 6);
    return absl::OkStatus();
  });
  ASSERT_TRUE(pruned.ok()) << pruned;
  const absl::Status below = Read("routing", database_->epoch(), 6).status;
  EXPECT_TRUE(absl::IsOutOfRange(below)) << below;
  const auto reason = ReasonOf(below);
  ASSERT_TRUE(reason.has_value());
  ASSERT_EQ(reason->metadata.size(), 1u);
  EXPECT_EQ(reason->metadata[0], std::make_pair(std::string("first"), std::string("7")));
  ExpectContiguous(Read("routing", database_->epoch(), 7).seqs, 7, 10);
}

TEST_P(ServiceStreamSourceTest, ASeqBelowOneIsAViolation) {
  Append("routing", 1);
  const absl::Status refused = Read("routing", database_->epoch(), 0).status;
  EXPECT_TRUE(absl::IsInvalidArgument(refused)) << refused;
  EXPECT_EQ(ViolationsOf(refused).at(0).field, "from_seq");
}

INSTANTIATE_TEST_SUITE_P(Ways, ServiceStreamSourceTest, ::testing::Values("local", "grpc"),
                         [](const auto& info) { return std::string(info.param); });

class ServiceStreamServiceTest : public ServiceStreamSourceTest {};
INSTANTIATE_TEST_SUITE_P(Ways, ServiceStreamServiceTest, ::testing::Values("grpc"),
                         [](const auto& info) { return std::string(info.param); });

TEST_P(ServiceStreamServiceTest, ConsumersNeedAName) {
  for (const std::string& name : {std::string(), std::string(65, 'a'), std::string("a b")}) {
    EXPECT_TRUE(absl::IsInvalidArgument(source_->Heads(name, {}, {}).status())) << name;
    const absl::Status read =
        source_->Read(name, "routing", 1, 1, [](const std::string&) { return true; });
    EXPECT_TRUE(absl::IsInvalidArgument(read)) << name;
  }
}

TEST_P(ServiceStreamServiceTest, StreamsAreForTheirConsumersAlone) {
  Append("routing", 1);
  const std::pair<const char*, const char*> strangers[] = {
      {"portal", "routing"}, {"portal", "portal"},       {"department_adapter", "routing"},
      {"routing", "nobody"}, {"routing", "adapter.tax"}, {"routing", "routing.parked"}};
  for (const auto& [principal, consumer] : strangers) {
    const auto source = NewGrpcStreamSource(ChannelOf(principal));
    const auto heads = source->Heads(consumer, {}, {{"routing", database_->epoch(), 0, Id()}});
    EXPECT_TRUE(absl::IsPermissionDenied(heads.status())) << principal << " as " << consumer;
    const absl::Status read = source->Read(consumer, "routing", database_->epoch(), 1,
                                           [](const std::string&) { return true; });
    EXPECT_TRUE(absl::IsPermissionDenied(read)) << principal << " as " << consumer;
  }
  EXPECT_TRUE(
      NewGrpcStreamSource(ChannelOf("department_adapter"))->Heads("adapter.tax", {}, {}).ok());
  EXPECT_EQ(KeptMarks().size(), 0u);
}

TEST_P(ServiceStreamServiceTest, MarksThatCannotBeAreViolations) {
  Append("routing", 1);
  for (const storage::Mark& mark :
       {storage::Mark{"routing", database_->epoch(), -1, Id()}, {"routing", -1, 1, Id()}}) {
    const absl::Status refused = source_->Heads(kConsumer, {}, {mark}).status();
    EXPECT_TRUE(absl::IsInvalidArgument(refused)) << refused;
    EXPECT_EQ(ViolationsOf(refused).at(0).field, "marks[0]");
  }
}

TEST_P(ServiceStreamServiceTest, AProducerThatIsGoneIsUnavailable) {
  server_->Shutdown(absl::ZeroDuration());
  EXPECT_TRUE(absl::IsUnavailable(source_->Heads(kConsumer, {}, {}).status()));
  EXPECT_TRUE(absl::IsUnavailable(Read("routing", 1, 1).status));
}

}  // namespace
}  // namespace xiufu::service
