#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/facts.h"

namespace xiufu::feed {

// One row of a feed, or one object of a live platform: column code or Chinese label → text.
using Fields = std::map<std::string, std::string>;

// What a row says, as far as the law looks at it.
struct RecordRow {
  catalogue::RecordFacts facts;
  std::string subject_name;
  std::string subject_uscc;
  std::string document_no;
  std::string authority_name;
  std::string authority_uscc;
};

// Reads a row of any layout that is known here: 双公示 penalties (CF_*), the market regulators'
// abnormal list (UNISCID, SPECAUSE, ABNTIME ...) and the common core of the serious lists
// (名单类型, 认定单位, 列入日期 ...), by codes of either case or by their Chinese labels. Besides,
// any row may tell 处罚程序, 公示日期, 改正日期, 限制期限届满日期 and `basis`.
// INVALID_ARGUMENT with a violation for each field that is missing or wrong; OUT_OF_RANGE for a row
// about a natural person, which is nobody's business here.
absl::StatusOr<RecordRow> ReadRecordRow(const Fields& fields, const catalogue::Catalogue& catalogue,
                                        const catalogue::AuthorityRegistry& authorities);

// "2026-05-06", "2026/5/6", "20260506", "2026年5月6日", with or without a time behind it.
absl::StatusOr<absl::CivilDay> ReadLooseDay(absl::string_view text);

}  // namespace xiufu::feed
