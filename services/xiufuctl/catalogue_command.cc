#include "services/xiufuctl/catalogue_command.h"

#include <algorithm>
#include <initializer_list>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/catalogue/law.h"
#include "libs/feed/layout.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/catalogue_confirm.h"
#include "services/xiufuctl/catalogue_explain.h"
#include "services/xiufuctl/catalogue_guide.h"
#include "services/xiufuctl/catalogue_rehearse.h"
#include "services/xiufuctl/catalogue_unconfirmed.h"
#include "services/xiufuctl/deploy_folder.h"

namespace xiufu::ctl {
namespace {

constexpr char kCatalogueUsage[] =
    "  catalogue check [--unconfirmed] [--catalogue DIR] [--calendars DIR] [--authorities DIR]\n"
    "                       [--feeds DIR]\n"
    "                       检查规则目录、日历、认定单位和数据格式，逐条指出文件和行 / name every\n"
    "                       fault of rules, calendars, authorities and layouts with file and "
    "line;\n"
    "                       --unconfirmed: 列出尚未核实的规则和时限 / list rules and time limits\n"
    "                       that are not verified, and which authorities have confirmed them\n"
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
    "                       --old: 现行目录 / the law of now, for records without a case\n"
    "  catalogue guide --authority CODE [--on DATE] [--out DIR] [--catalogue DIR]\n"
    "                       [--calendars DIR] [--authorities DIR] [--messages DIR]\n"
    "                       生成该单位的办事指南、流程图和业务方案确认表 / write an authority's "
    "guide,\n"
    "                       flow charts and the sheet it confirms the rules by (PDF, Markdown)\n"
    "  catalogue confirm --authority CODE --rule ID [--field NAME] --document NO --date DATE\n"
    "                       --by UNIT [--changed-to TEXT] [--on DATE] [--catalogue DIR]\n"
    "                       [--calendars DIR] [--authorities DIR]\n"
    "                       "
    "登记认定单位退回的确认表（某日施行的规则，整行或一项），并提高目录版本\n"
    "                       record a sheet that an authority sent back (of the rule as it is in\n"
    "                       force on a day; the row or one fact) and raise the version;\n"
    "                       --rule AUTHORITY: 本单位的办理方式、热线、事项编码、分级标准 / what "
    "is\n"
    "                       about the authority itself: handling, hotline, codes of items, class\n"
    "                       standards; --changed-to: 要求改为的内容，不算确认 / what it should "
    "say\n"
    "                       instead, which confirms nothing\n";

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
    std::cout << UnconfirmedText(**law, LegalDay(absl::Now()));
  } else {
    std::cout << "规则目录无误 / no fault: " << (*law)->catalogue.version() << " "
              << (*law)->catalogue.sha256() << "，" << (*law)->catalogue.rules().size()
              << "条规则 / rules\n";
  }
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

absl::StatusOr<absl::CivilDay> DayOf(const Arguments& args, const std::string& name) {
  absl::StatusOr<absl::CivilDay> day = ParseDay(args.Value(name));
  if (day.ok()) return day;
  return absl::InvalidArgumentError(absl::StrCat("--", name, ": “", args.Value(name),
                                                 "” 不是日期，应为 yyyy-mm-dd / yyyy-mm-dd "
                                                 "belongs here"));
}

// The day of --on; today in China without it.
absl::StatusOr<absl::CivilDay> OnDayOf(const Arguments& args) {
  if (!args.Has("on")) return LegalDay(absl::Now());
  return DayOf(args, "on");
}

int ConfirmRule(const Arguments& args) {
  const absl::StatusOr<absl::CivilDay> date = DayOf(args, "date");
  if (!date.ok()) return UsageError(kCatalogueUsage, date.status());
  const absl::StatusOr<absl::CivilDay> on = OnDayOf(args);
  if (!on.ok()) return UsageError(kCatalogueUsage, on.status());
  const absl::StatusOr<std::string> folder = DataFolder(args.Value("catalogue"), "catalogue");
  if (!folder.ok()) return CatalogueFailed(folder.status());
  const absl::StatusOr<catalogue::LawSnapshot> law = LoadLawOf(args);
  if (!law.ok()) return CatalogueFailed(law.status());
  const absl::StatusOr<Confirmed> done =
      ConfirmIn(*folder, **law,
                {args.Value("authority"), args.Value("rule"), args.Value("field"),
                 args.Value("document"), *date, args.Value("by"), args.Value("changed-to"), *on});
  if (!done.ok()) return CatalogueFailed(done.status());
  std::cout << "已登记 / recorded: " << done->what << "，" << done->file
            << "\n目录版本 / version: " << done->version_before << " → " << done->version
            << std::endl;
  return std::cout ? kExitOk : kExitFailed;
}

int WriteGuideOf(const Arguments& args) {
  const absl::StatusOr<absl::CivilDay> on = OnDayOf(args);
  if (!on.ok()) return UsageError(kCatalogueUsage, on.status());
  const absl::StatusOr<catalogue::LawSnapshot> law = LoadLawOf(args);
  if (!law.ok()) return CatalogueFailed(law.status());
  const absl::StatusOr<std::string> folder = DataFolder(args.Value("messages"), "messages");
  if (!folder.ok()) return CatalogueFailed(folder.status());
  const absl::StatusOr<catalogue::Messages> messages = catalogue::Messages::Load(*folder);
  if (!messages.ok()) return CatalogueFailed(messages.status());
  const std::string authority = args.Value("authority");
  const auto documents = GuideOf(**law, *messages, authority, *on);
  if (!documents.ok()) return CatalogueFailed(documents.status());
  const auto paths = WriteGuide(*documents, authority, args.Value("out", "."));
  if (!paths.ok()) return CatalogueFailed(paths.status());
  for (const std::string& path : *paths) std::cout << path << '\n';
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

int RehearseOn(const Arguments& args) {
  if (!args.Has("on")) return RehearseCatalogue(args, std::nullopt);
  const absl::StatusOr<absl::CivilDay> on = DayOf(args, "on");
  return on.ok() ? RehearseCatalogue(args, *on) : UsageError(kCatalogueUsage, on.status());
}

bool HasAll(const Arguments& args, std::initializer_list<const char*> names) {
  return std::all_of(names.begin(), names.end(),
                     [&](const char* name) { return !args.Value(name).empty(); });
}

// What was handed in is wrong: each field that is, and why.
int RecordRefused(const absl::Status& status) {
  const std::vector<Violation> violations = ViolationsOf(status);
  if (violations.empty()) std::cerr << status.message() << '\n';
  for (const Violation& violation : violations) {
    std::cerr << violation.field << ": " << violation.description << '\n';
  }
  return kExitUsage;
}

int ExplainRecord(const Arguments& args) {
  const absl::StatusOr<absl::CivilDay> on = DayOf(args, "on");
  if (!on.ok()) return UsageError(kCatalogueUsage, on.status());
  const absl::StatusOr<catalogue::LawSnapshot> law = LoadLawOf(args);
  if (!law.ok()) return CatalogueFailed(law.status());
  const absl::StatusOr<feed::Fields> fields = ReadRowFile(args.Value("record"));
  if (!fields.ok()) return RecordRefused(fields.status());
  const absl::StatusOr<feed::LayoutBook> layouts = LoadLayoutsOf(args);
  if (!layouts.ok()) return CatalogueFailed(layouts.status());
  const absl::StatusOr<feed::RecordRow> row =
      feed::ReadRecordRow(*fields, *layouts, (*law)->catalogue, (*law)->authorities);
  if (!row.ok()) return RecordRefused(row.status());
  std::cout << (args.Has("json") ? ExplainJson : ExplainText)(*row, (*law)->catalogue,
                                                              (*law)->authorities, *on)
            << std::flush;
  return std::cout ? kExitOk : kExitFailed;
}

int RunCatalogue(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args,
      {"catalogue", "calendars", "authorities", "feeds", "record", "on", "old", "authority", "rule",
       "field", "document", "date", "by", "changed-to", "out", "messages"},
      {"json", "unconfirmed"}, {"against"});
  if (!args.ok()) return UsageError(kCatalogueUsage, args.status());
  if (args->words() == std::vector<std::string>{"check"}) return CheckCatalogue(*args);
  if (args->words() == std::vector<std::string>{"explain"} && args->Has("record") &&
      args->Has("on")) {
    return ExplainRecord(*args);
  }
  if (args->word(0) == "rehearse" && args->words().size() == 2 && args->Has("against")) {
    return RehearseOn(*args);
  }
  if (args->words() == std::vector<std::string>{"guide"} && HasAll(*args, {"authority"})) {
    return WriteGuideOf(*args);
  }
  if (args->words() == std::vector<std::string>{"confirm"} &&
      HasAll(*args, {"authority", "rule", "document", "date", "by"})) {
    return ConfirmRule(*args);
  }
  return UsageError(kCatalogueUsage);
}

}  // namespace

CommandFamily CatalogueCommands() { return {"catalogue", kCatalogueUsage, RunCatalogue}; }

}  // namespace xiufu::ctl
