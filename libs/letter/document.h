#pragma once

#include <string>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"

namespace xiufu::letter {

enum class Align { kLeft, kCentre, kRight };

struct Title {
  std::string text;
  std::string subtitle;  // empty: none
};

// Never the last thing on a page.
struct Heading {
  std::string text;
  int level = 1;
};

struct Paragraph {
  std::string text;
  Align align = Align::kLeft;
  bool indented = true;  // the first line by two characters
  bool strong = false;
  bool small = false;
  bool keep_with_next = false;
};

struct Column {
  std::string head;
  double share = 1;  // of the width
  Align align = Align::kLeft;
};

// The head is repeated on every page. A row is broken only when it is higher than half a page.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as there are columns
};

// A label and what stands behind it; an empty value is a blank to be filled in by hand.
struct Field {
  std::string label;
  std::string value;
  int lines = 1;  // room for at least as many
};

// Framed fields, as in a form: rows of one or more side by side.
struct Form {
  std::vector<std::vector<Field>> rows;
  bool keep_with_next = false;  // the last row
};

// Lines on the right for name, seal and date; kept together.
struct Signature {
  std::vector<Field> fields;
};

struct QrCode {
  std::string text;     // what it leads to
  std::string caption;  // says so, beside it
};

// What may happen at a step besides going on; stands on its right.
struct FlowBranch {
  std::string label;  // on the arrow to it: when
  std::string text;
  bool returns = false;  // and then the step comes again
};

struct FlowStep {
  enum class Shape { kStep, kQuestion, kEnd };
  std::string text;
  std::string note;  // below it, smaller: a time limit
  Shape shape = Shape::kStep;
  std::string onward;  // on the arrow to the next step: when
  std::vector<FlowBranch> branches;
};

// Boxes and arrows, from top to bottom. Broken between steps where it is higher than a page.
struct FlowChart {
  std::vector<FlowStep> steps;
};

struct PageBreak {};

using Block =
    std::variant<Title, Heading, Paragraph, Table, Form, Signature, QrCode, FlowChart, PageBreak>;

struct Document {
  std::string title;        // of the file
  absl::CivilDay day;       // its date
  std::string footer;       // at the foot of every page, left
  std::string page_number;  // right: "{page}" and "{pages}" are filled in
  std::vector<Block> blocks;
};

}  // namespace xiufu::letter
