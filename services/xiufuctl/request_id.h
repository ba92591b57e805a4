#pragma once

#include <string>

namespace xiufu::ctl {

// A request id of its own, for one call.
std::string NewRequestId();

}  // namespace xiufu::ctl
