#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>

namespace xiufu::ctl {

// "2026-11-24 09:30:00", in Asia/Shanghai: for people.
std::string LocalTime(const google::protobuf::Timestamp& time);

// "2026-11-24T09:30:00+08:00": the same with its zone, also for programs; "" for none.
std::string ZonedTime(const google::protobuf::Timestamp& time);

}  // namespace xiufu::ctl
