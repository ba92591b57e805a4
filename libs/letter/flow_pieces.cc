// Flow charts: a piece for every step, with its branches on the right and the arrow to the next.
#include <algorithm>
#include <cmath>

#include "libs/letter/frame.h"
#include "libs/letter/pieces.h"

namespace xiufu::letter {
namespace {

constexpr double kStepShare = 0.54;    // of the width
constexpr double kBranchShare = 0.28;  // on the right; between them the labelled arrow
constexpr double kBoxPadding = 5;
constexpr double kPoint = 14;        // how far the sides of a question go out
constexpr double kNoteTextSize = 9;  // also of the labels of arrows
constexpr double kArrow = 18;        // height of the arrow between two steps
constexpr double kBetweenBranches = 8;
constexpr double kArrowHead = 5;
constexpr double kRadius = 12;  // of an end
constexpr double kPi = 3.14159265358979323846;

struct Box {
  double left = 0, top = 0, width = 0, height = 0;
  double right() const { return left + width; }
  double middle() const { return top + height / 2; }
  double centre() const { return left + width / 2; }
};

void Outline(cairo_t* cairo, const Box& box, FlowStep::Shape shape) {
  cairo_new_path(cairo);
  if (shape == FlowStep::Shape::kQuestion) {
    cairo_move_to(cairo, box.left, box.middle());
    cairo_line_to(cairo, box.left + kPoint, box.top);
    cairo_line_to(cairo, box.right() - kPoint, box.top);
    cairo_line_to(cairo, box.right(), box.middle());
    cairo_line_to(cairo, box.right() - kPoint, box.top + box.height);
    cairo_line_to(cairo, box.left + kPoint, box.top + box.height);
    cairo_close_path(cairo);
  } else if (shape == FlowStep::Shape::kEnd) {
    const double bottom = box.top + box.height, r = std::min(kRadius, box.height / 2);
    cairo_arc(cairo, box.right() - r, box.top + r, r, -kPi / 2, 0);
    cairo_arc(cairo, box.right() - r, bottom - r, r, 0, kPi / 2);
    cairo_arc(cairo, box.left + r, bottom - r, r, kPi / 2, kPi);
    cairo_arc(cairo, box.left + r, box.top + r, r, kPi, 3 * kPi / 2);
    cairo_close_path(cairo);
  } else {
    cairo_rectangle(cairo, box.left, box.top, box.width, box.height);
  }
  cairo_set_line_width(cairo, 2 * kRule);
  cairo_stroke(cairo);
}

void Arrow(cairo_t* cairo, double x1, double y1, double x2, double y2) {
  Line(cairo, x1, y1, x2, y2);
  const double angle = std::atan2(y2 - y1, x2 - x1);
  cairo_move_to(cairo, x2, y2);
  for (const double side : {-0.4, 0.4}) {
    cairo_line_to(cairo, x2 - kArrowHead * std::cos(angle + side),
                  y2 - kArrowHead * std::sin(angle + side));
  }
  cairo_close_path(cairo);
  cairo_fill(cairo);
}

struct SetBranch {
  TextLayout label;
  TextLayout text;
  bool returns = false;
  double height = 0;
};

// A step with its texts set.
struct SetStep {
  FlowStep::Shape shape;
  TextLayout text;
  TextLayout note;  // null: none
  TextLayout onward;
  std::vector<SetBranch> branches;
  bool last = false;
  double width = 0;   // of everything
  double height = 0;  // of its box

