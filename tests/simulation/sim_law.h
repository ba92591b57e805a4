#pragma once

#include "libs/catalogue/law.h"
#include "libs/catalogue/messages.h"
#include "libs/feed/layout.h"

namespace xiufu::simulation {

// What worlds are governed by: read once, shared by all of them.
struct SimLaw {
  catalogue::LawSnapshot law;
  feed::LayoutBook layouts;
  catalogue::Messages messages;
};

// That of deploy/, from the present folder.
const SimLaw& ShippedLaw();
// The same, with some more authorities connected (IN_SUITE), so that there is one of each
// character.
const SimLaw& ConnectedLaw();

}  // namespace xiufu::simulation
