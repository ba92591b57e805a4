#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/letter/document.h"
#include "libs/letter/piece.h"
#include "libs/letter/typesetter.h"

namespace xiufu::letter {

// What a block is made into.
struct Bench {
  const Typesetter* typesetter = nullptr;
  double width = 0;        // of the text area
  double page_height = 0;  // of the text area
};

using Pieces = std::vector<Piece>;

Pieces PiecesOf(const Title& title, const Bench& bench);
Pieces PiecesOf(const Heading& heading, const Bench& bench);
Pieces PiecesOf(const Paragraph& paragraph, const Bench& bench);
Pieces PiecesOf(const Table& table, const Bench& bench);
Pieces PiecesOf(const Form& form, const Bench& bench);
Pieces PiecesOf(const Signature& signature, const Bench& bench);
Pieces PiecesOf(const FlowChart& chart, const Bench& bench);
absl::StatusOr<Pieces> PiecesOf(const QrCode& code, const Bench& bench);

// Of all blocks, in order.
absl::StatusOr<Pieces> PiecesOf(const std::vector<Block>& blocks, const Bench& bench);

}  // namespace xiufu::letter
