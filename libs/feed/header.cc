#include "libs/feed/header.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/text.h"

namespace xiufu::feed {
namespace {

Violation Missing(absl::string_view column) {
  return {std::string(column), "表头缺少必填列 / required column is missing from the header"};
}

constexpr size_t kMaxColumnName = 200;

// One of an authority's columns is enough.
constexpr Meaning kAuthority[] = {Meaning::kAuthorityUscc, Meaning::kAuthorityName,
                                  Meaning::kAuthorityCode};

}  // namespace

absl::StatusOr<Header> Header::Bind(const std::vector<std::string>& columns, const Layout& layout,
                                    const LayoutBook& book, bool complete) {
  Header header(layout);
  std::vector<Violation> problems;
  std::set<std::string> seen;
  for (size_t i = 0; i < columns.size(); ++i) {
    header.names_.push_back(ColumnName(columns[i]));
    const std::string& name = header.names_.back();
    if (!IsValidUtf8(name)) {
      problems.push_back(
          {absl::StrCat("column ", i + 1), "表头列名编码有误 / not in the encoding"});
    } else if (name.empty()) {
      problems.push_back({absl::StrCat("column ", i + 1), "表头列名为空 / empty column name"});
    } else if (!CheckText(name, name, 1, kMaxColumnName).ok()) {
      problems.push_back(
          {absl::StrCat("column ", i + 1),
           "表头列名含控制字符、不可见字符或过长 / the column name holds what cannot be "
           "seen, or is too long"});
    } else if (!seen.insert(name).second) {
      problems.push_back({name, "表头列名重复 / column stands in the header twice"});
    } else if (layout.person_if_filled.contains(name)) {
      header.of_persons_.push_back(i);
    } else if (!layout.MeaningOf(name) && !book.IsPersonal(name)) {
      header.extra_.emplace_back(i, name);
    }
  }
  for (size_t meaning = 0; meaning < kMeaningCount; ++meaning) {
    for (const std::string& name : layout.columns[meaning]) {
      const auto at = std::find(header.names_.begin(), header.names_.end(), name);
      if (at == header.names_.end()) continue;
      header.positions_[meaning].push_back(static_cast<size_t>(at - header.names_.begin()));
    }
  }
  const auto has = [&](Meaning meaning) { return !header.PositionsOf(meaning).empty(); };
  for (const Meaning meaning : layout.required) {
    if (complete && !has(meaning)) problems.push_back(Missing(layout.NameOf(meaning)));
  }
  if (complete && std::none_of(std::begin(kAuthority), std::end(kAuthority), has)) {
    problems.push_back(Missing(layout.NameOf(Meaning::kAuthorityName)));
  }
  if (absl::Status status = FieldViolations(problems); !status.ok()) return status;
  return header;
}

size_t Header::PositionOf(const std::vector<std::string>& row, Meaning meaning) const {
  const std::vector<size_t>& positions = PositionsOf(meaning);
  for (const size_t position : positions) {
    if (!WithoutBlanks(row[position]).empty()) return position;
  }
  return positions.empty() ? width() : positions.front();
}

const std::string& Header::NameOf(const std::vector<std::string>& row, Meaning meaning) const {
  const size_t position = PositionOf(row, meaning);
  return position == width() ? layout_->NameOf(meaning) : names_[position];
}

}  // namespace xiufu::feed
