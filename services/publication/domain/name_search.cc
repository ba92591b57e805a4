#include "services/publication/domain/name_search.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace xiufu::publication {
namespace {

// The characters of valid UTF-8.
std::vector<absl::string_view> CharactersOf(absl::string_view text) {
  std::vector<absl::string_view> characters;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    characters.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return characters;
}

// U+FF01 to U+FF5E are ASCII's printable signs in full width: EF BC 81 to EF BD 9E.
char NarrowOf(absl::string_view character) {
  if (character.size() != 3 || character[0] != '\xEF') return 0;
  const auto second = static_cast<unsigned char>(character[1]);
  const auto third = static_cast<unsigned char>(character[2]);
  if (second == 0xBC && third >= 0x81) return static_cast<char>(third - 0x81 + '!');
  if (second == 0xBD && third <= 0x9E) return static_cast<char>(third - 0x80 + '`');
  return 0;
}

}  // namespace

std::string FoldName(absl::string_view name) {
  std::string folded;
  for (const absl::string_view character : CharactersOf(name)) {
    const char narrow = character.size() == 1 ? character[0] : NarrowOf(character);
    const auto byte = static_cast<unsigned char>(narrow);
    if (character == "\u3000" || absl::ascii_isspace(byte)) continue;
    if (narrow != 0) {
      folded.push_back(absl::ascii_tolower(byte));
    } else {
      absl::StrAppend(&folded, character);
    }
  }
  return folded;
}

std::string GramsOf(absl::string_view folded) {
  const std::vector<absl::string_view> characters = CharactersOf(folded);
  std::string grams;
  for (size_t i = 0; i + 1 < characters.size(); ++i) {
    absl::StrAppend(&grams, i == 0 ? "" : " ",
                    absl::BytesToHexString(absl::StrCat(characters[i], characters[i + 1])));
  }
  return grams;
}

}  // namespace xiufu::publication
