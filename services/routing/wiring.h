#pragma once

#include "libs/calendar/calendar.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/service/wiring.h"

namespace xiufu::routing {

// What routing needs to know; all outlive the wiring.
struct RoutingParts {
  const catalogue::Catalogue* catalogue = nullptr;
  const catalogue::AuthorityRegistry* authorities = nullptr;
  const calendar::Calendar* calendar = nullptr;
};

service::Wiring WireRouting(const RoutingParts& parts);

}  // namespace xiufu::routing
