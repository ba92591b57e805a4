#include "libs/service/config_table.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace xiufu::service {
namespace {

int LineOf(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

absl::string_view AbslView(std::string_view text) { return {text.data(), text.size()}; }

// How many letters must be added, dropped or changed to make one of the other.
size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

std::string Nearest(absl::string_view key, const std::set<std::string>& known) {
  const auto nearest = std::min_element(
      known.begin(), known.end(),
      [&](const auto& a, const auto& b) { return EditDistance(key, a) < EditDistance(key, b); });
  return nearest == known.end() ? "" : *nearest;
}

}  // namespace

void ConfigMistakes::Add(int line, absl::string_view what) {
  found.emplace(line, absl::StrCat(path, ":", line, ": ", what));
}

absl::Status ConfigMistakes::AsStatus() const {
  if (found.empty()) return absl::OkStatus();
  std::string all;
  for (const auto& [line, text] : found) absl::StrAppend(&all, all.empty() ? "" : "\n", text);
  return absl::InvalidArgumentError(all);
}

const toml::node* ConfigTable::Find(absl::string_view key) {
  asked.emplace(key);
  return table == nullptr ? nullptr : table->get(std::string_view(key.data(), key.size()));
}

void ConfigTable::Wrong(const toml::node& node, absl::string_view key,
                        absl::string_view what) const {
  mistakes->Add(LineOf(node), absl::StrCat(key, ": ", what));
}

void ConfigTable::Missing(absl::string_view key) const {
  if (table == nullptr) {
    mistakes->Add(1, absl::StrCat("section [", name, "] is missing"));
  } else {
    mistakes->Add(LineOf(*table), absl::StrCat(key, ": is missing in [", name, "]"));
  }
}

void ConfigTable::TellUnknown() const {
  if (table == nullptr) return;
  for (const auto& [key, node] : *table) {
    const std::string unknown(key.str());
    if (asked.contains(unknown)) continue;
    const std::string nearest = Nearest(unknown, asked);
    const std::string where = name.empty() ? "" : absl::StrCat(" in [", name, "]");
    const std::string hint =
        nearest.empty() ? "" : absl::StrCat("; did you mean \"", nearest, "\"?");
    mistakes->Add(static_cast<int>(key.source().begin.line),
                  absl::StrCat(unknown, ": is not known", where, hint));
  }
}

ConfigTable* FindOrAdd(ConfigTables* tables, ConfigTable table) {
  for (ConfigTable& known : *tables) {
    if (known.table == table.table && known.name == table.name) return &known;
  }
  return &tables->emplace_back(std::move(table));
}

absl::StatusOr<toml::table> ParseToml(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  std::ostringstream text;
  text << file.rdbuf();
  if (file.bad()) return absl::UnavailableError(absl::StrCat("cannot read ", path));
  try {
    return toml::parse(text.str(), path);
  } catch (const toml::parse_error& error) {  // the library's only way to say so
    return absl::InvalidArgumentError(
        absl::StrCat(path, ":", error.source().begin.line, ": ", AbslView(error.description())));
  }
}

bool IsHostAndPort(absl::string_view text) {
  const size_t colon = text.rfind(':');
  int port = 0;
  return colon != absl::string_view::npos && colon > 0 &&
         absl::SimpleAtoi(text.substr(colon + 1), &port) && port >= 1 && port <= 65535;
}

}  // namespace xiufu::service
