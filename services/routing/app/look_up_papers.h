#pragma once

#include "services/routing/app/law_book.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// Where the input asks for a supplement: fills in what the case holds of it.
void LookUpPapers(const Ports& ports, const LawBook& law, const Case& kase, CaseInput& input,
                  storage::Tx& tx);

}  // namespace xiufu::routing
