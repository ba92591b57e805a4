#pragma once

#include <vector>

#include "libs/letter/piece.h"

namespace xiufu::letter {

struct Placed {
  const Piece* piece;
  double y;  // from the top of the text area
};
using Page = std::vector<Placed>;

// Pieces on pages of this height, in order. Pieces that are kept together go to the next page
// together, unless they would not fit on one. At least one page; views `pieces`.
std::vector<Page> Paginate(const std::vector<Piece>& pieces, double height);

}  // namespace xiufu::letter
