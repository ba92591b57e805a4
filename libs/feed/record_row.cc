#include "libs/feed/record_row.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/status.h"
#include "libs/feed/row_reader.h"

namespace xiufu::feed {
namespace {

absl::Status ToStatus(const std::vector<RowNote>& errors) {
  std::vector<Violation> violations;
  for (const RowNote& error : errors) violations.push_back({error.field, error.reason});
  return FieldViolations(violations);
}

// By which the layouts are told.
std::string MarksOf(const LayoutBook& layouts) {
  std::set<std::string> marks;
  for (const Layout& layout : layouts.layouts()) {
    marks.insert(layout.marks.begin(), layout.marks.end());
  }
  return absl::StrJoin(marks, ", ");
}

}  // namespace

absl::StatusOr<RecordRow> ReadRecordRow(const Fields& fields, const LayoutBook& layouts,
                                        const catalogue::Catalogue& catalogue,
                                        const catalogue::AuthorityRegistry& authorities) {
  FeedRow row;
  std::vector<std::string> columns;
  for (const auto& [name, text] : fields) {
    columns.push_back(ColumnName(name));
    row.fields.push_back(text);
  }
  const Layout* layout = layouts.Recognise(columns);
  if (layout == nullptr) {
    return FieldViolation("record", "不是已知的数据格式 / of no known layout",
                          absl::StrCat("应有下列栏目之一 / one of these: ", MarksOf(layouts)));
  }
  const absl::StatusOr<Header> header = Header::Bind(columns, *layout, layouts, /*complete=*/false);
  if (!header.ok()) return header.status();
  const FeedRules rules = {&catalogue, &authorities, &layouts, std::nullopt, /*partial=*/true};
  RowReading reading = ReadRow(row, *header, rules);
  if (reading.out_of_scope) {
    return absl::OutOfRangeError("自然人的记录不在范围内 / a record about a natural person");
  }
  if (!reading.content) return ToStatus(reading.errors);
  RecordRow read{*std::move(reading.content), {}};
  read.facts = FactsOf(WordsOf(read.content), catalogue, authorities);
  // A penalty that no longer stands is withdrawn, not repaired.
  if (read.content.reported && read.content.reported->kind == Reported::Kind::kAnnulled) {
    read.facts.basis = catalogue::Basis::kAnnulment;
  }
  return read;
}

}  // namespace xiufu::feed
