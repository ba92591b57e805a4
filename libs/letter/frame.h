#pragma once

#include <pango/pangocairo.h>

namespace xiufu::letter {

inline constexpr double kRule = 0.5;       // thickness of lines
inline constexpr double kCellPadding = 4;  // between a line and text
inline constexpr double kCellTextSize = 10.5;

inline void Line(cairo_t* cairo, double x1, double y1, double x2, double y2) {
  cairo_set_line_width(cairo, kRule);
  cairo_move_to(cairo, x1, y1);
  cairo_line_to(cairo, x2, y2);
  cairo_stroke(cairo);
}

}  // namespace xiufu::letter
