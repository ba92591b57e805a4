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
// The same with all that it can say: more authorities connected (IN_SUITE), so that there is one of
// each character; the provincial centre looks after the city's under NDRC Order 58, and under Order
// 36 a person does at serious records.
const SimLaw& FullLaw();

}  // namespace xiufu::simulation
