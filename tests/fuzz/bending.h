#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"

namespace xiufu::fuzz {

using Dice = std::mt19937_64;

inline size_t Roll(Dice& dice, size_t below) {
  return below == 0 ? 0 : std::uniform_int_distribution<size_t>(0, below - 1)(dice);
}

// Bends texts: a few random changes at random places, of which some are words that matter to the
// reader that is tried.
class Bender {
 public:
  Bender(std::vector<std::string> beginnings, std::vector<std::string> words)
      : beginnings_(std::move(beginnings)), words_(std::move(words)) {}

  std::string Next(Dice& dice) const {
    std::string text = beginnings_[Roll(dice, beginnings_.size())];
    for (size_t changes = Roll(dice, 8); changes > 0; --changes) Bend(dice, text);
    return text;
  }

 private:
  void Bend(Dice& dice, std::string& text) const {
    const size_t at = Roll(dice, text.size() + 1);
    const size_t some = std::min(Roll(dice, 20), text.size() - at);
    switch (Roll(dice, 6)) {
      case 0:
        text.insert(at, words_[Roll(dice, words_.size())]);
        break;
      case 1:
        text.erase(at, some);
        break;
      case 2:
        text.insert(at, text.substr(at, some));
        break;
      case 3:
        text.insert(at, 1, static_cast<char>(Roll(dice, 256)));
        break;
      case 4:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << Roll(dice, 8)));
        break;
      case 5: {
        const std::string& other = beginnings_[Roll(dice, beginnings_.size())];
        text.replace(at, some, other.substr(Roll(dice, other.size() + 1), 30));
        break;
      }
    }
  }

  const std::vector<std::string> beginnings_;
  const std::vector<std::string> words_;
};

// A text cut anywhere into a few pieces; pieces may be empty.
inline std::vector<absl::string_view> Cut(Dice& dice, absl::string_view text) {
  std::vector<absl::string_view> pieces;
  for (size_t cuts = Roll(dice, 5); cuts > 0; --cuts) {
    const size_t at = Roll(dice, text.size() + 1);
    pieces.push_back(text.substr(0, at));
    text.remove_prefix(at);
  }
  pieces.push_back(text);
  return pieces;
}

// Tries it until the time is over, or something failed; then says on what.
inline void ForAWhile(const std::function<std::string(Dice&)>& try_one) {
  const char* seed_text = getenv("XIUFU_FUZZ_SEED");
  const char* seconds = getenv("XIUFU_FUZZ_SECONDS");
  const uint64_t seed = seed_text == nullptr ? 20260401 : strtoull(seed_text, nullptr, 10);
  const absl::Time end = absl::Now() + absl::Seconds(seconds == nullptr ? 1 : atoi(seconds));
  Dice dice(seed);
  uint64_t tries = 0;
  // Some are always tried, however slow the machine is.
  while (tries < 200 || absl::Now() < end) {
    const std::string tried = try_one(dice);
    ++tries;
    if (!testing::Test::HasFailure()) continue;
    std::cerr << "seed " << seed << ", try " << tries << ": \"" << absl::CHexEscape(tried)
              << "\"\n";
    return;
  }
  std::cout << "seed " << seed << ", " << tries << " tries\n";
}

}  // namespace xiufu::fuzz
