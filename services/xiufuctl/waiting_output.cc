#include "services/xiufuctl/waiting_output.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/base/id.h"
#include "services/xiufuctl/local_time.h"

namespace xiufu::ctl {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& proto) {
  return absl::FromUnixSeconds(proto.seconds()) + absl::Nanoseconds(proto.nanos());
}

std::string UuidOf(const std::string& bytes) {
  const absl::StatusOr<Id> id = Id::FromBytes(bytes);
  return id.ok() ? id->ToString() : "";
}

std::string StateName(stream::v1::WaitingState state) {
  return std::string(absl::StripPrefix(stream::v1::WaitingState_Name(state), "WAITING_STATE_"));
}

const char* StateInWords(stream::v1::WaitingState state) {
  switch (state) {
    case stream::v1::WAITING_STATE_RETRY:
      return "等待重试 / will be tried again";
    case stream::v1::WAITING_STATE_PARKED:
      return "滞留待处置 / parked: a person's turn";
    case stream::v1::WAITING_STATE_BEHIND:
      return "排在同一办件之前的消息之后 / behind an earlier message of its application";
    case stream::v1::WAITING_STATE_POISON:
      return "无法解析，原文留存 / could not be parsed, kept as it came";
    case stream::v1::WAITING_STATE_DISCARDED:
      return "已放弃，留存 / given up, kept";
    default:
      return "未知 / unknown";
  }
}

void AppendLine(const char* label, const std::string& value, std::string* text) {
  if (!value.empty()) absl::StrAppend(text, "  ", label, ": ", value, "\n");
}

void AppendMessage(const stream::v1::WaitingMessage& message, std::string* text) {
  const std::string id =
      message.has_job() ? UuidOf(message.job().id()) : absl::StrCat(message.id());
  absl::StrAppend(text, id, "  ", StateInWords(message.state()), "\n");
  if (message.has_job()) {
    AppendLine("对外调用 / call",
               absl::StrCat(message.job().kind(), " → ", message.job().destination()), text);
    AppendLine("滞留自 / parked since", LocalTime(message.job().parked_since()), text);
  }
  if (!message.stream().empty()) {
    AppendLine("消息 / message",
               absl::StrCat(message.stream(), " ", message.epoch(), "/", message.seq(), " ",
                            message.type()),
               text);
  }
  AppendLine("办件 / application", UuidOf(message.application()), text);
  AppendLine("子办件 / case", UuidOf(message.case_id()), text);
  AppendLine("原因 / reason", message.reason(), text);
  AppendLine(message.has_job() ? "提出 / asked for" : "首次收到 / first seen",
             LocalTime(message.first_seen()), text);
  if (message.attempts() > 0) {
    AppendLine("已尝试 / attempts", absl::StrCat(message.attempts()), text);
  }
  if (message.has_next_attempt()) {
    AppendLine("下次尝试 / next attempt", LocalTime(message.next_attempt()), text);
  }
  if (message.has_discarded()) {
    AppendLine("放弃于 / given up", LocalTime(message.discarded()), text);
    AppendLine("放弃原因 / why it was given up", message.discard_reason(), text);
  }
}

std::string Rfc3339(const google::protobuf::Timestamp& proto) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", TimeOf(proto), absl::UTCTimeZone());
}

nlohmann::ordered_json MessageJson(const stream::v1::WaitingMessage& message) {
  nlohmann::ordered_json json;
  if (message.has_job()) {
    json["job"] = {{"id", UuidOf(message.job().id())},
                   {"kind", message.job().kind()},
                   {"destination", message.job().destination()},
                   {"parked_since", Rfc3339(message.job().parked_since())}};
  } else {
    json["id"] = message.id();
  }
  json["state"] = StateName(message.state());
  if (!message.stream().empty()) {
    json["stream"] = message.stream();
    json["epoch"] = message.epoch();
    json["seq"] = message.seq();
    json["type"] = message.type();
  }
  if (!message.application().empty()) json["application"] = UuidOf(message.application());
  if (!message.case_id().empty()) json["case"] = UuidOf(message.case_id());
  json["attempts"] = message.attempts();
  json["reason"] = message.reason();
  json["first_seen"] = Rfc3339(message.first_seen());
  if (message.has_next_attempt()) json["next_attempt"] = Rfc3339(message.next_attempt());
  if (message.has_discarded()) {
    json["discarded"] = Rfc3339(message.discarded());
    json["discard_reason"] = message.discard_reason();
  }
  return json;
}

}  // namespace

std::string WaitingText(const std::vector<stream::v1::WaitingMessage>& messages) {
  if (messages.empty()) return "没有等待处理的消息 / nothing waits\n";
  std::string text;
  for (const stream::v1::WaitingMessage& message : messages) AppendMessage(message, &text);
  return text;
}

std::string WaitingJson(const std::vector<stream::v1::WaitingMessage>& messages) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const stream::v1::WaitingMessage& message : messages) list.push_back(MessageJson(message));
  // A reason may quote bytes that are no UTF-8; they must not cost the whole list.
  return nlohmann::ordered_json{{"messages", list}}.dump(
             -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace xiufu::ctl
