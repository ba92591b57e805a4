#include "libs/base/mod31.h"

#include "absl/strings/ascii.h"

namespace xiufu {

int Mod31Value(char c) {
  const absl::string_view alphabet(kMod31Alphabet);
  const size_t at = alphabet.find(c);
  return at == absl::string_view::npos ? -1 : static_cast<int>(at);
}

std::optional<char> Mod31CheckCharacter(absl::string_view body) {
  if (body.empty() || body.size() > 30) return std::nullopt;
  int sum = 0, weight = 1;
  for (char c : body) {
    const int value = Mod31Value(c);
    if (value < 0) return std::nullopt;
    sum = (sum + value * weight) % 31;
    weight = weight * 3 % 31;
  }
  return kMod31Alphabet[(31 - sum) % 31];
}

std::optional<char> OrganisationCheckDigit(absl::string_view body) {
  constexpr int kWeights[] = {3, 7, 9, 10, 5, 8, 4, 2};
  if (body.size() != 8) return std::nullopt;
  int sum = 0;
  for (size_t i = 0; i < body.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(body[i]);
    if (!absl::ascii_isdigit(c) && !absl::ascii_isupper(c)) return std::nullopt;
    sum += (absl::ascii_isdigit(c) ? c - '0' : c - 'A' + 10) * kWeights[i];
  }
  const int rest = 11 - sum % 11;
  if (rest == 10) return 'X';
  return static_cast<char>('0' + rest % 11);
}

}  // namespace xiufu
