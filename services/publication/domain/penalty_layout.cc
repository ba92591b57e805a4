#include "services/publication/domain/penalty_layout.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/text.h"

namespace xiufu::publication {
namespace {

// In the order of Column.
constexpr absl::string_view kCodes[kColumnCount] = {
    "CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_WSH",     "CF_WFXW",    "CF_SY",   "CF_YJ",
    "CF_CFLB",   "CF_NR",     "CF_NR_FK",     "CF_NR_WFFF", "CF_NR_ZKDX", "CF_JDRQ", "CF_YXQ",
    "CF_GSJZQ",  "CF_CFJG",   "CF_CFJGDM",    "CF_SJLY",    "CF_SJLYDM",  "BZ"};

// Names and document numbers of natural persons, also under their codes of before 2018.
constexpr absl::string_view kPersonal[] = {"CF_FRDB",     "CF_FR",      "CF_FR_ZJLX",
                                           "CF_FR_ZJHM",  "CF_FR_SFZH", "CF_XDR_ZJLX",
                                           "CF_XDR_ZJHM", "CF_XDR_SFZ"};

constexpr Column kRequired[] = {Column::kSubjectName, Column::kSubjectUscc, Column::kDocumentNo,
                                Column::kKinds, Column::kDecisionDate};

std::optional<size_t> ColumnOf(absl::string_view code) {
  const auto* found = std::find(std::begin(kCodes), std::end(kCodes), code);
  if (found == std::end(kCodes)) return std::nullopt;
  return static_cast<size_t>(found - std::begin(kCodes));
}

bool IsPersonal(absl::string_view code) {
  return std::find(std::begin(kPersonal), std::end(kPersonal), code) != std::end(kPersonal);
}

Violation Missing(absl::string_view code) {
  return {std::string(code), "表头缺少必填列 / required column is missing from the header"};
}

}  // namespace

absl::string_view CodeOf(Column column) { return kCodes[static_cast<size_t>(column)]; }

absl::StatusOr<PenaltyLayout> PenaltyLayout::FromHeader(const std::vector<std::string>& header) {
  PenaltyLayout layout;
  std::vector<Violation> problems;
  std::set<std::string> seen;
  for (size_t i = 0; i < header.size(); ++i) {
    const std::string code = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(header[i]));
    layout.codes_.push_back(code);
    if (!IsValidUtf8(code)) {
      problems.push_back({absl::StrCat("column ", i + 1), "表头列名不是UTF-8编码 / not UTF-8"});
    } else if (code.empty()) {
      problems.push_back({absl::StrCat("column ", i + 1), "表头列名为空 / empty column code"});
    } else if (!seen.insert(code).second) {
      problems.push_back({code, "表头列名重复 / column stands in the header twice"});
    } else if (std::optional<size_t> column = ColumnOf(code)) {
      layout.position_[*column] = i;
    } else if (!IsPersonal(code)) {
      layout.extra_.emplace_back(i, code);
    }
  }
  for (Column column : kRequired) {
    if (!layout.position_[static_cast<size_t>(column)]) problems.push_back(Missing(CodeOf(column)));
  }
  if (!layout.position_[static_cast<size_t>(Column::kAuthorityUscc)] &&
      !layout.position_[static_cast<size_t>(Column::kAuthorityName)]) {
    problems.push_back(Missing(CodeOf(Column::kAuthorityUscc)));
  }
  if (absl::Status status = FieldViolations(problems); !status.ok()) return status;
  return layout;
}

absl::string_view PenaltyLayout::Field(const std::vector<std::string>& row, Column column) const {
  const std::optional<size_t>& at = position_[static_cast<size_t>(column)];
  return at ? absl::string_view(row[*at]) : absl::string_view();
}

}  // namespace xiufu::publication
