#include "services/publication/domain/penalty_row.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/money.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/base/uscc.h"
#include "services/publication/domain/identity_number.h"

namespace xiufu::publication {
namespace {

// Characters. With these an application of 50 records still fits one event of 256 KiB.
constexpr size_t kMaxName = 200;
constexpr size_t kMaxDocumentNo = 128;
constexpr size_t kMaxViolation = 500;
constexpr size_t kMaxProse = 20000;

constexpr char kNaturalPerson[] = "自然人";

// Reads the fields of one row and collects what is wrong with them.
class RowReader {
 public:
  RowReader(const FeedRow& row, const PenaltyLayout& layout, const FeedRules& rules)
      : row_(row), layout_(layout), rules_(rules) {}

  RowReading Read() {
    if (!row_.broken.empty()) return Refuse("", row_.broken);
    if (row_.fields.size() != layout_.width()) {
      return Refuse(
          "", absl::StrCat("列数应为", layout_.width(), "，实为", row_.fields.size(),
                           " / expected ", layout_.width(), " fields, found ", row_.fields.size()));
    }
    if (!CheckEncoding()) return std::move(reading_);
    if (WithoutBlanks(Field(Column::kSubjectKind)) == kNaturalPerson) {
      reading_.out_of_scope = true;
      return std::move(reading_);
    }
    ReadSubject();
    ReadDetermination();
    ReadDates();
    ReadAuthority();
    ReadTexts();
    ReadExtra();
    if (reading_.errors.empty()) reading_.content = std::move(content_);
    return std::move(reading_);
  }

 private:
  // Said once for a row: what is not UTF-8 cannot be quoted in any other complaint either.
  bool CheckEncoding() {
    for (size_t i = 0; i < row_.fields.size(); ++i) {
      if (IsValidUtf8(row_.fields[i])) continue;
      reading_.errors.push_back(
          {row_.line, layout_.CodeAt(i),
           "不是UTF-8编码，请将文件另存为“CSV UTF-8” / not UTF-8, save the file as CSV UTF-8"});
      return false;
    }
    return true;
  }

  absl::string_view Field(Column column) const { return layout_.Field(row_.fields, column); }

  RowReading Refuse(absl::string_view field, absl::string_view reason) {
    reading_.errors.push_back({row_.line, std::string(field), std::string(reason)});
    return std::move(reading_);
  }
  void Bad(Column column, absl::string_view reason) {
    reading_.errors.push_back({row_.line, std::string(CodeOf(column)), std::string(reason)});
  }

  // A name or a number, or several lines of prose where `multiline`.
  std::string Text(Column column, size_t min, size_t max, bool multiline = false) {
    const absl::string_view text = multiline ? Field(column) : WithoutBlanks(Field(column));
    if (text.empty() && min > 0) {
      Bad(column, "必填项为空 / required and empty");
      return "";
    }
    CheckCharacters(CodeOf(column), text, max, multiline);
    return std::string(text);
  }

  void CheckCharacters(absl::string_view code, absl::string_view text, size_t max, bool multiline) {
    // Spreadsheets write CR LF inside cells; the carriage return says nothing.
    const absl::Status status = multiline ? CheckMultilineText(code, WithoutCr(text), 0, max)
                                          : CheckText(code, text, 0, max);
    if (status.ok()) return;
    const std::vector<Violation> violations = ViolationsOf(status);
    reading_.errors.push_back(
        {row_.line, std::string(code),
         absl::StrCat("文字不合规（编码、控制字符或长度） / ",
                      violations.empty() ? "" : violations.front().description)});
  }

  static std::string WithoutCr(absl::string_view text) {
    std::string plain;
    for (char c : text) {
      if (c != '\r') plain.push_back(c);
    }
    return plain;
  }

  // A code that is well-formed; a wrong check character only sets `mismatch`.
  std::string Uscc(Column column, bool* mismatch) {
    const UsccCheck check = CheckUscc(Field(column));
    if (check.verdict == UsccVerdict::kMalformed) Bad(column, check.reason);
    if (check.verdict == UsccVerdict::kChecksumMismatch) {
      *mismatch = true;
      reading_.warnings.push_back({row_.line, std::string(CodeOf(column)), check.reason});
    }
    return check.code;
  }

  int64_t Money(Column column) {
    const absl::string_view text = Field(column);
    if (text.empty()) return 0;
    absl::StatusOr<int64_t> fen = FenFromWan(text);
    if (fen.ok()) return *fen;
    Bad(column, absl::StrCat("金额（万元）不合规，最多六位小数 / not an amount in 万元: ",
                             fen.status().message()));
    return 0;
  }

