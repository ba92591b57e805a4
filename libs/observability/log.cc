#include "libs/observability/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/status.h"

namespace xiufu::observability {
namespace {

constexpr size_t kLongestCode = 120;
constexpr size_t kLongestMessage = 300;

// One logger for the process, never destroyed: threads may still log while it ends.
spdlog::logger& Logger() {
  static spdlog::logger* const logger = [] {
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    auto* made = new spdlog::logger("xiufu", std::move(sink));
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *logger;
}

spdlog::level::level_enum SpdlogLevel(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string KeepOnly(absl::string_view text, size_t longest, bool (*allowed)(unsigned char)) {
  std::string kept(text.substr(0, longest));
  for (char& c : kept) {
    if (!allowed(static_cast<unsigned char>(c))) c = '?';
  }
  return kept;
}

bool IsCodeCharacter(unsigned char c) {
  constexpr absl::string_view kMarks = "._:/#@+-=";
  return absl::ascii_isalnum(c) || kMarks.find(static_cast<char>(c)) != absl::string_view::npos;
}

bool IsMessageCharacter(unsigned char c) { return absl::ascii_isprint(c) && c != '"'; }

// Messages of these codes speak of what the caller sent, which may be anybody's data.
bool SpeaksOfContent(absl::StatusCode code) {
  return code == absl::StatusCode::kInvalidArgument || code == absl::StatusCode::kAlreadyExists ||
         code == absl::StatusCode::kOutOfRange;
}

std::string Describe(const absl::Status& status) {
  std::string text = absl::StatusCodeToString(status.code());
  if (std::optional<ErrorReason> reason = ReasonOf(status)) {
    absl::StrAppend(&text, "/", KeepOnly(reason->reason, kLongestCode, IsCodeCharacter));
  }
  if (SpeaksOfContent(status.code()) || status.message().empty()) return text;
  return absl::StrCat("\"", text, ": ",
                      KeepOnly(status.message(), kLongestMessage, IsMessageCharacter), "\"");
}

}  // namespace

Code::Code(absl::string_view from) : text(KeepOnly(from, kLongestCode, IsCodeCharacter)) {}

Field::Field(StaticText key, StaticText value) : key_(key), value_(value.view()) {
  if (absl::StrContains(value_, ' ')) value_ = absl::StrCat("\"", value_, "\"");
}
Field::Field(StaticText key, const Code& value) : key_(key), value_(value.text) {}
Field::Field(StaticText key, const Id& value) : key_(key), value_(value.ToString()) {}
Field::Field(StaticText key, const absl::Status& value) : key_(key), value_(Describe(value)) {}
Field::Field(StaticText key, absl::Duration value)
    : key_(key), value_(absl::StrFormat("%.3f", absl::ToDoubleMilliseconds(value))) {}
Field::Field(StaticText key, absl::Time value)
    : key_(key), value_(absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", value, absl::UTCTimeZone())) {}
Field::Field(StaticText key, double value) : key_(key), value_(absl::StrCat(value)) {}
Field::Field(StaticText key, Integer value) : key_(key), value_(absl::StrCat(value.value)) {}

std::string FormatFields(StaticText event, std::initializer_list<Field> fields) {
  std::string line(event.view());
  for (const Field& field : fields) absl::StrAppend(&line, " ", field.key(), "=", field.value());
  return line;
}

void Log(Level level, StaticText event, std::initializer_list<Field> fields) {
  if (!Logger().should_log(SpdlogLevel(level))) return;
  const std::string line = FormatFields(event, fields);
  Logger().log(SpdlogLevel(level), spdlog::string_view_t(line.data(), line.size()));
}

void SetLogLevel(Level level) { Logger().set_level(SpdlogLevel(level)); }

}  // namespace xiufu::observability
