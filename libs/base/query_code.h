#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace xiufu {

// The characters of query codes: none that are mistaken for one another on paper.
inline constexpr char kQueryCodeAlphabet[] = "23456789ABCDEFGHJKMNPQRTUVWXY";

// `length` characters, each equally likely. `next_byte` gives random bytes.
std::string MakeQueryCode(size_t length, const std::function<uint8_t()>& next_byte);

}  // namespace xiufu
