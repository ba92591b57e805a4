#pragma once

#include <ostream>

#include "libs/catalogue/law.h"

namespace xiufu::publication {

// One receipt a line, as publication keeps it, for a penalty of every authority that is annulled on
// each day of the year. False where there is none.
bool PrintWithdrawals(const catalogue::Law& law, int year, std::ostream& out);

}  // namespace xiufu::publication
