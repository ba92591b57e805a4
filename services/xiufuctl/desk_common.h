#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "absl/status/status.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"

namespace xiufu::ctl {

// What the desk's commands share.
std::string DeskId(const std::string& bytes);  // as a UUID; "" for none
std::string DeskTime(const google::protobuf::Timestamp& time);
// Says on stderr that it did not work.
int DeskFailed(const absl::Status& status);
int DeskDone(const absl::Status& status, const char* done);

}  // namespace xiufu::ctl
