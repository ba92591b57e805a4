#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/database.h"
#include "libs/storage/tx.h"

namespace xiufu::intake {

// Who calls.
struct Call {
  std::string principal;
  std::string traceparent;
};

// A client's write on its way through the store, and how its answer gets back. The driver supplies
// all three: over gRPC the request id is checked on the writer and the answer kept with the effect.
template <typename Answer>
struct ClientWrite {
  using Apply = absl::AnyInvocable<absl::Status(storage::Tx&)>;
  using Done = absl::AnyInvocable<void(absl::Status)>;
  // Runs `apply` on the writer, unless the request was answered before; then `done`, after the
  // commit.
  absl::AnyInvocable<void(Apply apply, Done done)> once;
  // Takes the answer over, inside the writer.
  std::function<void(const Answer&)> answer;
  Done done;
};

// Runs `apply`, which gives the answer or the refusal, and answers the client.
template <typename Answer, typename ApplyFn>
void RunOnce(ClientWrite<Answer> write, ApplyFn apply) {
  auto run = [apply = std::move(apply),
              answer = std::move(write.answer)](storage::Tx& tx) mutable -> absl::Status {
    absl::StatusOr<Answer> result = apply(tx);
    if (!result.ok()) return result.status();
    answer(*result);
    return absl::OkStatus();
  };
  write.once(std::move(run), std::move(write.done));
}

// A refusal that was found before the writer. It still goes there: a request that succeeded before
// is answered as it was, for ever, whatever has changed since.
template <typename Answer>
void RefuseUnlessKept(ClientWrite<Answer> write, absl::Status refusal) {
  RunOnce(std::move(write), [refusal](storage::Tx&) -> absl::StatusOr<Answer> { return refusal; });
}

// A write without request id, for callers in the same process.
template <typename Answer>
ClientWrite<Answer> PlainWrite(storage::Database* database,
                               absl::AnyInvocable<void(absl::StatusOr<Answer>)> done) {
  auto kept = std::make_shared<Answer>();
  ClientWrite<Answer> write;
  write.once = [database](typename ClientWrite<Answer>::Apply apply,
                          typename ClientWrite<Answer>::Done settled) {
    database->Write(std::move(apply), std::move(settled));
  };
  write.answer = [kept](const Answer& answer) { *kept = answer; };
  write.done = [kept, done = std::move(done)](absl::Status status) mutable {
    if (status.ok()) {
      done(std::move(*kept));
    } else {
      done(std::move(status));
    }
  };
  return write;
}

}  // namespace xiufu::intake
