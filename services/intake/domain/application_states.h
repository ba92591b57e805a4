#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/next_step.h"

namespace xiufu::intake {

// What GB/T 39046 has for a state: the process its exchange row belongs to (tables 5 to 8), and the
// portal's three steps.
enum class Process { kNone, kApply, kAccept, kHandle, kConclude };
enum class Progress { kNone = 0, kToDo = 1, kInHand = 2, kDone = 3 };

struct ApplicationStateInfo {
  ApplicationState state;
  Turn owner;               // whose turn it is; of several, each of its cases tells its own
  absl::string_view clock;  // of its cases, the one that is told; empty: it is over, or a draft
  Process process;
  Progress progress;
  // 办结结果 of the provinces' exchange (standards §4.4, second-hand); empty while it is not over.
  absl::string_view conclusion;
};

// All states, in the order of their numbers.
absl::Span<const ApplicationStateInfo> ApplicationStates();
const ApplicationStateInfo& InfoOf(ApplicationState state);

// The state of a submitted application of `records` records with these opened cases. Never set,
// always this: the first row of the table that fits.
ApplicationState StateOf(const std::vector<CaseView>& cases, int records);

// The key of a state in plain words.
std::string StateKey(ApplicationState state);

// The table for people, generated: services/intake/STATES.md is this text.
std::string DescribeApplicationStates();

}  // namespace xiufu::intake
