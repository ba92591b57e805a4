#include "services/xiufuctl/telling.h"

#include <optional>

#include "libs/base/id.h"
#include "libs/base/status.h"

namespace xiufu::ctl {

std::string IdText(const std::string& bytes) {
  const absl::StatusOr<Id> id = Id::FromBytes(bytes);
  return id.ok() && !id->IsNone() ? id->ToString() : "";
}

int Failed(const absl::Status& status) {
  std::cerr << "未成功 / failed: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message() << '\n';
  for (const Violation& violation : ViolationsOf(status)) {
    std::cerr << "  " << violation.field << ": " << violation.description << '\n';
  }
  if (const std::optional<ErrorReason> reason = ReasonOf(status)) {
    for (const auto& [name, value] : reason->metadata) {
      std::cerr << "  " << name << ": " << value << '\n';
    }
  }
  return kExitFailed;
}

int Done(const absl::Status& status, const char* done) {
  if (!status.ok()) return Failed(status);
  std::cout << done << '\n';
  return Told();
}

int Told() {
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

}  // namespace xiufu::ctl
