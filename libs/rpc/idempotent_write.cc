#include "libs/rpc/idempotent_write.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/storage/requests.h"

namespace xiufu::rpc {
namespace {

std::string SerializeDeterministically(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&output);
  }
  return bytes;
}

absl::Status RunOnce(IdempotentWrite& write, const Id& id, absl::Time now, storage::Tx& tx) {
  const std::string scope = RequestScope(write.method, write.principal);
  absl::StatusOr<std::optional<std::string>> kept =
      tx.requests().Find(tx, scope, id, write.body_sha256);
  if (!kept.ok()) return kept.status();
  write.response->Clear();
  if (kept->has_value()) {
    if (write.response->ParseFromString(**kept)) return absl::OkStatus();
    return absl::DataLossError("the kept answer of a request cannot be read");
  }
  if (absl::Status status = write.fn(tx, id); !status.ok()) return status;
  tx.requests().Keep(tx, scope, id, write.body_sha256, SerializeDeterministically(*write.response),
                     now);
  return absl::OkStatus();
}

}  // namespace

std::string BodySha256(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr) return Sha256(SerializeDeterministically(request));
  std::unique_ptr<google::protobuf::Message> body(request.New());
  body->CopyFrom(request);
  body->GetReflection()->ClearField(body.get(), field);
  return Sha256(SerializeDeterministically(*body));
}

// Neither has a blank: methods are identifiers, principals [a-z0-9_-]. People read it in a refusal.
std::string RequestScope(absl::string_view method, absl::string_view principal) {
  return absl::StrCat(method, " of ", principal);
}

void Submit(storage::Database& database, const Clock& clock, IdempotentWrite write,
            absl::AnyInvocable<void(absl::Status)> done) {
  const absl::StatusOr<Id> id = Id::Parse(write.request_id);
  if (!id.ok() || id->IsNone()) {
    done(
        FieldViolation("request_id", "not a UUID", "8-4-4-4-12 hex digits, new for every request"));
    return;
  }
  database.Write([write = std::move(write), id = *id,
                  &clock](storage::Tx& tx) mutable { return RunOnce(write, id, clock.Now(), tx); },
                 std::move(done));
}

}  // namespace xiufu::rpc
