#pragma once

#include <string>

#include "services/routing/domain/objection.h"
#include "services/routing/domain/objection_input.h"
#include "services/routing/domain/transition.h"

namespace xiufu::routing {

struct ObjectionTransition {
  Meaning meaning = Meaning::kNothing;
  ObjectionState next = ObjectionState::kFiled;  // kMove
};

// The table of objections. It has no row for a clock: nothing ends because an authority's time ran
// out. A withdrawal and an answer come by different streams; whichever is taken first counts.
ObjectionTransition TransitionOf(ObjectionState state, ObjectionInputKind input);

// The table for people, generated: services/routing/OBJECTIONS.md is this text.
std::string DescribeObjections();

}  // namespace xiufu::routing
