#include "services/xiufuctl/desk_common.h"

#include <iostream>

#include "libs/base/id.h"
#include "services/xiufuctl/command.h"
#include "services/xiufuctl/local_time.h"

namespace xiufu::ctl {

std::string DeskId(const std::string& bytes) {
  const absl::StatusOr<Id> id = Id::FromBytes(bytes);
  return id.ok() && !id->IsNone() ? id->ToString() : "";
}

std::string DeskTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return ZonedTime(time);
}

int DeskFailed(const absl::Status& status) {
  std::cerr << "未成功 / failed: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message() << '\n';
  return kExitFailed;
}

int DeskDone(const absl::Status& status, const char* done) {
  if (!status.ok()) return DeskFailed(status);
  std::cout << done << '\n';
  return kExitOk;
}

}  // namespace xiufu::ctl
