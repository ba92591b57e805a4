#include "libs/base/status.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace xiufu {
namespace {

// A payload is a list of strings, each as 4 bytes of length (big-endian) and its bytes.
std::string Pack(const std::vector<absl::string_view>& strings) {
  std::string packed;
  for (absl::string_view s : strings) {
    const uint32_t size = static_cast<uint32_t>(s.size());
    for (int shift = 24; shift >= 0; shift -= 8) packed.push_back(static_cast<char>(size >> shift));
    packed.append(s.data(), s.size());
  }
  return packed;
}

// Payloads may have been set by somebody else: nothing when the bytes are not such a list.
std::optional<std::vector<std::string>> Unpack(absl::string_view packed) {
  std::vector<std::string> strings;
  while (!packed.empty()) {
    if (packed.size() < 4) return std::nullopt;
    uint32_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<uint8_t>(packed[i]);
    packed.remove_prefix(4);
    if (packed.size() < size) return std::nullopt;
    strings.emplace_back(packed.substr(0, size));
    packed.remove_prefix(size);
  }
  return strings;
}

std::optional<std::vector<std::string>> UnpackPayload(const absl::Status& status, const char* url) {
  const absl::optional<absl::Cord> payload = status.GetPayload(url);
  if (!payload.has_value()) return std::nullopt;
  return Unpack(std::string(*payload));
}

}  // namespace

absl::Status WithReason(absl::Status status, absl::string_view reason,
                        const std::vector<std::pair<std::string, std::string>>& metadata) {
  if (status.ok()) return status;
  std::vector<absl::string_view> strings = {reason};
  for (const auto& [key, value] : metadata) {
    strings.push_back(key);
    strings.push_back(value);
  }
  status.SetPayload(kReasonUrl, absl::Cord(Pack(strings)));
  return status;
}

std::optional<ErrorReason> ReasonOf(const absl::Status& status) {
  const auto strings = UnpackPayload(status, kReasonUrl);
  if (!strings.has_value() || strings->size() % 2 != 1) return std::nullopt;
  ErrorReason reason;
  reason.reason = strings->front();
  for (size_t i = 1; i < strings->size(); i += 2)
    reason.metadata.emplace_back((*strings)[i], (*strings)[i + 1]);
  return reason;
}

bool HasReason(const absl::Status& status, absl::string_view reason) {
  const std::optional<ErrorReason> found = ReasonOf(status);
  return found.has_value() && found->reason == reason;
}

absl::Status FieldViolation(absl::string_view field, absl::string_view wrong,
                            absl::string_view right) {
  return FieldViolations({{std::string(field), absl::StrCat(wrong, "; ", right)}});
}

absl::Status FieldViolations(const std::vector<Violation>& violations) {
  if (violations.empty()) return absl::OkStatus();
  std::vector<absl::string_view> strings;
  std::string message;
  for (const Violation& violation : violations) {
    strings.push_back(violation.field);
    strings.push_back(violation.description);
    absl::StrAppend(&message, message.empty() ? "" : "; ", violation.field, ": ",
                    violation.description);
  }
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kViolationsUrl, absl::Cord(Pack(strings)));
  return status;
}

std::vector<Violation> ViolationsOf(const absl::Status& status) {
  const auto strings = UnpackPayload(status, kViolationsUrl);
  std::vector<Violation> violations;
  if (!strings.has_value() || strings->size() % 2 != 0) return violations;
  for (size_t i = 0; i < strings->size(); i += 2)
    violations.push_back({(*strings)[i], (*strings)[i + 1]});
  return violations;
}

}  // namespace xiufu
