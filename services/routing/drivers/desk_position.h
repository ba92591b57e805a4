#pragma once

#include <string>

#include "services/routing/drivers/desk_table.h"

namespace xiufu::routing {

// What a page token of the desk's lists holds: "<milliseconds> <case> <task> <answer id>"; the last
// may hold spaces.
std::string PositionText(const DeskPosition& position);
// The token was signed by us: what cannot be read begins anew.
DeskPosition PositionOf(const std::string& text);

}  // namespace xiufu::routing