  double text_height() const { return HeightOf(text) + (note ? HeightOf(note) + 2 : 0); }
  double between() const { return width * (1 - kStepShare - kBranchShare); }
};

SetBranch Set(const FlowBranch& branch, double between, const Bench& bench) {
  const double width = bench.width * kBranchShare - 2 * kBoxPadding;
  SetBranch set{
      bench.typesetter->Set(branch.label, {.size = kNoteTextSize, .align = Align::kCentre},
                            between - 2 * kCellPadding),
      bench.typesetter->Set(branch.text, {.size = kCellTextSize, .align = Align::kCentre}, width),
      branch.returns, 0};
  // The label stands above its arrow, and below it there is room for the one that comes back.
  set.height = std::max(HeightOf(set.text) + 2 * kBoxPadding,
                        2 * (HeightOf(set.label) + (branch.returns ? 8 : 4)));
  return set;
}

SetStep Set(const FlowStep& step, bool last, const Bench& bench) {
  const Typesetter& typesetter = *bench.typesetter;
  SetStep set;
  set.shape = step.shape;
  set.last = last;
  set.width = bench.width;
  const double room = step.shape == FlowStep::Shape::kQuestion ? kPoint : 0;
  const double width = bench.width * kStepShare - 2 * (kBoxPadding + room);
  set.text = typesetter.Set(step.text,
                            {.size = kCellTextSize, .bold = true, .align = Align::kCentre}, width);
  if (!step.note.empty()) {
    set.note = typesetter.Set(step.note, {.size = kNoteTextSize, .align = Align::kCentre}, width);
  }
  if (!step.onward.empty()) {
    set.onward = typesetter.Set(step.onward, {.size = kNoteTextSize}, bench.width / 2);
  }
  double beside = 0;
  for (const FlowBranch& branch : step.branches) {
    set.branches.push_back(Set(branch, set.between(), bench));
    beside += set.branches.back().height + (beside > 0 ? kBetweenBranches : 0);
  }
  set.height = std::max(set.text_height() + 2 * kBoxPadding, beside);
  return set;
}

void DrawBranch(cairo_t* cairo, const SetStep& step, const SetBranch& branch, const Box& from,
                const Box& box) {
  Outline(cairo, box, FlowStep::Shape::kStep);
  Draw(cairo, branch.text, box.left + kBoxPadding, box.middle() - HeightOf(branch.text) / 2);
  // The tip of a question is in its middle: elsewhere its side is further in.
  const auto side = [&](double y) {
    if (step.shape != FlowStep::Shape::kQuestion) return from.right();
    return from.right() - kPoint * std::abs(y - from.middle()) / (from.height / 2);
  };
  const double there = box.middle() - (branch.returns ? 4 : 0), back = box.middle() + 4;
  Arrow(cairo, side(there), there, box.left, there);
  if (branch.returns) Arrow(cairo, box.left, back, side(back), back);
  Draw(cairo, branch.label, from.right() + kCellPadding, there - HeightOf(branch.label) - 1);
}

void DrawStep(cairo_t* cairo, const SetStep& step, double x, double y) {
  const Box box{x, y, step.width * kStepShare, step.height};
  Outline(cairo, box, step.shape);
  const double room = kBoxPadding + (step.shape == FlowStep::Shape::kQuestion ? kPoint : 0);
  const double top = box.middle() - step.text_height() / 2;
  Draw(cairo, step.text, box.left + room, top);
  if (step.note) Draw(cairo, step.note, box.left + room, top + HeightOf(step.text) + 2);
  double total = -kBetweenBranches;
  for (const SetBranch& branch : step.branches) total += branch.height + kBetweenBranches;
  double at = box.middle() - total / 2;
  for (const SetBranch& branch : step.branches) {
    const double width = step.width * kBranchShare;
    DrawBranch(cairo, step, branch, box, {x + step.width - width, at, width, branch.height});
    at += branch.height + kBetweenBranches;
  }
  if (step.last) return;
  Arrow(cairo, box.centre(), y + box.height, box.centre(), y + box.height + kArrow);
  if (step.onward) {
    Draw(cairo, step.onward, box.centre() + 2 * kCellPadding,
         y + box.height + (kArrow - HeightOf(step.onward)) / 2);
  }
}

}  // namespace

Pieces PiecesOf(const FlowChart& chart, const Bench& bench) {
  Pieces pieces;
  for (size_t i = 0; i < chart.steps.size(); ++i) {
    const bool last = i + 1 == chart.steps.size();
    const SetStep step = Set(chart.steps[i], last, bench);
    Piece piece;
    piece.height = step.height + (last ? 0 : kArrow);
    piece.keep_with_next = !last;
    piece.draw = [step](cairo_t* cairo, double x, double y) { DrawStep(cairo, step, x, y); };
    pieces.push_back(std::move(piece));
  }
  if (!pieces.empty()) pieces.front().space_before = 8;
  return pieces;
}

}  // namespace xiufu::letter