  std::optional<absl::CivilDay> Day(Column column) {
    const absl::string_view text = Field(column);
    if (text.empty()) return std::nullopt;
    absl::StatusOr<absl::CivilDay> day = ParseDay(text);
    if (day.ok()) return *day;
    Bad(column, "日期应为存在的 yyyy-mm-dd / not an existing day written yyyy-mm-dd");
    return std::nullopt;
  }

  void ReadSubject() {
    content_.subject_name = Text(Column::kSubjectName, 1, kMaxName);
    content_.subject_kind = Text(Column::kSubjectKind, 0, kMaxName);
    if (Field(Column::kSubjectUscc).empty()) {
      Bad(Column::kSubjectUscc, "必填项为空 / required and empty");
    } else {
      content_.key.subject_uscc = Uscc(Column::kSubjectUscc, &content_.code_mismatch);
    }
  }

  void ReadDetermination() {
    content_.key.document_no = Text(Column::kDocumentNo, 1, kMaxDocumentNo);
    content_.fine_fen = Money(Column::kFine);
    content_.confiscated_fen = Money(Column::kConfiscated);
    if (Field(Column::kKinds).empty()) {
      Bad(Column::kKinds, "必填项为空 / required and empty");
      return;
    }
    absl::StatusOr<std::vector<std::string>> kinds =
        rules_.catalogue->ParsePenaltyKinds(Field(Column::kKinds));
    if (kinds.ok()) {
      content_.penalty_kinds = *std::move(kinds);
    } else {
      Bad(Column::kKinds,
          absl::StrCat("处罚类别无法识别 / unknown kind of penalty: ", kinds.status().message()));
    }
  }

  void ReadDates() {
    if (Field(Column::kDecisionDate).empty()) {
      Bad(Column::kDecisionDate, "必填项为空 / required and empty");
    } else if (std::optional<absl::CivilDay> day = Day(Column::kDecisionDate)) {
      content_.decision_date = *day;
      if (*day > rules_.today) {
        Bad(Column::kDecisionDate, "处罚决定日期晚于今天 / the decision is dated after today");
      }
    }
    content_.valid_until = Day(Column::kValidUntil);
    content_.publicity_end = Day(Column::kPublicityEnd);
    if (content_.publicity_end && *content_.publicity_end < content_.decision_date) {
      Bad(Column::kPublicityEnd, "公示截止期早于处罚决定日期 / publicity ends before the decision");
    }
  }

  void ReadAuthority() {
    content_.authority_name = Text(Column::kAuthorityName, 0, kMaxName);
    if (!Field(Column::kAuthorityUscc).empty()) {
      bool mismatch =
          false;  // an authority's code with a wrong check character names it all the same
      content_.key.authority_uscc = Uscc(Column::kAuthorityUscc, &mismatch);
      NameAuthorityByCode();
      return;
    }
    const catalogue::Authority* authority = rules_.authorities->FindByName(content_.authority_name);
    if (authority == nullptr) {
      Bad(Column::kAuthorityUscc,
          "处罚机关代码为空，且处罚机关名称不在认定单位名录中 / empty, and the authority's name is "
          "not registered");
      return;
    }
    content_.key.authority_uscc = authority->uscc;
  }

  void NameAuthorityByCode() {
    if (!content_.authority_name.empty()) return;
    const catalogue::Authority* authority =
        rules_.authorities->FindByUscc(content_.key.authority_uscc);
    if (authority != nullptr) {
      content_.authority_name = authority->name;
    } else {
      Bad(Column::kAuthorityName,
          "必填：该代码不在认定单位名录中 / required: the code is not that of a registered "
          "authority");
    }
  }

  void ReadTexts() {
    content_.violation = Text(Column::kViolation, 0, kMaxViolation, true);
    content_.facts = Text(Column::kFacts, 0, kMaxProse, true);
    content_.basis = Text(Column::kBasis, 0, kMaxProse, true);
    content_.penalty = Text(Column::kPenalty, 0, kMaxProse, true);
    content_.licence = Text(Column::kLicence, 0, kMaxProse, true);
    content_.remark = Text(Column::kRemark, 0, kMaxProse, true);
    content_.source_name = Text(Column::kSourceName, 0, kMaxName);
    content_.source_uscc = Text(Column::kSourceUscc, 0, kMaxName);
  }

  void ReadExtra() {
    for (const auto& [position, code] : layout_.extra()) {
      const std::string& value = row_.fields[position];
      if (value.empty() || IsIdentityNumber(value)) continue;
      CheckCharacters(code, value, kMaxProse, true);
      content_.extra.emplace(code, value);
    }
  }

  const FeedRow& row_;
  const PenaltyLayout& layout_;
  const FeedRules& rules_;
  RecordContent content_;
  RowReading reading_;
};

}  // namespace

RowReading ReadRow(const FeedRow& row, const PenaltyLayout& layout, const FeedRules& rules) {
  return RowReader(row, layout, rules).Read();
}

}  // namespace xiufu::publication
