#include "libs/catalogue/penalty_kinds.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace xiufu::catalogue {
namespace {

// Empty when unknown.
std::vector<std::string> NamesFor(const CatalogueData& data, absl::string_view text) {
  for (const PenaltyKind& kind : data.kinds) {
    if (kind.name == text) return {kind.name};
  }
  const auto alias = data.aliases.find(std::string(text));
  if (alias != data.aliases.end()) return alias->second;
  // The feeds' convention for what has no name of its own: "其他-责令改正".
  if (absl::StartsWith(text, absl::StrCat(data.other_kind, "-"))) return {data.other_kind};
  return {};
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ParseKinds(const CatalogueData& data,
                                                    absl::string_view text) {
  const std::string separated = absl::StrReplaceAll(
      text, {{"、", "|"}, {"，", "|"}, {",", "|"}, {"；", "|"}, {";", "|"}, {"/", "|"}});
  std::set<std::string> found;
  std::vector<std::string> unknown;
  for (absl::string_view part : absl::StrSplit(separated, '|', absl::SkipWhitespace())) {
    part = absl::StripAsciiWhitespace(part);
    const std::vector<std::string> names = NamesFor(data, part);
    found.insert(names.begin(), names.end());
    if (names.empty()) unknown.emplace_back(part);
  }
  if (!unknown.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("未知的处罚类别 / unknown penalty kind: ", absl::StrJoin(unknown, ", ")));
  }
  if (found.empty()) {
    return absl::InvalidArgumentError("没有处罚类别 / no penalty kind");
  }
  std::vector<std::string> in_order;
  for (const PenaltyKind& kind : data.kinds) {
    if (found.contains(kind.name)) in_order.push_back(kind.name);
  }
  return in_order;
}

}  // namespace xiufu::catalogue
