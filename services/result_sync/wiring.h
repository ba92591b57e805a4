#pragma once

#include "libs/service/wiring.h"

namespace xiufu::result {

// Streams consumed: "routing", "publication". Stream produced: "result".
service::Wiring WireResultSync();

}  // namespace xiufu::result
