#include "libs/service/stream_service.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "libs/base/status.h"
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

absl::Status FillHeads(storage::Database* database, const stream::v1::HeadsRequest& request,
                       stream::v1::HeadsResponse* response) {
  return database->Read([&](storage::Session& session) {
    for (const storage::StreamHead& head : database->outbox().Heads(session, PatternsOf(request))) {
      *response->add_heads() = EncodeHead(head);
    }
    return session.status();
  });
}

absl::StatusOr<RunReader> OpenReader(storage::Database* database, const grpc::ByteBuffer& bytes) {
  stream::v1::ReadRequest request;
  grpc::ByteBuffer copy(bytes);  // Deserialize takes what it reads
  grpc::Status parsed =
      grpc::SerializationTraits<stream::v1::ReadRequest>::Deserialize(&copy, &request);
  if (!parsed.ok()) return absl::InvalidArgumentError("not a ReadRequest");
  if (absl::Status status = CheckConsumer(request.consumer()); !status.ok()) return status;
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
  absl::Status status = CheckConsumer(request->consumer());
  if (status.ok()) status = FillHeads(database_, *request, response);
  if (status.ok()) {
    NoteConsumerMarks(database_, request->consumer(), MarksOf(*request), clock_->Now());
  }
  return rpc::Reply(context, status);
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamService::Read(
    grpc::CallbackServerContext* /*context*/, const grpc::ByteBuffer* request) {
  return new RunWriter(OpenReader(database_, *request));
}

}  // namespace xiufu::service
