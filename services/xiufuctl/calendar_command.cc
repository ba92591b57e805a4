#include "services/xiufuctl/calendar_command.h"

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libs/base/legal_day.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/authority.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/deploy_folder.h"
#include "services/xiufuctl/due_moves.h"

namespace xiufu::ctl {
namespace {

constexpr char kCalendarUsage[] =
    "  calendar due START N [--authority CODE] [--json] [--calendars DIR] [--authorities DIR]\n"
    "                       START（不计入）之后第N个工作日 / the N-th working day after START,\n"
    "                       which is not counted; --json: 连同推算依据 / with what led to it;\n"
    "                       --authority: 计入该单位的例外安排 / with that authority's exceptions\n"
    "  calendar due --csv FILE [--calendars DIR]\n"
    "                       逐行推算，首行为表头 / the same for each line \"start,working_days\"\n"
    "                       of a file whose first line is a header\n"
    "  calendar moves [--json] [WHERE]\n"
    "                       列出因日历更新而变动的办理期限 / due dates that moved because another\n"
    "                       calendar was loaded\n";

constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";
// Twenty years: more is a mistyped figure, not a period.
constexpr int kMostWorkingDays = 5000;

struct Question {
  absl::CivilDay start;
  int working_days = 0;
};

absl::StatusOr<Question> ReadQuestion(absl::string_view start, absl::string_view days) {
  Question question;
  const absl::StatusOr<absl::CivilDay> day = ParseDay(start);
  if (!day.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "start: “", start, "” 不是日期，应为 yyyy-mm-dd / not a date, yyyy-mm-dd belongs here"));
  }
  question.start = *day;
  if (!absl::SimpleAtoi(days, &question.working_days) || question.working_days < 0 ||
      question.working_days > kMostWorkingDays) {
    return absl::InvalidArgumentError(
        absl::StrCat("working_days: “", days, "” 应为 0 至 ", kMostWorkingDays,
                     " 的整数 / a whole number of 0 to ", kMostWorkingDays, " belongs here"));
  }
  return question;
}

nlohmann::json NamedDays(const std::vector<calendar::NamedDay>& days) {
  nlohmann::json list = nlohmann::json::array();
  for (const calendar::NamedDay& day : days) {
    list.push_back({{"day", FormatDay(day.day)}, {"name", day.name}});
  }
  return list;
}

nlohmann::json ExceptionDays(const std::vector<calendar::ExceptionDay>& days) {
  nlohmann::json list = nlohmann::json::array();
  for (const calendar::ExceptionDay& day : days) {
    list.push_back({{"day", FormatDay(day.day)}, {"working", day.working}, {"name", day.name}});
  }
  return list;
}

nlohmann::json Derivation(const Question& question, const calendar::Due& due,
                          const calendar::Calendar& calendar) {
  return {{"start", FormatDay(question.start)},
          {"working_days", question.working_days},
          {"due", FormatDay(due.day)},
          {"provisional", due.provisional},
          {"holidays_skipped", NamedDays(due.holidays_skipped)},
          {"makeup_days_counted", NamedDays(due.makeup_days_counted)},
          {"exceptions", ExceptionDays(due.exceptions)},
          {"calendar", calendar.version()}};
}

int CalendarFailed(const absl::Status& status) {
  std::cerr << status.message() << '\n';
  return kExitFailed;
}

int AnswerOne(const Question& question, const calendar::Calendar& calendar, bool json) {
  const calendar::Due due = calendar.AddWorkingDays(question.start, question.working_days);
  if (json) {
    std::cout << Derivation(question, due, calendar).dump() << '\n';
  } else {
    std::cout << FormatDay(due.day) << '\n';
    if (due.provisional) {
      std::cerr
          << "暂定：涉及尚未公布放假安排的年度 / provisional: it touches a year whose holidays are "
             "not announced\n";
    }
  }
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

// A field as spreadsheets write it: perhaps quoted, perhaps with spaces around it.
absl::string_view Bare(absl::string_view field) {
  field = absl::StripAsciiWhitespace(field);
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    field = field.substr(1, field.size() - 2);
  }
  return field;
}

