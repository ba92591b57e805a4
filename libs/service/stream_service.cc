#include "libs/service/stream_service.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/messaging/topology.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "libs/rpc/status.h"
#include "libs/service/consumer_marks.h"
#include "libs/service/run_reader.h"
#include "libs/service/stream_codec.h"

namespace xiufu::service {
namespace {

absl::Status CheckConsumer(absl::string_view consumer) {
  const bool good = !consumer.empty() && consumer.size() <= 64 &&
                    std::all_of(consumer.begin(), consumer.end(), [](unsigned char c) {
                      return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
                    });
  if (good) return absl::OkStatus();
  return FieldViolation("consumer", "not a queue's name", "[A-Za-z0-9._-]{1,64}");
}

// Streams are for whoever consumes them, and each reads and tells its marks for itself alone.
absl::Status CheckCaller(const grpc::ServerContextBase& context, absl::string_view consumer) {
  if (absl::Status status = CheckConsumer(consumer); !status.ok()) return status;
  const std::string owner = messaging::ConsumerOf(consumer);
  if (!owner.empty() && rpc::PrincipalOf(context) == owner) return absl::OkStatus();
  return absl::PermissionDeniedError("only the service that reads this queue may ask for it");
}

// A mark that is merely not ours, or ahead of us, is a consumer's right (consumer_marks.h).
absl::Status CheckMarks(const std::vector<storage::Mark>& marks) {
  for (size_t i = 0; i < marks.size(); ++i) {
    if (marks[i].epoch >= 0 && marks[i].seq >= 0) continue;
    return FieldViolation(absl::StrCat("marks[", i, "]"), "negative", "an epoch and a seq from 0");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<storage::StreamHead>> ReadHeads(
    storage::Database* database, const std::vector<std::string>& patterns) {
  std::vector<storage::StreamHead> heads;
  absl::Status status = database->Read([&](storage::Session& session) {
    heads = database->outbox().Heads(session, patterns);
    return session.status();
  });
  if (!status.ok()) return status;
  return heads;
}

absl::StatusOr<RunReader> OpenReader(storage::Database* database,
                                     const grpc::ServerContextBase& context,
                                     const grpc::ByteBuffer& bytes) {
  stream::v1::ReadRequest request;
  grpc::ByteBuffer copy(bytes);  // Deserialize takes what it reads
  grpc::Status parsed =
      grpc::SerializationTraits<stream::v1::ReadRequest>::Deserialize(&copy, &request);
  if (!parsed.ok()) return absl::InvalidArgumentError("not a ReadRequest");
  if (absl::Status status = CheckCaller(context, request.consumer()); !status.ok()) return status;
  return RunReader::Open(database, request.stream(), request.epoch(), request.from_seq());
}

// Writes run after run; the next page is read when the one before has been sent, so that a slow
// consumer costs one page of memory.
class RunWriter final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit RunWriter(absl::StatusOr<RunReader> reader) : reader_(std::move(reader)) {
    if (reader_.ok()) {
      WriteNext();
    } else {
      Finish(rpc::ToGrpc(reader_.status()));
    }
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      WriteNext();
    } else {
      Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the consumer went away"));
    }
  }
  void OnDone() override { delete this; }

 private:
  void WriteNext() {
    absl::StatusOr<std::string> run = reader_->Next();
    if (!run.ok() || run->empty()) {
      Finish(rpc::ToGrpc(run.status()));
      return;
    }
    const grpc::Slice slice(*run);
    run_ = grpc::ByteBuffer(&slice, 1);
    StartWrite(&run_);
  }

  absl::StatusOr<RunReader> reader_;
  grpc::ByteBuffer run_;  // lives until OnWriteDone
};

}  // namespace

grpc::ServerUnaryReactor* StreamService::Heads(grpc::CallbackServerContext* context,
                                               const stream::v1::HeadsRequest* request,
                                               stream::v1::HeadsResponse* response) {
  const std::vector<storage::Mark> marks = MarksOf(*request);
  absl::Status status = CheckCaller(*context, request->consumer());
  if (status.ok()) status = CheckMarks(marks);
  if (!status.ok()) return rpc::Reply(context, status);
  const absl::StatusOr<std::vector<storage::StreamHead>> heads =
      ReadHeads(database_, PatternsOf(*request));
  if (!heads.ok()) return rpc::Reply(context, heads.status());
  for (const storage::StreamHead& head : *heads) *response->add_heads() = EncodeHead(head);
  NoteConsumerMarks(database_, request->consumer(), *heads, marks, clock_->Now());
  return rpc::Reply(context, absl::OkStatus());
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamService::Read(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  return new RunWriter(OpenReader(database_, *context, *request));
}

}  // namespace xiufu::service
