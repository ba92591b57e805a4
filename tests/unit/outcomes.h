#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace xiufu {

// What becomes of each event in each state, in words; by (event, state).
using Outcomes = std::map<std::pair<std::string, std::string>, std::string>;

// Reads what people wrote down: a line with the event, then lines "  outcome: STATE STATE ...".
// What is named twice is told as an outcome that nothing has.
inline Outcomes ReadOutcomes(absl::string_view text) {
  Outcomes read;
  std::string event;
  for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    if (line[0] != ' ') {
      event = std::string(line);
      continue;
    }
    const std::pair<std::string, std::string> parts = absl::StrSplit(line.substr(2), ": ");
    for (absl::string_view state : absl::StrSplit(parts.second, ' ', absl::SkipEmpty())) {
      auto [place, first] = read.try_emplace({event, std::string(state)}, parts.first);
      if (!first) place->second = absl::StrCat("named twice: ", parts.first);
    }
  }
  return read;
}

// Every pair that is not in both with one outcome.
inline std::vector<std::string> Differences(const Outcomes& expected, const Outcomes& actual) {
  std::vector<std::string> differences;
  for (const auto& [pair, outcome] : actual) {
    auto found = expected.find(pair);
    if (found != expected.end() && found->second == outcome) continue;
    differences.push_back(
        absl::StrCat(pair.first, " in ", pair.second, ": ", outcome, ", expected ",
                     found == expected.end() ? "nothing, nobody wrote it down" : found->second));
  }
  for (const auto& [pair, outcome] : expected) {
    if (actual.contains(pair)) continue;
    differences.push_back(absl::StrCat(pair.first, " in ", pair.second, ": there is no such"));
  }
  return differences;
}

// Whether a table in which any one pair is otherwise would be noticed.
inline bool NoticesEveryChange(const Outcomes& expected, const Outcomes& actual) {
  Outcomes changed = actual;
  for (auto& [pair, outcome] : changed) {
    const std::string was = std::exchange(outcome, "something else");
    if (Differences(expected, changed).size() != 1) return false;
    outcome = was;
  }
  return true;
}

}  // namespace xiufu
