#pragma once

#include "services/routing/domain/case.h"
#include "services/routing/domain/case_input.h"

namespace xiufu::routing {

// What an input means in a state.
enum class Meaning {
  kMove,      // the state changes
  kNote,      // something is remembered, the state stays
  kRecord,    // an answer that does not count: kept with a reason, never applied
  kRefuse,    // a request that comes too late or is not for this state: whoever asks is told so
  kWait,      // too early: something that must come before it comes by another stream
  kNothing,   // late repetition
  kConflict,  // cannot be: a person's turn
};

struct Transition {
  Meaning meaning = Meaning::kConflict;
  CaseState next = CaseState::kReceived;  // kMove to a fixed state
  bool resumes = false;                   // kMove back to Case::resume
  bool passes_on = false;                 // kMove to the next step of the route (AfterReview)
};

// The table of routing. Inputs of one stream come in order, inputs of different streams in any;
// therefore whatever depends on another stream waits, and a case always goes through the same
// states with the same versions.
Transition TransitionOf(CaseState state, InputKind input);

}  // namespace xiufu::routing
