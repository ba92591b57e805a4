#include "libs/service/config.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/service/config_table.h"

namespace xiufu::service {

// Shared by the file and its sections, so that either may outlive the other.
struct ConfigFile::State {
  toml::table root;
  ConfigMistakes mistakes;
  ConfigTables tables;
};

struct ConfigSection::Node {
  std::shared_ptr<void> file;  // keeps what the pointers below point into
  ConfigTables* tables = nullptr;
  ConfigTable* table = nullptr;
};

ConfigSection::ConfigSection(std::shared_ptr<Node> node) : node_(std::move(node)) {}

std::string ConfigSection::Text(absl::string_view key, std::string fallback) {
  const toml::node* node = node_->table->Find(key);
  if (node == nullptr) return fallback;
  if (const auto* text = node->as_string()) return text->get();
  node_->table->Wrong(*node, key, "must be a text in quotes");
  return fallback;
}

std::string ConfigSection::RequiredText(absl::string_view key) {
  const toml::node* node = node_->table->Find(key);
  if (node == nullptr) {
    node_->table->Missing(key);
    return "";
  }
  std::string text = Text(key);
  if (text.empty() && node->is_string()) node_->table->Wrong(*node, key, "must not be empty");
  return text;
}

int64_t ConfigSection::Integer(absl::string_view key, int64_t fallback, int64_t low, int64_t high) {
  const toml::node* node = node_->table->Find(key);
  if (node == nullptr) return fallback;
  const auto* number = node->as_integer();
  if (number != nullptr && number->get() >= low && number->get() <= high) return number->get();
  node_->table->Wrong(*node, key, absl::StrCat("must be a whole number from ", low, " to ", high));
  return fallback;
}

std::vector<std::string> ConfigSection::TextList(absl::string_view key) {
  std::vector<std::string> texts;
  const toml::node* node = node_->table->Find(key);
  if (node == nullptr) return texts;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    node_->table->Wrong(*node, key, "must be a list of texts");
    return texts;
  }
  for (const toml::node& element : *array) {
    const auto* text = element.as_string();
    if (text == nullptr || text->get().empty()) {
      node_->table->Wrong(element, key, "must hold nothing but texts that are not empty");
    } else {
      texts.push_back(text->get());
    }
  }
  return texts;
}

std::string ConfigSection::RequiredAddress(absl::string_view key) {
  std::string address = RequiredText(key);
  if (address.empty() || IsHostAndPort(address)) return address;
  Wrong(key, "must be host:port, with a port from 1 to 65535");
  return "";
}

void ConfigSection::Wrong(absl::string_view key, absl::string_view what) {
  const toml::node* node = node_->table->Find(key);
  if (node == nullptr) {
    node_->table->Missing(key);
  } else {
    node_->table->Wrong(*node, key, what);
  }
}

std::vector<ConfigSection> ConfigSection::Sections(absl::string_view key) {
  std::vector<ConfigSection> sections;
  ConfigTable& parent = *node_->table;
  const toml::node* node = parent.Find(key);
  if (node == nullptr) return sections;
  const std::string name = absl::StrCat(parent.name, ".", key);
  const toml::array* array = node->as_array();
  if (array == nullptr || !array->is_homogeneous<toml::table>()) {
    parent.Wrong(*node, key, absl::StrCat("must be written as [[", name, "]]"));
    return sections;
  }
  for (const toml::node& element : *array) {
    ConfigTable* table =
        FindOrAdd(node_->tables, {parent.mistakes, name, element.as_table(), /*asked=*/{}});
    sections.push_back(
        ConfigSection(std::make_shared<Node>(Node{node_->file, node_->tables, table})));
  }
  return sections;
}

absl::StatusOr<ConfigFile> ConfigFile::Load(const std::string& path) {
  absl::StatusOr<toml::table> root = ParseToml(path);
  if (!root.ok()) return root.status();
  ConfigFile file;
  file.state_ = std::make_shared<State>();
  file.state_->root = *std::move(root);
  file.state_->mistakes.path = path;
  file.state_->tables.push_back({&file.state_->mistakes, "", &file.state_->root, /*asked=*/{}});
  return file;
}

ConfigSection ConfigFile::Section(absl::string_view name) {
  ConfigTable& top = state_->tables.front();
  const toml::node* node = top.Find(name);
  if (node != nullptr && !node->is_table()) {
    top.Wrong(*node, name, absl::StrCat("must be a section: [", name, "]"));
  }
  const toml::table* table = node == nullptr ? nullptr : node->as_table();
  ConfigTable* added =
      FindOrAdd(&state_->tables, {&state_->mistakes, std::string(name), table, /*asked=*/{}});
  return ConfigSection(
      std::make_shared<ConfigSection::Node>(ConfigSection::Node{state_, &state_->tables, added}));
}

absl::Status ConfigFile::Check() const {
  ConfigMistakes all = state_->mistakes;
  for (ConfigTable table : state_->tables) {
    table.mistakes = &all;
    table.TellUnknown();
  }
  return all.AsStatus();
}

}  // namespace xiufu::service
