#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/database.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/hand_over.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

// A hand-over with what it is about, for those who list it.
struct HandOverView {
  HandOver hand_over;
  std::string subject_uscc;        // empty: not known
  std::string application_number;  // empty: a consultation
};

struct HandOverPage {
  std::vector<HandOverView> hand_overs;
  bool more = false;
};

// What was taken in at the wrong window goes to the window of the subject's county. Any thread.
class HandOvers {
 public:
  HandOvers(CallContext context, LawSource law, Tables tables, storage::Database* database)
      : context_(context), law_(law), tables_(tables), database_(database) {}

  // The window that has it gives it. INVALID_ARGUMENT (ValidateHandOver, RegionToHandTo); NOT_FOUND
  // for what is not this window's; FAILED_PRECONDITION with reason HAND_OVER_OPEN.
  void Give(const WindowCaller& caller, const HandOverCommand& command,
            ClientWrite<HandOverView> write);
  // From now on the receiving window has it, and acts as the caller that filed it.
  void TakeUp(const WindowCaller& caller, const std::string& name, const std::string& clerk,
              ClientWrite<HandOverView> write);
  // Of a county's window its own, whatever `filter.region` says; the city's window sees all.
  absl::StatusOr<HandOverPage> List(const WindowCaller& caller, HandOverFilter filter) const;

 private:
  absl::StatusOr<HandOverView> GiveNow(storage::Tx& tx, const WindowCaller& caller,
                                       const HandOverRequest& request, absl::Time now) const;
  absl::StatusOr<HandOverView> TakeUpNow(storage::Tx& tx, const WindowCaller& caller, const Id& id,
                                         const std::string& clerk, absl::Time now) const;
  HandOverView ViewOf(storage::Session& session, const HandOver& hand_over) const;

  const CallContext context_;
  const LawSource law_;
  const Tables tables_;
  storage::Database* const database_;
};

}  // namespace xiufu::intake
