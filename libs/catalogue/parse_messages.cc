#include "libs/catalogue/parse_messages.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {
namespace {

bool IsMessageKey(absl::string_view key) {
  return std::all_of(key.begin(), key.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return absl::ascii_isupper(u) || absl::ascii_isdigit(u) || c == '_';
  });
}

std::set<std::string> ArgumentsOf(absl::string_view text) {
  std::set<std::string> arguments;
  for (size_t open = text.find('{'); open != absl::string_view::npos;
       open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    if (close == absl::string_view::npos) break;
    arguments.emplace(text.substr(open + 1, close - open - 1));
  }
  return arguments;
}

}  // namespace

Messages ParseMessages(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::map<std::string, BilingualText> texts;
  for (auto& [key, row] : table.Entries()) {
    BilingualText text{row.Text("zh"), row.Text("en")};
    const std::set<std::string> zh = ArgumentsOf(text.zh), en = ArgumentsOf(text.en);
    if (zh != en) {
      row.Complain(absl::StrCat(key, ": zh has arguments {", absl::StrJoin(zh, ","), "}, en {",
                                absl::StrJoin(en, ","), "}"));
    }
    if (!IsMessageKey(key)) row.Complain(absl::StrCat(key, ": not of A-Z, 0-9 and _"));
    row.Finish();
    texts.emplace(key, std::move(text));
  }
  return Messages(std::move(texts));
}

}  // namespace xiufu::catalogue
