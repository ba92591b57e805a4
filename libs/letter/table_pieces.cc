// Tables: a piece for every row; a row that is too high is cut into slices of whole lines.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "libs/letter/frame.h"
#include "libs/letter/pieces.h"

namespace xiufu::letter {
namespace {

// Where the columns begin, and the right edge.
std::vector<double> EdgesOf(const std::vector<Column>& columns, double width) {
  const double shares =
      std::accumulate(columns.begin(), columns.end(), 0.0,
                      [](double sum, const Column& column) { return sum + column.share; });
  std::vector<double> edges = {0};
  for (const Column& column : columns) {
    edges.push_back(edges.back() + width * column.share / shares);
  }
  return edges;
}

struct Row {
  std::vector<TextLayout> cells;
  std::vector<double> edges;
  double height = 0;  // of the text
};

void DrawSides(cairo_t* cairo, const std::vector<double>& edges, double height, double x,
               double y) {
  for (double edge : edges) Line(cairo, x + edge, y, x + edge, y + height);
}

Piece WholeRow(const Row& row) {
  Piece piece;
  piece.height = row.height + 2 * kCellPadding;
  piece.draw = [row, height = piece.height](cairo_t* cairo, double x, double y) {
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const double middle = (height - HeightOf(row.cells[i])) / 2;
      Draw(cairo, row.cells[i], x + row.edges[i] + kCellPadding, y + middle);
    }
    DrawSides(cairo, row.edges, height, x, y);
    Line(cairo, x, y, x + row.edges.back(), y);
    Line(cairo, x, y + height, x + row.edges.back(), y + height);
  };
  return piece;
}

// The part of a row between two heights of its text, both between lines.
Piece SliceOfRow(const Row& row, double from, double to) {
  const bool first = from == 0, last = to >= row.height;
  Piece piece;
  piece.height = to - from + (first ? kCellPadding : 0) + (last ? kCellPadding : 0);
  piece.draw = [row, from, to, first, last, height = piece.height](cairo_t* cairo, double x,
                                                                   double y) {
    const double top = y + (first ? kCellPadding : 0) - from;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      DrawLines(cairo, row.cells[i], x + row.edges[i] + kCellPadding, top, from, to);
    }
    DrawSides(cairo, row.edges, height, x, y);
    if (first) Line(cairo, x, y, x + row.edges.back(), y);
    if (last) Line(cairo, x, y + height, x + row.edges.back(), y + height);
  };
  return piece;
}

// All lines of a table's cells are equally high, so that one cut goes between lines everywhere.
double LineHeightOf(const Row& row) {
  const auto highest =
      std::max_element(row.cells.begin(), row.cells.end(), [](const auto& a, const auto& b) {
        return pango_layout_get_line_count(a.get()) < pango_layout_get_line_count(b.get());
      });
  return HeightOf(*highest) / pango_layout_get_line_count(highest->get());
}

Row RowOf(const std::vector<std::string>& cells, const std::vector<Column>& columns, bool head,
          const std::vector<double>& edges, const Typesetter& typesetter) {
  Row row{{}, edges, 0};
  for (size_t i = 0; i < columns.size(); ++i) {
    const TextStyle style{
        .size = kCellTextSize, .bold = head, .align = head ? Align::kCentre : columns[i].align};
    const double width = edges[i + 1] - edges[i] - 2 * kCellPadding;
    row.cells.push_back(typesetter.Set(i < cells.size() ? cells[i] : "", style, width));
    row.height = std::max(row.height, HeightOf(row.cells.back()));
  }
  return row;
}

void AddRow(const Row& row, double highest, Pieces& pieces) {
  if (row.height + 2 * kCellPadding <= highest) return pieces.push_back(WholeRow(row));
  const double line = LineHeightOf(row);
  const double slice = std::max(1.0, std::floor(highest / 4 / line)) * line;
  for (double from = 0; from < row.height; from += slice) {
    pieces.push_back(SliceOfRow(row, from, std::min(from + slice, row.height)));
  }
}

}  // namespace

Pieces PiecesOf(const Table& table, const Bench& bench) {
  const std::vector<double> edges = EdgesOf(table.columns, bench.width);
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.head);
  const auto head = std::make_shared<Piece>(
      WholeRow(RowOf(names, table.columns, true, edges, *bench.typesetter)));
  Pieces pieces = {*head};
  pieces.front().space_before = 4;
  pieces.front().keep_with_next = true;
  for (const std::vector<std::string>& cells : table.rows) {
    AddRow(RowOf(cells, table.columns, false, edges, *bench.typesetter), bench.page_height / 2,
           pieces);
  }
  for (size_t i = 1; i < pieces.size(); ++i) pieces[i].head = head;
  pieces.push_back({.height = 4});
  return pieces;
}

}  // namespace xiufu::letter
