#include "services/xiufuctl/local_time.h"

#include "absl/time/time.h"
#include "libs/base/clock.h"

namespace xiufu::ctl {

std::string LocalTime(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()),
                          ShanghaiZone());
}

std::string ZonedTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime(absl::RFC3339_sec, absl::FromUnixSeconds(time.seconds()), ShanghaiZone());
}

}  // namespace xiufu::ctl
