#include "libs/feed/identity_number.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace xiufu::feed {
namespace {

// The earliest birth in use is that of the standard's own example.
constexpr int kEarliestYear = 1800;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool IsBirthDate(absl::string_view digits) {
  int number = 0;
  for (char c : digits) number = number * 10 + (c - '0');
  const int year = number / 10000, month = number / 100 % 100, day = number % 100;
  const absl::CivilDay date(year, month, day);  // normalises what does not exist
  return date.year() == year && date.month() == month && date.day() == day && year >= kEarliestYear;
}

// 6 of the address, yymmdd, 3 of the sequence.
bool IsOldIdentityNumber(absl::string_view text) {
  return text.size() == 15 && std::all_of(text.begin(), text.end(), IsDigit) &&
         IsBirthDate(absl::StrCat("19", text.substr(6, 6)));
}

// Digits at both ends, stars between them: organisations' codes are public and never masked.
bool IsMasked(absl::string_view text) {
  if (text.size() != 15 && text.size() != 18) return false;
  const size_t first = text.find('*'), last = text.rfind('*');
  if (first == absl::string_view::npos) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool masked = i >= first && i <= last;
    const bool check = i == 17 && absl::ascii_toupper(static_cast<unsigned char>(text[i])) == 'X';
    if (masked ? text[i] != '*' : !IsDigit(text[i]) && !check) return false;
  }
  return true;
}

}  // namespace

bool IsIdentityNumber(absl::string_view text) {
  constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr char kCheck[] = "10X98765432";  // ISO 7064 MOD 11-2
  if (text.size() != 18) return false;
  int sum = 0;
  for (int i = 0; i < 17; ++i) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) return false;
    sum += (text[i] - '0') * kWeights[i];
  }
  return absl::ascii_toupper(static_cast<unsigned char>(text[17])) == kCheck[sum % 11] &&
         IsBirthDate(text.substr(6, 8));
}

bool LooksLikeIdentityNumber(absl::string_view text) {
  return IsIdentityNumber(text) || IsOldIdentityNumber(text) || IsMasked(text);
}

}  // namespace xiufu::feed
