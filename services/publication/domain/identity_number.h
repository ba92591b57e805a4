#pragma once

#include "absl/strings/string_view.h"

namespace xiufu::publication {

// True for the number of a Chinese identity card (GB 11643): 17 digits with a birth date that can
// be, and the right check character. Used to keep such numbers out of the store wherever a feed
// puts them.
bool IsIdentityNumber(absl::string_view text);

}  // namespace xiufu::publication
