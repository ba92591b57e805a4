#include "services/intake/drivers/notification_codec.h"

#include <google/protobuf/util/json_util.h>

#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {
namespace {

std::string JsonOf(const google::protobuf::Message& message) {
  std::string json;
  // Fails only for times and texts that no store can hold.
  (void)google::protobuf::util::MessageToJsonString(message, &json);
  return json;
}

v1::Notification::State StateOf(const ListedNotification& listed) {
  if (listed.parked) return v1::Notification::PARKED;
  if (listed.given_up) return v1::Notification::GIVEN_UP;
  return static_cast<v1::Notification::State>(listed.notification.state);
}

}  // namespace

std::string PushedJson(const Notification& notification) {
  v1::PushedNotification proto;
  proto.set_id(notification.id.ToString());
  proto.set_application(ApplicationName(notification.application));
  proto.set_number(notification.number);
  proto.set_case_name(CaseName(notification.case_id));
  proto.set_code(notification.code);
  *proto.mutable_time() = TimestampOf(notification.told);
  proto.set_case_state(static_cast<common::v1::CaseState>(notification.case_state));
  proto.set_result(static_cast<common::v1::CaseResult>(notification.result));
  proto.set_application_state(static_cast<v1::Application::State>(notification.application_state));
  proto.set_text(notification.text);
  proto.set_text_en(notification.text_en);
  return JsonOf(proto);
}

std::string ShortMessageJson(const OutgoingMessage& message) {
  v1::ShortMessage proto;
  proto.set_id(message.notification.id.ToString());
  proto.set_phone(message.phone);
  proto.set_text(message.notification.text);
  proto.set_number(message.notification.number);
  return JsonOf(proto);
}

v1::Notification ToProto(const ListedNotification& listed) {
  const Notification& notification = listed.notification;
  v1::Notification proto;
  proto.set_id(notification.id.ToString());
  proto.set_number(notification.number);
  proto.set_case_name(CaseName(notification.case_id));
  proto.set_code(notification.code);
  proto.set_channel(notification.channel);
  proto.set_text(notification.text);
  proto.set_text_en(notification.text_en);
  proto.set_state(StateOf(listed));
  *proto.mutable_told_time() = TimestampOf(notification.told);
  *proto.mutable_due_time() = TimestampOf(notification.due);
  if (Happened(notification.settled)) {
    *proto.mutable_settle_time() = TimestampOf(notification.settled);
  }
  for (const NotificationAttempts& attempts : listed.attempts) {
    v1::Notification::Attempts& added = *proto.add_attempts();
    added.set_outcome(attempts.outcome);
    added.set_times(attempts.times);
    *added.mutable_first_time() = TimestampOf(attempts.first);
    *added.mutable_last_time() = TimestampOf(attempts.last);
  }
  return proto;
}

}  // namespace xiufu::intake
