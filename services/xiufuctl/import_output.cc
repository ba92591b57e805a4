#include "services/xiufuctl/import_output.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace xiufu::ctl {
namespace {

using publication::v1::ImportReport;

constexpr int kShownNotes = 200;
constexpr int kBarWidth = 24;

std::string ClockText(int64_t seconds) {
  return absl::StrFormat("%d:%02d", seconds / 60, seconds % 60);
}

std::string Quoted(const std::string& text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

void PrintNotes(const char* title,
                const google::protobuf::RepeatedPtrField<ImportReport::RowError>& notes,
                std::ostream& out) {
  if (notes.empty()) return;
  out << title << '\n';
  for (int i = 0; i < std::min(notes.size(), kShownNotes); ++i) {
    const ImportReport::RowError& note = notes[i];
    if (note.line() == 0) {
      out << "  整个文件 / the file";
    } else {
      out << "  第 " << note.line() << " 行 / line " << note.line();
    }
    if (!note.field().empty()) out << "  " << note.field();
    out << "  " << note.reason() << '\n';
  }
}

// The array of one kind of notes, one by one.
absl::Status PrintNotesJson(const ImportClient& client, const ImportReport& report, bool warnings,
                            std::ostream& out) {
  const char* between = "[";
  absl::Status status = client.ForEachNote(report.import(), [&](const ImportClient::Note& note) {
    if (note.warning() != warnings) return;
    out << between
        << nlohmann::json({{"line", note.note().line()},
                           {"field", note.note().field()},
                           {"reason", note.note().reason()}})
               .dump();
    between = ",";
  });
  out << (*between == '[' ? "[]" : "]");
  return status;
}

}  // namespace

void ProgressLine::Show(const ImportProgress& progress) {
  const double share =
      progress.size == 0 ? 1
                         : static_cast<double>(progress.sent) / static_cast<double>(progress.size);
  const double seconds = std::max(absl::ToDoubleSeconds(absl::Now() - begin_), 0.001);
  const int full = static_cast<int>(share * kBarWidth);
  const auto remaining = static_cast<int64_t>(share > 0 ? seconds / share - seconds : 0);
  out_ << absl::StrFormat("\r[%s%s] %3.0f%%  %d 行 / rows  %.0f 行/秒 rows/s  剩余 / left %s   ",
                          std::string(static_cast<size_t>(full), '#'),
                          std::string(static_cast<size_t>(kBarWidth - full), '.'), share * 100,
                          progress.rows, static_cast<double>(progress.rows) / seconds,
                          ClockText(remaining))
       << std::flush;
  shown_ = true;
}

void ProgressLine::End() {
  if (std::exchange(shown_, false)) out_ << '\n';
}

void PrintReport(const ImportReport& report, const std::string& report_file, std::ostream& out) {
  out << "数据格式 / layout          " << report.layout() << "，" << report.encoding() << '\n'
      << "数据行 / rows              " << report.rows() << '\n'
      << "新增 / imported            " << report.imported() << '\n'
      << "未变化 / unchanged         " << report.unchanged() << '\n'
      << "已更新 / updated           " << report.updated() << '\n'
      << "自然人（不收录） / natural persons, not stored  " << report.out_of_scope() << '\n'
      << "有错误未导入 / rejected    " << report.rejected() << '\n';
  if (report.resumed_at() > 0) {
    out << "从第 " << report.resumed_at() << " 行之后继续 / went on behind row "
        << report.resumed_at() << '\n';
  }
  PrintNotes("错误 / errors", report.errors(), out);
  PrintNotes("提示（已导入） / warnings, imported all the same", report.warnings(), out);
  if (!report_file.empty()) {
    out << "全部 " << report.notes() << " 条说明见 / all notes are in " << report_file << '\n';
  } else if (std::max(report.errors_size(), report.warnings_size()) > kShownNotes) {
    out << "共 " << report.notes()
        << " 条，全部写入文件请加 --report FILE / there are more: --report\n";
  }
}

absl::Status PrintReportJson(const ImportClient& client, const ImportReport& report,
                             std::ostream& out) {
  std::string counts = nlohmann::json({{"rows", report.rows()},
                                       {"imported", report.imported()},
                                       {"unchanged", report.unchanged()},
                                       {"updated", report.updated()},
                                       {"out_of_scope", report.out_of_scope()},
                                       {"rejected", report.rejected()},
                                       {"resumed_at", report.resumed_at()},
                                       {"layout", report.layout()},
                                       {"encoding", report.encoding()}})
                           .dump();
  counts.pop_back();  // the closing brace
  out << counts << ",\"errors\":";
  absl::Status status = PrintNotesJson(client, report, /*warnings=*/false, out);
  out << ",\"warnings\":";
  status.Update(PrintNotesJson(client, report, /*warnings=*/true, out));
  out << "}\n";
  return status;
}

absl::Status WriteReportFile(const ImportClient& client, const ImportReport& report,
                             const std::string& path) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << "\xEF\xBB\xBF"
       << "line,kind,field,reason\r\n";
  absl::Status status = client.ForEachNote(report.import(), [&](const ImportClient::Note& note) {
    file << note.note().line() << ',' << (note.warning() ? "warning" : "error") << ','
         << Quoted(note.note().field()) << ',' << Quoted(note.note().reason()) << "\r\n";
  });
  file.flush();
  if (status.ok() && !file) {
    return absl::DataLossError(absl::StrCat("不能写入 / cannot write ", path));
  }
  return status;
}

}  // namespace xiufu::ctl
