#include "libs/base/query_code.h"

namespace xiufu {

std::string MakeQueryCode(size_t length, const std::function<uint8_t()>& next_byte) {
  constexpr unsigned kLetters = sizeof(kQueryCodeAlphabet) - 1;
  constexpr unsigned kFair =
      256 / kLetters * kLetters;  // bytes from here on would favour the first letters
  std::string code;
  while (code.size() < length) {
    const unsigned byte = next_byte();
    if (byte < kFair) code.push_back(kQueryCodeAlphabet[byte % kLetters]);
  }
  return code;
}

}  // namespace xiufu
