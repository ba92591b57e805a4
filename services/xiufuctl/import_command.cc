#include "services/xiufuctl/import_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/import_client.h"

namespace xiufu::ctl {
namespace {

using publication::v1::ImportReport;

constexpr char kImportUsage[] =
    "  import FILE [--json] [--target HOST:PORT, 127.0.0.1:7105] [--credentials DIR, "
    "var/credentials]\n"
    "                       导入双公示行政处罚数据（UTF-8 CSV） / import a feed of penalties;\n"
    "                       退出码3：部分行有错误未导入 / exit code 3: some rows were rejected\n";

using NoteList = google::protobuf::RepeatedPtrField<ImportReport::RowError>;

nlohmann::json NotesJson(const NoteList& notes) {
  nlohmann::json list = nlohmann::json::array();
  for (const ImportReport::RowError& note : notes) {
    list.push_back({{"line", note.line()}, {"field", note.field()}, {"reason", note.reason()}});
  }
  return list;
}

void PrintReportJson(const ImportReport& report) {
  const nlohmann::json json = {{"rows", report.rows()},
                               {"imported", report.imported()},
                               {"unchanged", report.unchanged()},
                               {"updated", report.updated()},
                               {"out_of_scope", report.out_of_scope()},
                               {"rejected", report.rejected()},
                               {"errors", NotesJson(report.errors())},
                               {"warnings", NotesJson(report.warnings())}};
  std::cout << json.dump() << '\n';
}

void PrintNotes(const char* title, const NoteList& notes) {
  if (notes.empty()) return;
  std::cout << title << '\n';
  for (const ImportReport::RowError& note : notes) {
    std::cout << "  第 " << note.line() << " 行 / line " << note.line();
    if (!note.field().empty()) std::cout << "  " << note.field();
    std::cout << "  " << note.reason() << '\n';
  }
}

void PrintReport(const ImportReport& report) {
  std::cout << "数据行 / rows              " << report.rows() << '\n'
            << "新增 / imported            " << report.imported() << '\n'
            << "未变化 / unchanged         " << report.unchanged() << '\n'
            << "已更新 / updated           " << report.updated() << '\n'
            << "自然人（不收录） / natural persons, not stored  " << report.out_of_scope() << '\n'
            << "有错误未导入 / rejected    " << report.rejected() << '\n';
  PrintNotes("错误 / errors", report.errors());
  PrintNotes("提示（已导入） / warnings, imported all the same", report.warnings());
}

int ImportFailed(const absl::Status& status) {
  std::cerr << "未导入 / not imported: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message();
  if (absl::IsUnimplemented(status)) {
    std::cerr << "该地址不是公示服务 / the target is not the publication service";
  }
  std::cerr << '\n';
  return kExitFailed;
}

int RunImport(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args, {"target", "credentials"}, {"json"});
  if (!args.ok()) return UsageError(kImportUsage, args.status());
  if (args->words().size() != 1) return UsageError(kImportUsage);
  absl::StatusOr<ImportReport> report =
      ImportFile(args->word(0), args->Value("target", "127.0.0.1:7105"),
                 args->Value("credentials", "var/credentials"));
  if (!report.ok()) return ImportFailed(report.status());
  args->Has("json") ? PrintReportJson(*report) : PrintReport(*report);
  std::cout.flush();
  if (!std::cout) return kExitFailed;
  return report->rejected() > 0 ? kExitPartly : kExitOk;
}

}  // namespace

CommandFamily ImportCommands() { return {"import", kImportUsage, RunImport}; }

}  // namespace xiufu::ctl
