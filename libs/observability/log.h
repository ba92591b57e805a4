#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::observability {

enum class Level { kDebug, kInfo, kWarning, kError };

// Text that is in the program itself, so that it cannot hold anybody's data.
class StaticText {
 public:
  consteval StaticText(const char* text) : text_(text) {}  // NOLINT: literals convert
  absl::string_view view() const { return text_; }

 private:
  const char* text_;
};

// An identifier that comes from configuration, a contract or the system: a stream, queue,
// principal, host:port, file, method. Whatever is not a letter, digit or one of ._:/#@+-= becomes
// '?'; cut at 120 characters.
struct Code {
  explicit Code(absl::string_view text);
  std::string text;
};

// key=value of a line. There is no constructor for arbitrary strings: what an applicant typed
// cannot be logged. A Status shows its code and reason; its message only when it is not about a
// request's content (INVALID_ARGUMENT, ALREADY_EXISTS, OUT_OF_RANGE), and only its printable ASCII.
class Field {
 public:
  Field(StaticText key, StaticText value);
  Field(StaticText key, const Code& value);
  Field(StaticText key, const Id& value);
  Field(StaticText key, const absl::Status& value);
  Field(StaticText key, absl::Duration value);  // in milliseconds
  Field(StaticText key, absl::Time value);      // RFC 3339, UTC
  Field(StaticText key, double value);
  template <std::integral T>
  Field(StaticText key, T value) : Field(key, Integer{static_cast<int64_t>(value)}) {}

  absl::string_view key() const { return key_.view(); }
  const std::string& value() const { return value_; }

 private:
  struct Integer {
    int64_t value;
  };
  Field(StaticText key, Integer value);

  StaticText key_;
  std::string value_;
};

// One line on stderr: time, level, event and fields as key=value. Any thread.
//   Log(Level::kWarning, "broker_lost", {{"queue", Code(queue)}, {"error", status}, {"attempt",
//   3}});
void Log(Level level, StaticText event, std::initializer_list<Field> fields = {});

// Lines below `level` are not written; kInfo at the start.
void SetLogLevel(Level level);

// The fields of a line as they are written: for tests.
std::string FormatFields(StaticText event, std::initializer_list<Field> fields);

}  // namespace xiufu::observability
