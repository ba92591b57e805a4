#pragma once

#include <functional>
#include <memory>

using cairo_t = struct _cairo;

namespace xiufu::letter {

// Something of the full width that is never broken over pages. Lengths are points.
struct Piece {
  double height = 0;
  double space_before = 0;  // not at the top of a page
  bool keep_with_next = false;
  bool starts_page = false;
  std::shared_ptr<const Piece> head;  // comes again above it where it begins a page
  std::function<void(cairo_t*, double x, double y)> draw;  // (x, y): its upper left corner
};

}  // namespace xiufu::letter
