#pragma once

#include <optional>

#include "absl/strings/string_view.h"

namespace xiufu {

// The alphabet of GB 32100: a character's value is its index. I, O, S, V and Z never appear.
inline constexpr char kMod31Alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// -1 for a character outside the alphabet.
int Mod31Value(char c);

// (31 - sum(value * 3^i mod 31) mod 31) mod 31 as a character. As 3 generates the residues of 31,
// the weights of up to 30 characters differ and every single substitution or adjacent swap changes
// the result. nullopt when `body` is empty, longer than 30 or has a character outside the alphabet.
std::optional<char> Mod31CheckCharacter(absl::string_view body);

// The check digit of an organisation code (GB 11714) over its 8-character body of 0-9 and A-Z.
// nullopt when the body is not that.
std::optional<char> OrganisationCheckDigit(absl::string_view body);

}  // namespace xiufu
