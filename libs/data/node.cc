#include "libs/data/node.h"

#include <toml++/toml.h>

#include "libs/data/problems.h"

namespace xiufu::data {
namespace {

Node Convert(const toml::node& node);

Node::Array ConvertArray(const toml::array& array) {
  Node::Array converted;
  for (const toml::node& element : array) converted.push_back(Convert(element));
  return converted;
}

Node::Fields ConvertTable(const toml::table& table) {
  Node::Fields converted;
  for (const auto& [key, value] : table) {
    converted.push_back({std::string(key.str()), Convert(value)});
    // A value may start on a later line than its key, or be a table whose line is its header's:
    // that one is meant.
    if (!value.is_table() && !value.is_array_of_tables())
      converted.back().node.line = static_cast<int>(key.source().begin.line);
  }
  return converted;
}

Node Convert(const toml::node& node) {
  Node out;
  out.line = static_cast<int>(node.source().begin.line);
  if (const auto* text = node.as_string()) out.value = text->get();
  if (const auto* integer = node.as_integer()) out.value = integer->get();
  if (const auto* boolean = node.as_boolean()) out.value = boolean->get();
  if (const auto* date = node.as_date())
    out.value = absl::CivilDay(date->get().year, date->get().month, date->get().day);
  if (const auto* array = node.as_array()) out.value = ConvertArray(*array);
  if (const auto* table = node.as_table()) out.value = ConvertTable(*table);
  return out;
}

}  // namespace

Node ParseFile(absl::string_view file, absl::string_view content, Problems& problems) {
  try {
    return Convert(toml::parse(std::string_view(content.data(), content.size())));
  } catch (const toml::parse_error& error) {
    const std::string_view what = error.description();
    problems.AddUnreadable(file, static_cast<int>(error.source().begin.line),
                           {what.data(), what.size()});
  }
  Node empty;
  empty.value = Node::Fields();
  return empty;
}

}  // namespace xiufu::data
