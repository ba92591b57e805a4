// What is filled in by hand: framed fields and signature lines.
#include <algorithm>

#include "libs/letter/frame.h"
#include "libs/letter/pieces.h"

namespace xiufu::letter {
namespace {

constexpr double kLabelShare = 0.18;     // of the width, for one label
constexpr double kHandwriting = 20;      // height of a line to write on
constexpr double kSignatureShare = 0.5;  // of the width, on the right
constexpr double kSignatureHeight = 28;

struct SetField {
  TextLayout label;
  TextLayout value;
  double left = 0, middle = 0, right = 0;  // edges
};

Piece FormRow(const std::vector<Field>& fields, const Bench& bench) {
  const double label_width = bench.width * kLabelShare;
  const double width = bench.width / static_cast<double>(fields.size());
  std::vector<SetField> set;
  double height = 0;
  for (const Field& field : fields) {
    const double left = width * static_cast<double>(set.size());
    const TextStyle label{.size = kCellTextSize, .bold = true, .align = Align::kCentre};
    const TextStyle value{.size = kCellTextSize};
    set.push_back(
        {bench.typesetter->Set(field.label, label, label_width - 2 * kCellPadding),
         bench.typesetter->Set(field.value, value, width - label_width - 2 * kCellPadding), left,
         left + label_width, left + width});
    height = std::max({height, HeightOf(set.back().label) + 2 * kCellPadding,
                       HeightOf(set.back().value) + 2 * kCellPadding,
                       field.lines * kHandwriting + 2 * kCellPadding});
  }
  Piece piece;
  piece.height = height;
  piece.draw = [set, height](cairo_t* cairo, double x, double y) {
    for (const SetField& one : set) {
      Draw(cairo, one.label, x + one.left + kCellPadding, y + (height - HeightOf(one.label)) / 2);
      Draw(cairo, one.value, x + one.middle + kCellPadding, y + (height - HeightOf(one.value)) / 2);
      for (double edge : {one.left, one.middle, one.right}) {
        Line(cairo, x + edge, y, x + edge, y + height);
      }
    }
    Line(cairo, x, y, x + set.back().right, y);
    Line(cairo, x, y + height, x + set.back().right, y + height);
  };
  return piece;
}

Piece SignatureLine(const Field& field, const Bench& bench) {
  const TextStyle style{.size = 12};
  const double left = bench.width * (1 - kSignatureShare);
  const TextLayout label = bench.typesetter->Set(field.label, style, bench.width - left);
  PangoRectangle extents;
  pango_layout_get_extents(label.get(), nullptr, &extents);
  const double value_left = left + pango_units_to_double(extents.width) + kCellPadding;
  const TextLayout value = bench.typesetter->Set(field.value, style, bench.width - value_left);
  Piece piece;
  piece.height = std::max(kSignatureHeight, HeightOf(value) + 4);
  piece.draw = [label, value, left, value_left, blank = field.value.empty(), width = bench.width,
                height = piece.height](cairo_t* cairo, double x, double y) {
    const double top = y + height - HeightOf(label);
    Draw(cairo, label, x + left, top);
    Draw(cairo, value, x + value_left, top);
    if (blank) Line(cairo, x + value_left, y + height - 2, x + width, y + height - 2);
  };
  return piece;
}

}  // namespace

Pieces PiecesOf(const Form& form, const Bench& bench) {
  Pieces pieces;
  for (const std::vector<Field>& fields : form.rows) pieces.push_back(FormRow(fields, bench));
  if (pieces.empty()) return pieces;
  pieces.front().space_before = 4;
  pieces.back().keep_with_next = form.keep_with_next;
  return pieces;
}

Pieces PiecesOf(const Signature& signature, const Bench& bench) {
  Pieces pieces;
  for (const Field& field : signature.fields) pieces.push_back(SignatureLine(field, bench));
  for (size_t i = 0; i + 1 < pieces.size(); ++i) pieces[i].keep_with_next = true;
  if (!pieces.empty()) pieces.front().space_before = 14;
  return pieces;
}

}  // namespace xiufu::letter
