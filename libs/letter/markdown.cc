#include "libs/letter/markdown.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace xiufu::letter {
namespace {

std::string Plain(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"<", "&lt;"}, {"*", "\\*"}});
}

std::string InCell(absl::string_view text) {
  return absl::StrReplaceAll(Plain(text), {{"|", "\\|"}, {"\n", "<br>"}});
}

std::string RowOf(const std::vector<std::string>& cells) {
  return absl::StrCat("| ",
                      absl::StrJoin(cells, " | ",
                                    [](std::string* out, const std::string& cell) {
                                      absl::StrAppend(out, InCell(cell));
                                    }),
                      " |\n");
}

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "#quot;"}, {"\n", "<br/>"}}), "\"");
}

std::string ArrowTo(absl::string_view from, absl::string_view label, absl::string_view to) {
  const std::string when = label.empty() ? "" : absl::StrCat("|", Quoted(label), "|");
  return absl::StrCat("  ", from, " -->", when, " ", to, "\n");
}

class Writer {
 public:
  std::string Write(const Document& document) {
    for (const Block& block : document.blocks) std::visit(*this, block);
    absl::StrAppend(&text_, "---\n\n", Plain(document.footer), "\n");
    return std::move(text_);
  }

  void operator()(const Title& title) {
    Put(absl::StrCat("# ", absl::StrReplaceAll(Plain(title.text), {{"\n", " "}})));
    if (!title.subtitle.empty()) Put(Plain(title.subtitle));
  }
  void operator()(const Heading& heading) {
    Put(absl::StrCat(std::string(heading.level + 1, '#'), " ", Plain(heading.text)));
  }
  void operator()(const Paragraph& paragraph) {
    const std::string mark = paragraph.strong ? "**" : "";
    Put(absl::StrCat(mark, absl::StrReplaceAll(Plain(paragraph.text), {{"\n", "  \n"}}), mark));
  }
  void operator()(const Table& table) {
    std::string rows;
    std::vector<std::string> heads;
    std::string rule = "|";
    for (const Column& column : table.columns) {
      heads.push_back(column.head);
      absl::StrAppend(&rule, column.align == Align::kCentre ? " :-: |" : " --- |");
    }
    absl::StrAppend(&rows, RowOf(heads), rule, "\n");
    for (const auto& row : table.rows) absl::StrAppend(&rows, RowOf(row));
    absl::StrAppend(&text_, rows, "\n");
  }
  void operator()(const Form& form) {
    std::string rows = "|  |  |\n| --- | --- |\n";
    for (const auto& fields : form.rows) {
      for (const Field& field : fields) absl::StrAppend(&rows, RowOf({field.label, field.value}));
    }
    absl::StrAppend(&text_, rows, "\n");
  }
  void operator()(const Signature& signature) {
    for (const Field& field : signature.fields) {
      Put(absl::StrCat(Plain(field.label), field.value.empty() ? "＿＿＿＿＿＿" : field.value));
    }
  }
  void operator()(const QrCode& code) { Put(Plain(absl::StrCat(code.caption, "\n", code.text))); }
  void operator()(const FlowChart& chart) {
    absl::StrAppend(&text_, "```mermaid\nflowchart TD\n");
    for (size_t i = 0; i < chart.steps.size(); ++i) Step(chart, i);
    absl::StrAppend(&text_, "```\n\n");
  }
  void operator()(const PageBreak& /*page_break*/) {}

 private:
  void Put(absl::string_view paragraph) { absl::StrAppend(&text_, paragraph, "\n\n"); }

  void Step(const FlowChart& chart, size_t index) {
    const FlowStep& step = chart.steps[index];
    const std::string id = absl::StrCat("s", index + 1);
    const std::string words =
        Quoted(step.note.empty() ? step.text : absl::StrCat(step.text, "\n", step.note));
    switch (step.shape) {
      case FlowStep::Shape::kStep:
        absl::StrAppend(&text_, "  ", id, "[", words, "]\n");
        break;
      case FlowStep::Shape::kQuestion:
        absl::StrAppend(&text_, "  ", id, "{{", words, "}}\n");
        break;
      case FlowStep::Shape::kEnd:
        absl::StrAppend(&text_, "  ", id, "([", words, "])\n");
        break;
    }
    for (size_t i = 0; i < step.branches.size(); ++i) {
      const FlowBranch& branch = step.branches[i];
      const std::string other = absl::StrCat(id, "_", i + 1);
      absl::StrAppend(&text_, "  ", other, "[", Quoted(branch.text), "]\n",
                      ArrowTo(id, branch.label, other));
      if (branch.returns) absl::StrAppend(&text_, ArrowTo(other, "", id));
    }
    if (index + 1 < chart.steps.size()) {
      absl::StrAppend(&text_, ArrowTo(id, step.onward, absl::StrCat("s", index + 2)));
    }
  }

  std::string text_;
};

}  // namespace

std::string RenderMarkdown(const Document& document) { return Writer().Write(document); }

}  // namespace xiufu::letter
