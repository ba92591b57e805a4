#include "libs/letter/pieces.h"

#include <utility>

namespace xiufu::letter {
namespace {

// Breaks are no pieces: they belong to the block behind them.
class Collector {
 public:
  explicit Collector(const Bench& bench) : bench_(bench) {}

  absl::Status operator()(const PageBreak& /*page_break*/) {
    break_ = true;
    return absl::OkStatus();
  }
  template <typename Kind>
  absl::Status operator()(const Kind& block) {
    absl::StatusOr<Pieces> made = PiecesOf(block, bench_);
    if (!made.ok()) return made.status();
    for (Piece& piece : *made) {
      piece.starts_page |= std::exchange(break_, false);
      pieces_.push_back(std::move(piece));
    }
    return absl::OkStatus();
  }
  Pieces Take() { return std::move(pieces_); }

 private:
  const Bench& bench_;
  Pieces pieces_;
  bool break_ = false;
};

}  // namespace

absl::StatusOr<Pieces> PiecesOf(const std::vector<Block>& blocks, const Bench& bench) {
  Collector collector(bench);
  for (const Block& block : blocks) {
    if (absl::Status status = std::visit(collector, block); !status.ok()) return status;
  }
  return collector.Take();
}

}  // namespace xiufu::letter
