#pragma once

#include <string>
#include <vector>

#include "libs/catalogue/messages.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/timeline.h"

namespace xiufu::intake {

// Puts news into the words of the message catalogue, with what happens next. `view` is nullptr for
// news about the application, whose `cases` are the opened ones. Arguments of all texts: {number}
// {count}; of a case's also {authority} {predecessor} {document} {pre_check_due} {accept_due}
// {decide_due} {extend_due} {supplement_due} {defects} {decision_no} {reasons} {remedies}.
std::vector<TimelineEntry> EntriesFor(const catalogue::Messages& messages,
                                      const Application& application, const CaseView* view,
                                      const std::vector<News>& news,
                                      const std::vector<CaseView>& cases = {});

// The arguments of texts about an application, or about one of its cases.
std::vector<catalogue::MessageArg> TellingArgs(const Application& application,
                                               const CaseView* view);

// The key of a case's state in plain words.
std::string StateKey(CaseState state);

// FAILED_PRECONDITION naming the texts that the message catalogue lacks: to be asked at start.
absl::Status CheckMessages(const catalogue::Messages& messages);

}  // namespace xiufu::intake
