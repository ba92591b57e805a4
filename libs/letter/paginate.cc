#include "libs/letter/paginate.h"

#include <cstddef>

namespace xiufu::letter {
namespace {

class Paginator {
 public:
  explicit Paginator(double height) : height_(height), pages_(1) {}

  void Put(const Piece& piece) {
    if (!pages_.back().empty() && y_ + piece.space_before + piece.height > height_) Turn();
    if (pages_.back().empty() && piece.head != nullptr) Place(*piece.head);
    Place(piece);
  }
  // Whether pieces of this height fit on what is left of the page.
  bool Fits(double height) const { return y_ + height <= height_; }
  void Turn() {
    if (pages_.back().empty()) return;
    pages_.emplace_back();
    y_ = 0;
  }
  std::vector<Page> Take() { return std::move(pages_); }

 private:
  void Place(const Piece& piece) {
    if (!pages_.back().empty()) y_ += piece.space_before;
    pages_.back().push_back({&piece, y_});
    y_ += piece.height;
  }

  const double height_;
  std::vector<Page> pages_;
  double y_ = 0;
};

}  // namespace

std::vector<Page> Paginate(const std::vector<Piece>& pieces, double height) {
  Paginator paginator(height);
  for (size_t begin = 0; begin < pieces.size();) {
    size_t end = begin;
    double together = 0;
    do {
      together += pieces[end].space_before + pieces[end].height;
    } while (pieces[end++].keep_with_next && end < pieces.size());
    const bool fits_on_one = together <= height;
    if (pieces[begin].starts_page || (fits_on_one && !paginator.Fits(together))) paginator.Turn();
    for (; begin < end; ++begin) paginator.Put(pieces[begin]);
  }
  return paginator.Take();
}

}  // namespace xiufu::letter
