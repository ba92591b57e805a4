#include "libs/catalogue/messages.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace xiufu::catalogue {

BilingualText Messages::Text(absl::string_view key, absl::Span<const MessageArg> args) const {
  const auto at = texts_.find(std::string(key));
  if (at == texts_.end()) return {std::string(key), std::string(key)};
  std::vector<std::pair<std::string, absl::string_view>> zh, en;
  for (const MessageArg& arg : args) {
    const std::string slot = absl::StrCat("{", arg.name, "}");
    zh.emplace_back(slot, arg.zh);
    en.emplace_back(slot, arg.en);
  }
  // One pass: an argument that looks like a slot is text, not another slot.
  return {absl::StrReplaceAll(at->second.zh, zh), absl::StrReplaceAll(at->second.en, en)};
}

bool Messages::Contains(absl::string_view key) const {
  return texts_.find(std::string(key)) != texts_.end();
}

absl::Status Messages::Require(absl::Span<const absl::string_view> keys) const {
  std::vector<absl::string_view> missing;
  for (absl::string_view key : keys) {
    if (!Contains(key)) missing.push_back(key);
  }
  if (missing.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("message keys missing: ", absl::StrJoin(missing, ", ")));
}

}  // namespace xiufu::catalogue
