#include "libs/rpc/status.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "libs/base/status.h"
#include "libs/observability/log.h"

namespace xiufu::rpc {
namespace {

constexpr char kDomain[] = "xiufu";

// What went wrong inside is for the log: its text may hold paths, SQL or worse.
bool StaysInside(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown;
}

std::string MessageFor(const absl::Status& status) {
  if (!StaysInside(status.code())) return std::string(status.message());
  observability::Log(observability::Level::kError, "call_failed_inside", {{"error", status}});
  return "internal error; the service's log says more";
}

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  const ErrorReason reason =
      ReasonOf(status).value_or(ErrorReason{absl::StatusCodeToString(status.code()), {}});
  google::rpc::ErrorInfo info;
  info.set_reason(reason.reason);
  info.set_domain(kDomain);
  for (const auto& [key, value] : reason.metadata) (*info.mutable_metadata())[key] = value;
  return info;
}

// A refusal at the door (doorkeeper.h) has no details: its reason is the first word of the message.
std::string ReasonInMessage(absl::string_view message) {
  const size_t colon = message.find(": ");
  if (colon == absl::string_view::npos || colon < 3 || colon > 63) return "";
  for (char c : message.substr(0, colon)) {
    if (!absl::ascii_isupper(static_cast<unsigned char>(c)) && c != '_') return "";
  }
  return std::string(message.substr(0, colon));
}

void TakeInfo(const google::rpc::ErrorInfo& info, absl::Status* status) {
  if (info.domain() != kDomain) return;
  // Without a reason of its own a status travels under its code's name.
  if (info.reason() == absl::StatusCodeToString(status->code()) && info.metadata().empty()) return;
  std::vector<std::pair<std::string, std::string>> metadata(info.metadata().begin(),
                                                            info.metadata().end());
  std::sort(metadata.begin(), metadata.end());
  *status = WithReason(*status, info.reason(), metadata);
}

void TakeViolations(const google::rpc::BadRequest& bad, absl::Status* status) {
  std::vector<Violation> violations;
  for (const auto& violation : bad.field_violations()) {
    violations.push_back({violation.field(), violation.description()});
  }
  const absl::Status carrier = FieldViolations(violations);
  if (const absl::optional<absl::Cord> payload = carrier.GetPayload(kViolationsUrl)) {
    status->SetPayload(kViolationsUrl, *payload);
  }
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status rich;
  rich.set_code(static_cast<int>(status.code()));
  rich.set_message(MessageFor(status));
  rich.add_details()->PackFrom(InfoOf(status));
  google::rpc::BadRequest bad;
  for (const Violation& violation : ViolationsOf(status)) {
    auto* added = bad.add_field_violations();
    added->set_field(violation.field);
    added->set_description(violation.description);
  }
  if (bad.field_violations_size() > 0) rich.add_details()->PackFrom(bad);
  return {static_cast<grpc::StatusCode>(status.code()), rich.message(), rich.SerializeAsString()};
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status plain(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status rich;
  if (status.error_details().empty() || !rich.ParseFromString(status.error_details())) {
    const std::string reason = ReasonInMessage(status.error_message());
    return reason.empty() ? plain : WithReason(plain, reason);
  }
  for (const google::protobuf::Any& detail : rich.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&info)) TakeInfo(info, &plain);
    if (detail.UnpackTo(&bad)) TakeViolations(bad, &plain);
  }
  return plain;
}

}  // namespace xiufu::rpc
