#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace xiufu::publication {

// The columns of the 双公示 layout for penalties (2018) that have a member of their own in
// RecordContent.
enum class Column {
  kSubjectName,
  kSubjectKind,
  kSubjectUscc,
  kDocumentNo,
  kViolation,
  kFacts,
  kBasis,
  kKinds,
  kPenalty,
  kFine,
  kConfiscated,
  kLicence,
  kDecisionDate,
  kValidUntil,
  kPublicityEnd,
  kAuthorityName,
  kAuthorityUscc,
  kSourceName,
  kSourceUscc,
  kRemark,
};
constexpr size_t kColumnCount = static_cast<size_t>(Column::kRemark) + 1;

// "CF_XDR_MC", ...
absl::string_view CodeOf(Column column);

// Where each column stands in one file.
class PenaltyLayout {
 public:
  // From the header row; codes of either case, in any order. INVALID_ARGUMENT with a violation for
  // each required column that is missing, each code that stands there twice, and each empty one.
  static absl::StatusOr<PenaltyLayout> FromHeader(const std::vector<std::string>& header);

  size_t width() const { return codes_.size(); }
  // As the header has it, in upper case.
  const std::string& CodeAt(size_t position) const { return codes_[position]; }
  // The field of the row, empty when the file has no such column. `row` has width() fields.
  absl::string_view Field(const std::vector<std::string>& row, Column column) const;
  // Columns without a member of their own, with their codes in upper case. Those that hold names or
  // document numbers of natural persons are not among them: nobody keeps what is not asked for.
  const std::vector<std::pair<size_t, std::string>>& extra() const { return extra_; }

 private:
  std::vector<std::string> codes_;
  std::array<std::optional<size_t>, kColumnCount> position_;
  std::vector<std::pair<size_t, std::string>> extra_;
};

}  // namespace xiufu::publication
