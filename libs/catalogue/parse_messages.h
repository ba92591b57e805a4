#pragma once

#include "libs/catalogue/messages.h"
#include "libs/data/folder.h"

namespace xiufu::catalogue {

// [KEY] zh = "...", en = "...": keys are [A-Z0-9_]+, both texts name the same {arguments}.
Messages ParseMessages(const data::File& file, data::Problems& problems);

}  // namespace xiufu::catalogue
