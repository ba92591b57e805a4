#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace xiufu::publication {

// A name in the form in which names are compared: without blanks, full-width signs as ASCII, ASCII
// letters in lower case. For valid UTF-8.
std::string FoldName(absl::string_view name);

// Every two neighbouring characters of a folded name as a word of hexadecimal digits, separated by
// blanks; "" for fewer than two. A name that contains another one has all of its words. Nothing of
// what a user typed can be an operator of the full-text index.
std::string GramsOf(absl::string_view folded);

// What one can search for.
constexpr size_t kMinNameCharacters = 2;
constexpr size_t kMaxNameCharacters = 100;

}  // namespace xiufu::publication
