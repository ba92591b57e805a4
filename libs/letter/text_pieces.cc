// Titles, headings and paragraphs: a piece for every line.
#include "libs/letter/pieces.h"

namespace xiufu::letter {
namespace {

// The lines of a text. A first line never stands alone at the foot of a page, nor a last one at the
// head.
Pieces LinesOf(const TextLayout& layout) {
  Pieces lines;
  PangoLayoutIter* at = pango_layout_get_iter(layout.get());
  do {
    int top = 0, bottom = 0;
    PangoRectangle logical;
    pango_layout_iter_get_line_yrange(at, &top, &bottom);
    pango_layout_iter_get_line_extents(at, nullptr, &logical);
    const double indent = pango_units_to_double(logical.x);
    const double baseline = pango_units_to_double(pango_layout_iter_get_baseline(at) - top);
    PangoLayoutLine* line = pango_layout_iter_get_line_readonly(at);
    Piece piece;
    piece.height = pango_units_to_double(bottom - top);
    // The line lives as long as its layout.
    piece.draw = [layout, line, indent, baseline](cairo_t* cairo, double x, double y) {
      cairo_move_to(cairo, x + indent, y + baseline);
      pango_cairo_show_layout_line(cairo, line);
    };
    lines.push_back(std::move(piece));
  } while (pango_layout_iter_next_line(at));
  pango_layout_iter_free(at);
  if (lines.size() > 1) {
    lines.front().keep_with_next = true;
    lines[lines.size() - 2].keep_with_next = true;
  }
  return lines;
}

void KeepWithNext(Pieces& pieces) {
  for (Piece& piece : pieces) piece.keep_with_next = true;
}

}  // namespace

Pieces PiecesOf(const Title& title, const Bench& bench) {
  const TextStyle style{.size = 22, .bold = true, .spacing = 1.05, .align = Align::kCentre};
  Pieces pieces = LinesOf(bench.typesetter->Set(title.text, style, bench.width));
  pieces.front().space_before = 18;
  if (!title.subtitle.empty()) {
    const TextStyle small{.size = 10.5, .align = Align::kCentre};
    Pieces below = LinesOf(bench.typesetter->Set(title.subtitle, small, bench.width));
    pieces.insert(pieces.end(), below.begin(), below.end());
  }
  // Room between the title and what it is the title of.
  pieces.push_back({.height = 10});
  KeepWithNext(pieces);
  return pieces;
}

Pieces PiecesOf(const Heading& heading, const Bench& bench) {
  const bool first = heading.level == 1;
  const TextStyle style{.size = first ? 14.0 : 12.0,
                        .sans = first,
                        .bold = true,
                        .spacing = 1.1,
                        .align = Align::kLeft};
  Pieces pieces = LinesOf(bench.typesetter->Set(heading.text, style, bench.width));
  pieces.front().space_before = first ? 12 : 9;
  pieces.push_back({.height = first ? 4.0 : 2.0});
  KeepWithNext(pieces);
  return pieces;
}

Pieces PiecesOf(const Paragraph& paragraph, const Bench& bench) {
  const bool indented = paragraph.indented && paragraph.align == Align::kLeft;
  const TextStyle style{.size = paragraph.small ? 9.5 : 12.0,
                        .bold = paragraph.strong,
                        .spacing = paragraph.small ? 1.0 : 1.15,
                        .align = paragraph.align,
                        .indented = indented};
  Pieces pieces = LinesOf(bench.typesetter->Set(paragraph.text, style, bench.width));
  pieces.front().space_before = paragraph.small ? 8 : 2;
  if (paragraph.keep_with_next) KeepWithNext(pieces);
  return pieces;
}

}  // namespace xiufu::letter
