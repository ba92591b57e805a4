#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/base/clock.h"
#include "libs/base/id.h"
#include "libs/storage/database.h"

namespace xiufu::rpc {

// SHA-256 of the deterministic serialisation of `request` with its field "request_id" cleared.
std::string BodySha256(const google::protobuf::Message& request);

// What a request id is unique in: what one caller asked of one method. Another caller with the same
// id and body must not be given the first one's answer, which may hold a query code.
std::string RequestScope(absl::string_view method, absl::string_view principal);

// A gRPC write on its way through the store: scope, request id and body identity are checked
// on the writer; an earlier success is answered from what was kept; otherwise `fn` fills `response`
// (inside the savepoint) and the answer is kept with it. `done` runs on the writer after the
// commit; the response is then complete. INVALID_ARGUMENT with a violation of "request_id" when it
// is no UUID.
struct IdempotentWrite {
  std::string method;     // "CreateApplication"
  std::string principal;  // who calls
  std::string request_id;
  std::string body_sha256;
  absl::AnyInvocable<absl::Status(storage::Tx&, const Id& request_id)> fn;
  google::protobuf::Message* response = nullptr;  // lives until done has run
};
void Submit(storage::Database& database, const Clock& clock, IdempotentWrite write,
            absl::AnyInvocable<void(absl::Status)> done);

}  // namespace xiufu::rpc
