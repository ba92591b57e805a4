#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "libs/service/config.h"
#include "libs/service/config_table.h"

namespace xiufu::service {
namespace {

// "routing", "dept.transport", "adapter.#"
bool IsStreamPattern(absl::string_view text) {
  if (absl::EndsWith(text, ".#")) text.remove_suffix(2);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_' || c == '-' || c == '.';
  });
}

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> LoadStreamTargets(const std::string& path) {
  absl::StatusOr<toml::table> root = ParseToml(path);
  if (!root.ok()) return root.status();
  ConfigMistakes mistakes{path, {}};
  ConfigTable top{&mistakes, "", &*root, {}};
  ConfigTable targets{&mistakes, "targets", nullptr, {}};
  const toml::node* section = top.Find("targets");
  if (section == nullptr || !section->is_table()) {
    targets.Missing("targets");
    return mistakes.AsStatus();
  }
  std::map<std::string, std::string> by_pattern;
  for (const auto& [key, node] : *section->as_table()) {
    const std::string pattern(key.str());
    const std::string target = node.value_or(std::string());
    if (!IsStreamPattern(pattern)) targets.Wrong(node, pattern, "is no stream pattern");
    if (!IsHostAndPort(target)) targets.Wrong(node, pattern, "must be \"host:port\"");
    by_pattern[pattern] = target;
  }
  top.TellUnknown();
  if (absl::Status status = mistakes.AsStatus(); !status.ok()) return status;
  return by_pattern;
}

}  // namespace xiufu::service
