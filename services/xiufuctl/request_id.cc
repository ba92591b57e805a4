#include "services/xiufuctl/request_id.h"

#include "libs/base/random_ids.h"
#include "libs/base/system_clock.h"

namespace xiufu::ctl {

std::string NewRequestId() {
  const SystemClock clock;
  RandomIds ids;
  return ids.NewV7(clock.Now()).ToString();
}

}  // namespace xiufu::ctl
