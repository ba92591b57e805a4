#pragma once

#include <vector>

#include "services/intake/app/front_door_ports.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/timeline.h"

namespace xiufu::intake {

inline constexpr char kReturnJob[] = "return_upstream";  // id: of the return

// Keeps what goes back to upstream doors, under every number that a case has, and sees to it that
// one return a number is on its way at a time. On the writer.
class TellUpstream {
 public:
  TellUpstream(const PushTable* pushes, const ReturnTable* returns)
      : pushes_(pushes), returns_(returns) {}

  // What a case has come to.
  void News(storage::Tx& tx, const Application& application, const CaseView& view,
            const std::vector<intake::News>& news) const;
  // A number has come into a case, perhaps one that is far on (`view`, once it is opened).
  void Joined(storage::Tx& tx, const StoredPush& push, const Application& application,
              const CaseView* view, absl::Time at) const;
  // The door has it: the next one may go.
  void Returned(storage::Tx& tx, const Id& id, const Id& push, absl::Time now) const;
  // A person has given a return up: the next one may go.
  void GivenUp(storage::Tx& tx, const Id& id, absl::Time now) const;

 private:
  void Append(storage::Tx& tx, const StoredPush& push, const UpstreamReturn& content) const;
  void SendNext(storage::Tx& tx, const Id& push, FrontDoor door, absl::Time now) const;

  const PushTable* const pushes_;
  const ReturnTable* const returns_;
};

}  // namespace xiufu::intake
