#pragma once

#include "absl/strings/string_view.h"

namespace xiufu::simulation {

// How an authority goes about its tasks. Times in hours, everything else how often.
struct Character {
  absl::string_view name;
  absl::string_view name_en;
  int accepts_after[2] = {2, 40};
  int decides_after[2] = {8, 100};
  bool only_fridays = false;  // opens its post once a week
  double silent = 0;          // says nothing before it is reminded that it is late
  double returns = 0;         // as not its own
  double not_accepts = 0.03;
  double asks = 0.1;      // for a supplement
  double asks_again = 0;  // on a new ground, after the first one came
  double extends = 0.04;
  double refuses = 0.08;
  double forgets_remedies = 0.1;  // of refusals: the ledger sends them back
  double contradicts = 0.01;      // decides once more, otherwise
  double finds = 0.02;            // weeks after an approval, what revokes it
};

// Ordinary where nothing else is known of the authority.
const Character& CharacterOf(absl::string_view authority_code);

}  // namespace xiufu::simulation
