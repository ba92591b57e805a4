#include "services/publication/domain/identity_number.h"

#include "absl/strings/ascii.h"
#include "absl/time/civil_time.h"

namespace xiufu::publication {
namespace {

// The earliest birth in use is that of the standard's own example.
constexpr int kEarliestYear = 1800;

bool IsBirthDate(absl::string_view digits) {
  int number = 0;
  for (char c : digits) number = number * 10 + (c - '0');
  const int year = number / 10000, month = number / 100 % 100, day = number % 100;
  const absl::CivilDay date(year, month, day);  // normalises what does not exist
  return date.year() == year && date.month() == month && date.day() == day && year >= kEarliestYear;
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

}  // namespace xiufu::publication
