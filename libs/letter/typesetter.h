#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>

#include "libs/letter/document.h"
#include "libs/letter/fonts.h"

namespace xiufu::letter {

inline constexpr double kMillimetre = 72.0 / 25.4;

using TextLayout = std::shared_ptr<PangoLayout>;

struct TextStyle {
  double size = 12;  // points
  bool sans = false;
  bool bold = false;
  double spacing = 1.0;  // between lines, of their natural height
  Align align = Align::kLeft;
  bool indented = false;
};

// Breaks text into lines. One for each document, on one thread.
class Typesetter {
 public:
  explicit Typesetter(const Fonts& fonts);

  TextLayout Set(const std::string& text, const TextStyle& style, double width) const;

 private:
  std::shared_ptr<PangoFontMap> map_;
  std::shared_ptr<PangoContext> context_;
};

double HeightOf(const TextLayout& layout);
// With its upper left corner at (x, y).
void Draw(cairo_t* cairo, const TextLayout& layout, double x, double y);
// Only the lines whose middle lies within [from, to) of its height.
void DrawLines(cairo_t* cairo, const TextLayout& layout, double x, double y, double from,
               double to);

}  // namespace xiufu::letter
