#pragma once

#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/intake/app/compose_notice.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/precheck.h"

namespace xiufu::intake {

struct PrecheckCommand {
  std::string clerk;
  std::string window;
  InquiryCommand inquiry;
  std::vector<PaperAtHand> papers;
  bool by_agent = false;
};

// 材料预核. Nothing is stored but how many a window did in a month. Any thread.
class PrecheckMaterialsCase {
 public:
  PrecheckMaterialsCase(const Clock* clock, LawSource law, Tables tables,
                        storage::Database* database, ComposeNoticeCase* compose)
      : clock_(clock), law_(law), tables_(tables), database_(database), compose_(compose) {}

  // INVALID_ARGUMENT with every violation at once; what ComposeNotice says.
  using Done = absl::AnyInvocable<void(absl::StatusOr<Precheck>)>;
  void operator()(const WindowCaller& caller, const PrecheckCommand& command, Done done);

 private:
  void Count(const Desk& desk, Precheck result, Done done);

  const Clock* const clock_;
  const LawSource law_;
  const Tables tables_;
  storage::Database* const database_;
  ComposeNoticeCase* const compose_;
};

}  // namespace xiufu::intake
