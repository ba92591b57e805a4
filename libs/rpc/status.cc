#include "libs/rpc/status.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/observability/log.h"

namespace xiufu::rpc {
namespace {

constexpr char kDomain[] = "xiufu";

// Clients take 8 KiB of trailing metadata and show a refusal that has more as RESOURCE_EXHAUSTED.
// At its worst the message is percent-encoded (three times its bytes) and the details travel in
// base64: 3 KiB and 4.7 KiB.
constexpr size_t kMaxMessage = 1024;
constexpr size_t kMaxDetails = 3584;
constexpr size_t kMaxReason = 63;
constexpr size_t kMaxInfoText = 256;
constexpr size_t kMaxInfo = 1024;
constexpr size_t kMaxField = 128;
constexpr size_t kMaxDescription = 384;
constexpr size_t kRoomForTheRest = 128;  // "and N more", and the packing with its type's name

// A status is made of texts of others: none of them may make it unserialisable or too long.
std::string Fit(absl::string_view text, size_t max_bytes) {
  return ClipUtf8(CleanUtf8(text), max_bytes);
}

// What went wrong inside is for the log: its text may hold paths, SQL or worse.
bool StaysInside(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown;
}

std::string MessageFor(const absl::Status& status) {
  if (!StaysInside(status.code())) return Fit(status.message(), kMaxMessage);
  observability::Log(observability::Level::kError, "call_failed_inside", {{"error", status}});
  return "internal error; the service's log says more";
}

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  const ErrorReason reason =
      ReasonOf(status).value_or(ErrorReason{absl::StatusCodeToString(status.code()), {}});
  google::rpc::ErrorInfo info;
  info.set_reason(Fit(reason.reason, kMaxReason));
  info.set_domain(kDomain);
  for (const auto& [key, value] : reason.metadata) {
    const std::string fit = Fit(key, kMaxInfoText);
    (*info.mutable_metadata())[fit] = Fit(value, kMaxInfoText);
    if (info.ByteSizeLong() > kMaxInfo) info.mutable_metadata()->erase(fit);
  }
  return info;
}

void AddViolation(absl::string_view field, absl::string_view description,
                  google::rpc::BadRequest* bad) {
  auto* added = bad->add_field_violations();
  added->set_field(Fit(field, kMaxField));
  added->set_description(Fit(description, kMaxDescription));
}

// As many violations as fit into `room` bytes, the last of them saying how many more there are.
google::rpc::BadRequest BadRequestOf(const absl::Status& status, size_t room) {
  const std::vector<Violation> violations = ViolationsOf(status);
  google::rpc::BadRequest bad;
  for (size_t i = 0; i < violations.size(); ++i) {
    AddViolation(violations[i].field, violations[i].description, &bad);
    if (bad.ByteSizeLong() <= room) continue;
    bad.mutable_field_violations()->RemoveLast();
    AddViolation("", absl::StrCat("and ", violations.size() - i, " more"), &bad);
    break;
  }
  return bad;
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
  const google::rpc::BadRequest bad =
      BadRequestOf(status, kMaxDetails - kRoomForTheRest - rich.ByteSizeLong());
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
