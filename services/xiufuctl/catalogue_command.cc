#include "services/xiufuctl/catalogue_command.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/catalogue/law.h"
#include "libs/feed/layout.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/catalogue_explain.h"
#include "services/xiufuctl/catalogue_rehearse.h"
#include "services/xiufuctl/deploy_folder.h"

namespace xiufu::ctl {
namespace {

constexpr char kCatalogueUsage[] =
    "  catalogue check [--unconfirmed] [--catalogue DIR] [--calendars DIR] [--authorities DIR]\n"
    "                       [--feeds DIR]\n"
    "                       检查规则目录、日历、认定单位和数据格式，逐条指出文件和行 / name every\n"
    "                       fault of rules, calendars, authorities and layouts with file and "
    "line;\n"
    "                       --unconfirmed: 列出尚未核实的规则 / list rules that are not verified\n"
    "  catalogue explain --record FILE.json --on DATE [--json] [--catalogue DIR]\n"
    "                       [--authorities DIR] [--feeds DIR]\n"
    "                       说明一条记录在某日适用的规则 / what the law says of one record on a "
    "day\n"
    "  catalogue rehearse NEW --against COPY [--against COPY] [--on DATE] [--json] [--old DIR]\n"
    "                       [--calendars DIR] [--authorities DIR]\n"
    "                       在库副本上预演新目录，列出受理、期限、公示的变化，不写任何数据 /\n"
    "                       what a new catalogue would change for the cases and records of copies\n"
    "                       (store copy); writes nothing. --on: 都按该日申请判断 / judge all as "
    "if\n"
    "                       applied for on that day, else cases when they were and records today;\n"
    "                       --old: 现行目录 / the law of now, for records without a case\n";

int CatalogueFailed(const absl::Status& status) {
  std::cerr << status.message() << '\n';
  for (const Violation& violation : ViolationsOf(status)) {
    std::cerr << "  " << violation.field << ": " << violation.description << '\n';
  }
  return kExitFailed;
}

absl::StatusOr<catalogue::LawSnapshot> LoadLawOf(const Arguments& args) {
  const absl::StatusOr<std::string> rules = DataFolder(args.Value("catalogue"), "catalogue");
  if (!rules.ok()) return rules.status();
  const absl::StatusOr<std::string> calendars = DataFolder(args.Value("calendars"), "calendars");
  if (!calendars.ok()) return calendars.status();
  const absl::StatusOr<std::string> authorities =
      DataFolder(args.Value("authorities"), "authorities");
  if (!authorities.ok()) return authorities.status();
  return catalogue::LoadLaw({*rules, *calendars, *authorities});
}

absl::StatusOr<feed::LayoutBook> LoadLayoutsOf(const Arguments& args) {
  const absl::StatusOr<std::string> feeds = DataFolder(args.Value("feeds"), "feeds");
  if (!feeds.ok()) return feeds.status();
  return feed::LayoutBook::Load(*feeds);
}

int CheckCatalogue(const Arguments& args) {
  const absl::StatusOr<catalogue::LawSnapshot> law = LoadLawOf(args);
  if (!law.ok()) return CatalogueFailed(law.status());
  const absl::StatusOr<feed::LayoutBook> layouts = LoadLayoutsOf(args);
  if (!layouts.ok()) return CatalogueFailed(layouts.status());
  if (args.Has("unconfirmed")) {
    for (const catalogue::Rule& rule : (*law)->catalogue.rules()) {
      const catalogue::Provenance& from = rule.provenance;
      if (from.confidence == "T") continue;
      std::cout << rule.id << '\t' << from.confidence << '\t' << rule.name << '\t' << from.source
                << '\n';
    }
  } else {
    std::cout << "规则目录无误 / no fault: " << (*law)->catalogue.version() << " "
              << (*law)->catalogue.sha256() << "，" << (*law)->catalogue.rules().size()
              << "条规则 / rules\n";
  }
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

int ExplainRecord(const Arguments& args) {
  const absl::StatusOr<absl::CivilDay> on = ParseDay(args.Value("on"));
  if (!on.ok()) {
    return UsageError(
        kCatalogueUsage,
        absl::InvalidArgumentError(absl::StrCat(
            "--on: “", args.Value("on"), "” 不是日期，应为 yyyy-mm-dd / yyyy-mm-dd belongs here")));
  }
  const absl::StatusOr<catalogue::LawSnapshot> law = LoadLawOf(args);
  if (!law.ok()) return CatalogueFailed(law.status());
  const absl::StatusOr<feed::Fields> fields = ReadRowFile(args.Value("record"));
  if (!fields.ok()) return CatalogueFailed(fields.status());
  const absl::StatusOr<feed::LayoutBook> layouts = LoadLayoutsOf(args);
  if (!layouts.ok()) return CatalogueFailed(layouts.status());
  const absl::StatusOr<feed::RecordRow> row =
      feed::ReadRecordRow(*fields, *layouts, (*law)->catalogue, (*law)->authorities);
  if (!row.ok()) return CatalogueFailed(row.status());
  std::cout << (args.Has("json") ? ExplainJson : ExplainText)(*row, (*law)->catalogue,
                                                              (*law)->authorities, *on)
            << std::flush;
  return std::cout ? kExitOk : kExitFailed;
}

int RunCatalogue(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args,
                      {"catalogue", "calendars", "authorities", "feeds", "record", "on", "old"},
                      {"json", "unconfirmed"}, {"against"});
  if (!args.ok()) return UsageError(kCatalogueUsage, args.status());
  if (args->words() == std::vector<std::string>{"check"}) return CheckCatalogue(*args);
  if (args->words() == std::vector<std::string>{"explain"} && args->Has("record") &&
      args->Has("on")) {
    return ExplainRecord(*args);
  }
  if (args->word(0) == "rehearse" && args->words().size() == 2 && args->Has("against")) {
    return RehearseCatalogue(*args);
  }
  return UsageError(kCatalogueUsage);
}

}  // namespace

CommandFamily CatalogueCommands() { return {"catalogue", kCatalogueUsage, RunCatalogue}; }

}  // namespace xiufu::ctl
