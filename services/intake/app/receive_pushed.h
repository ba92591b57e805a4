#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/intake/app/blob_store.h"
#include "services/intake/app/provide_supplement.h"
#include "services/intake/app/push_standing.h"
#include "services/intake/app/take_up_pushed.h"
#include "services/intake/app/upload_material.h"
#include "services/intake/app/withdraw_application.h"

namespace xiufu::intake {

// An upstream door that calls.
struct DoorCall {
  Call call;
  FrontDoor door = FrontDoor::kUnspecified;
};

// What upstream doors push. Everything is known by the door's own number: what comes again with the
// same content is answered with where it stands, other content under it is ALREADY_EXISTS. `done`
// runs once, after the commit. Any thread.
class ReceivePushed {
 public:
  struct Parts {
    CallContext context;
    LawSource law;
    Tables tables;
    const PushTable* pushes = nullptr;
    storage::Database* database = nullptr;
    BlobStore* blobs = nullptr;
    const TakeUpPushed* take_up = nullptr;
    const ProvideSupplementCase* supplement = nullptr;
    const WithdrawApplicationCase* withdraw = nullptr;
  };
  explicit ReceivePushed(const Parts& parts) : parts_(parts) {}

  // As it came, with the identity of the request and what of it cannot be read.
  struct Command {
    Push push;
    std::string request;
    std::string sha256;
    Violations unread;
  };
  void Receive(const DoorCall& call, Command command, PushDone done) const;

  // A paper that was announced: appended on gRPC's thread, kept on a worker's.
  absl::StatusOr<std::unique_ptr<IncomingMaterial>> BeginPaper(const DoorCall& call,
                                                               absl::string_view upstream_no,
                                                               absl::string_view sha256) const;
  void AddPaper(const DoorCall& call, absl::string_view upstream_no,
                std::unique_ptr<IncomingMaterial> incoming, PushDone done) const;

  struct SupplementPush {
    std::string upstream_no;
    int32_t round = 0;
    std::string note;
    std::vector<PushedMaterial> papers;
    std::string sha256;
  };
  void ReceiveSupplement(const DoorCall& call, SupplementPush supplement, PushDone done) const;

  void ReceiveWithdrawal(const DoorCall& call, const std::string& upstream_no,
                         const std::string& reason, PushDone done) const;

  // A person has the record looked up again now, under the name given if any.
  void TakeUpAgain(const Id& id, const Id& record, PushDone done) const;

 private:
  template <typename ApplyFn>
  void Write(ApplyFn apply, PushDone done) const;
  absl::StatusOr<StoredPush> Keep(storage::Tx& tx, const DoorCall& call, const Command& command,
                                  absl::Time now) const;
  absl::StatusOr<StoredPush> KeepPaper(storage::Tx& tx, const DoorCall& call,
                                       const std::string& upstream_no, const Upload& paper,
                                       absl::Time now) const;
  absl::StatusOr<StoredPush> KeepSupplement(storage::Tx& tx, const DoorCall& call,
                                            const SupplementPush& supplement, absl::Time now) const;
  absl::StatusOr<StoredPush> Withdraw(storage::Tx& tx, const DoorCall& call,
                                      const std::string& upstream_no, const std::string& reason,
                                      absl::Time now) const;
  absl::StatusOr<StoredPush> FindPush(storage::Session& session, const DoorCall& call,
                                      absl::string_view upstream_no) const;
  // The supplement, once all its papers are there and the case waits for it.
  // Whether the case that the push is in waits for a supplement of this round.
  bool IsAwaited(storage::Tx& tx, const StoredPush& push, int32_t round) const;
  absl::Status TakeSupplement(storage::Tx& tx, const DoorCall& call, const StoredPush& push,
                              const PushedSupplement& supplement, absl::Time now) const;

  const Parts parts_;
};

}  // namespace xiufu::intake
