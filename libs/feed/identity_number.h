#pragma once

#include "absl/strings/string_view.h"

namespace xiufu::feed {

// True for the number of a Chinese identity card (GB 11643): 17 digits with a birth date that can
// be, and the right check character. Used to keep such numbers out of the store wherever a feed
// puts them.
bool IsIdentityNumber(absl::string_view text);

// True also for those of before 1999 (15 digits with a birth date that can be) and for masked ones
// (110105********002X): what stands where a subject's code belongs and looks like that is a person.
bool LooksLikeIdentityNumber(absl::string_view text);

}  // namespace xiufu::feed
