#include "services/xiufuctl/import_command.h"

#include <unistd.h>

#include <iostream>
#include <optional>

#include "absl/strings/numbers.h"
#include "libs/base/status.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/import_client.h"
#include "services/xiufuctl/import_output.h"

namespace xiufu::ctl {
namespace {

using publication::v1::ImportReport;

constexpr char kImportUsage[] =
    "  import FILE [--json] [--layout ID] [--report FILE.csv] [--retry-for SECONDS, 120]\n"
    "              [WHERE]\n"
    "                       "
    "导入失信信息（CSV：UTF-8或GB18030；JSON）；公示服务重启时自动继续，中断\n"
    "                       后再次运行从中断处继续 / import a feed of any layout of deploy/feeds;\n"
    "                       it goes on by itself when the service went away and comes back, and\n"
    "                       when it is run again after it was cut off; --report: 逐行说明写入文件 "
    "/ every note on a "
    "row;\n"
    "                       退出码3：部分行有错误未导入 / exit code 3: some rows were rejected\n";

int ImportFailed(const absl::Status& status) {
  std::cerr << "未导入完 / not imported whole: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message();
  if (absl::IsUnimplemented(status)) {
    std::cerr << "该地址不是公示服务 / the target is not the publication service";
  }
  std::cerr << '\n';
  for (const Violation& violation : ViolationsOf(status)) {
    std::cerr << "  " << violation.field << ": " << violation.description << '\n';
  }
  if (absl::IsUnavailable(status) || absl::IsAborted(status) || absl::IsCancelled(status)) {
    std::cerr << "再次运行同一命令，从中断处继续 / run the same command again, it goes on\n";
  }
  return kExitFailed;
}

absl::StatusOr<ImportReport> ImportAndWatch(const ImportClient& client, const Arguments& args) {
  ProgressLine line(std::cerr);
  ImportWatch watch;
  watch.interruption = [&line](const absl::Status& status) {
    line.End();
    std::cerr << "公示服务中断，重试 / the service went away, trying again: "
              << absl::StatusCodeToString(status.code()) << '\n';
  };
  if (isatty(STDERR_FILENO) != 0) {
    watch.progress = [&line](const ImportProgress& progress) { line.Show(progress); };
  }
  absl::StatusOr<ImportReport> report = client.Import(args.word(0), args.Value("layout"), watch);
  line.End();
  return report;
}

// Seconds; nothing: not a number of them.
std::optional<absl::Duration> PatienceIn(const Arguments& args) {
  int seconds = 0;
  if (!absl::SimpleAtoi(args.Value("retry-for", "120"), &seconds) || seconds < 0) {
    return std::nullopt;
  }
  return absl::Seconds(seconds);
}

absl::Status Tell(const ImportClient& client, const ImportReport& report, const Arguments& args) {
  const std::string file = args.Value("report");
  if (!file.empty()) {
    if (absl::Status status = WriteReportFile(client, report, file); !status.ok()) return status;
  }
  if (args.Has("json")) return PrintReportJson(client, report, std::cout);
  PrintReport(report, file, std::cout);
  return absl::OkStatus();
}

int RunImport(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"config", "target", "credentials", "layout", "report", "retry-for"}, {"json"});
  if (!args.ok()) return UsageError(kImportUsage, args.status());
  const std::optional<absl::Duration> patience = PatienceIn(*args);
  if (args->words().size() != 1 || !patience) return UsageError(kImportUsage);
  const absl::StatusOr<ServiceAddress> address = AddressOf(*args, "publication");
  if (!address.ok()) return ImportFailed(address.status());
  const absl::StatusOr<ImportClient> client = ImportClient::Connect(*address, *patience);
  if (!client.ok()) return ImportFailed(client.status());
  const absl::StatusOr<ImportReport> report = ImportAndWatch(*client, *args);
  if (!report.ok()) return ImportFailed(report.status());
  if (absl::Status status = Tell(*client, *report, *args); !status.ok()) {
    return ImportFailed(status);
  }
  std::cout.flush();
  if (!std::cout) return kExitFailed;
  return report->rejected() > 0 ? kExitPartly : kExitOk;
}

}  // namespace

CommandFamily ImportCommands() { return {"import", kImportUsage, RunImport}; }

}  // namespace xiufu::ctl
