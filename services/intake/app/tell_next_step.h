#pragma once

#include <string>
#include <vector>

#include "libs/catalogue/messages.h"
#include "services/intake/domain/next_step.h"

namespace xiufu::intake {

// Puts a step into the words of the message catalogue. Arguments of all texts: {who} {until} {open}
// {ended}; {until} is NEXT_UNTIL or NEXT_UNTIL_OVERALL with {due}, or nothing.
NextStepWords InWords(const catalogue::Messages& messages, const NextStep& step);

// Every text that this needs.
std::vector<std::string> NextStepTexts();

}  // namespace xiufu::intake