absl::StatusOr<Question> QuestionIn(absl::string_view line) {
  const std::vector<absl::string_view> fields = absl::StrSplit(line, ',');
  if (fields.size() < 2) {
    return absl::InvalidArgumentError("应有两列 / two columns belong here");
  }
  return ReadQuestion(Bare(fields[0]), Bare(fields[1]));
}

// False, with a complaint that names the line, when it asks nothing.
bool AnswerLine(const std::string& line, int number, const calendar::Calendar& calendar) {
  const absl::StatusOr<Question> question = QuestionIn(line);
  if (!question.ok()) {
    std::cerr << "第 " << number << " 行 / line " << number << ": " << question.status().message()
              << '\n';
    return false;
  }
  const calendar::Due due = calendar.AddWorkingDays(question->start, question->working_days);
  std::cout << FormatDay(question->start) << ',' << question->working_days << ','
            << FormatDay(due.day) << ',' << (due.provisional ? "true" : "false") << '\n';
  return true;
}

int AnswerFile(const std::string& path, const calendar::Calendar& calendar) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    return CalendarFailed(absl::NotFoundError(
        absl::StrCat("不能读取，或没有表头 / cannot be read, or has no header: ", path)));
  }
  if (QuestionIn(absl::StripPrefix(line, kByteOrderMark)).ok()) {
    std::cerr << "第 1 行应为表头 / line 1 is to be the header: " << path << '\n';
    return kExitUsage;
  }
  std::cout << "start,working_days,due,provisional\n";
  bool well = true;
  for (int number = 2; std::getline(file, line); ++number) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    well = AnswerLine(line, number, calendar) && well;
  }
  std::cout.flush();
  return well && std::cout ? kExitOk : kExitFailed;
}

// The days as they are for one registered authority.
absl::StatusOr<calendar::Calendar> ForAuthority(const calendar::Calendar& calendar,
                                                const Arguments& args) {
  const absl::StatusOr<std::string> folder = DataFolder(args.Value("authorities"), "authorities");
  if (!folder.ok()) return folder.status();
  const absl::StatusOr<catalogue::AuthorityRegistry> registry =
      catalogue::AuthorityRegistry::Load(*folder);
  if (!registry.ok()) return registry.status();
  const std::string code = args.Value("authority");
  const catalogue::Authority* authority = registry->FindByCode(code);
  if (authority == nullptr) {
    return absl::NotFoundError(
        absl::StrCat("未登记的认定单位 / no such authority in ", *folder, ": ", code));
  }
  return calendar.For(authority->code, authority->kind);
}

int AnswerDue(const Arguments& args) {
  const bool of_file = args.Has("csv") && !args.Has("json");
  if (args.words().size() != (of_file ? 1 : 3)) return UsageError(kCalendarUsage);
  absl::StatusOr<Question> question = Question();
  if (!of_file) question = ReadQuestion(args.word(1), args.word(2));
  if (!question.ok()) return UsageError(kCalendarUsage, question.status());
  const absl::StatusOr<std::string> folder = DataFolder(args.Value("calendars"), "calendars");
  if (!folder.ok()) return CalendarFailed(folder.status());
  absl::StatusOr<calendar::Calendar> calendar = calendar::Calendar::Load(*folder);
  if (calendar.ok() && args.Has("authority")) calendar = ForAuthority(*calendar, args);
  if (!calendar.ok()) return CalendarFailed(calendar.status());
  if (of_file) return AnswerFile(args.Value("csv"), *calendar);
  return AnswerOne(*question, *calendar, args.Has("json"));
}

int RunCalendar(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"csv", "calendars", "authority", "authorities", "config", "target", "credentials"},
      {"json"});
  if (!args.ok()) return UsageError(kCalendarUsage, args.status());
  if (args->word(0) == "due") return AnswerDue(*args);
  if (args->words() != std::vector<std::string>{"moves"}) return UsageError(kCalendarUsage);
  return ListDueMoves(*args);
}

}  // namespace

CommandFamily CalendarCommands() { return {"calendar", kCalendarUsage, RunCalendar}; }

}  // namespace xiufu::ctl
