#include "libs/catalogue/messages.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace xiufu::catalogue {
namespace {

// One pass: an argument that looks like a slot is text, not another slot.
std::string Fill(absl::string_view text, absl::Span<const MessageArg> args,
                 std::string MessageArg::*words) {
  std::string filled;
  while (!text.empty()) {
    const size_t open = text.find('{');
    filled.append(text.data(), std::min(open, text.size()));
    if (open == absl::string_view::npos) break;
    text.remove_prefix(open);
    const size_t size = text.find('}') + 1;  // 0 when it is never closed
    const auto arg = std::find_if(args.begin(), args.end(), [&](const MessageArg& one) {
      return size > 2 && text.substr(1, size - 2) == one.name;
    });
    const bool known = arg != args.end();
    absl::StrAppend(&filled, known ? absl::string_view((*arg).*words) : text.substr(0, 1));
    text.remove_prefix(known ? size : 1);
  }
  return filled;
}

}  // namespace

BilingualText Messages::Text(absl::string_view key, absl::Span<const MessageArg> args) const {
  const auto at = texts_.find(std::string(key));
  if (at == texts_.end()) return {std::string(key), std::string(key)};
  return {Fill(at->second.zh, args, &MessageArg::zh), Fill(at->second.en, args, &MessageArg::en)};
}

std::vector<std::string> Messages::Add(Messages others) {
  texts_.merge(others.texts_);
  std::vector<std::string> known;
  for (const auto& [key, text] : others.texts_) known.push_back(key);
  return known;
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
