#include "libs/feed/row_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/money.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/base/uscc.h"
#include "libs/feed/identity_number.h"
#include "libs/feed/loose_day.h"

namespace xiufu::feed {
namespace {

using catalogue::MatterKind;

// Characters. With these an application of 50 ordinary records still fits one event of 256 KiB.
constexpr size_t kMaxName = 200;
constexpr size_t kMaxDocumentNo = 128;
constexpr size_t kMaxViolation = 500;
constexpr size_t kMaxProse = 20000;

constexpr char kRequired[] = "必填项为空 / required and empty";

// Reads the fields of one row and collects what is wrong with them.
class RowReader {
 public:
  RowReader(const FeedRow& row, const Header& header, const FeedRules& rules)
      : row_(row), header_(header), rules_(rules) {}

  RowReading Read() {
    if (row_.fields.size() != header_.width()) {
      return Refuse(
          "", absl::StrCat("列数应为", header_.width(), "，实为", row_.fields.size(),
                           " / expected ", header_.width(), " fields, found ", row_.fields.size()));
    }
    if (!CheckEncoding()) return std::move(reading_);
    if (IsAboutAPerson()) {
      reading_.out_of_scope = true;
      return std::move(reading_);
    }
    ReadSubject();
    ReadAuthority();
    content_.key.document_no = Text(Meaning::kDocumentNo, kMaxDocumentNo);
    ReadMatter();
    content_.key.matter == MatterKind::kPenalty ? ReadPenalty() : ReadEntry();
    ReadDates();
    ReadReported();
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
      reading_.errors.push_back({row_.line, header_.NameAt(i),
                                 "既不是UTF-8编码，也与文件其他部分不一致，请将文件另存为“CSV "
                                 "UTF-8” / neither UTF-8 nor in "
                                 "the encoding of the rest, save the file as CSV UTF-8"});
      return false;
    }
    return true;
  }

  // By what the row says, or by a code that can only be a person's.
  bool IsAboutAPerson() const {
    const auto filled = [&](size_t position) {
      return !WithoutBlanks(row_.fields[position]).empty();
    };
    const std::vector<size_t>& of_persons = header_.of_persons();
    return rules_.layouts->IsNaturalPerson(Field(Meaning::kSubjectKind)) ||
           std::any_of(of_persons.begin(), of_persons.end(), filled) ||
           LooksLikeIdentityNumber(Field(Meaning::kSubjectUscc));
  }

  // Without the blanks around it: people see none of them, and "丹字1 " would be a second record
  // beside "丹字1".
  absl::string_view Field(Meaning meaning) const {
    const size_t position = header_.PositionOf(row_.fields, meaning);
    return position == header_.width() ? absl::string_view() : WithoutBlanks(row_.fields[position]);
  }

  RowReading Refuse(absl::string_view field, absl::string_view reason) {
    reading_.errors.push_back({row_.line, std::string(field), std::string(reason)});
    return std::move(reading_);
  }
  void Bad(Meaning meaning, absl::string_view reason) {
    reading_.errors.push_back(
        {row_.line, header_.NameOf(row_.fields, meaning), std::string(reason)});
  }
  void Warn(Meaning meaning, absl::string_view reason) {
    reading_.warnings.push_back(
        {row_.line, header_.NameOf(row_.fields, meaning), std::string(reason)});
  }

  bool IsRequired(Meaning meaning) const {
    const std::vector<Meaning>& required = header_.layout().required;
    const bool of_law = meaning == Meaning::kDeterminedOn || meaning == Meaning::kPenaltyKinds ||
                        meaning == Meaning::kListName;
    return std::find(required.begin(), required.end(), meaning) != required.end() &&
           (of_law || !rules_.partial);
  }

  // A name or a number, or several lines of prose where `multiline`.
  std::string Text(Meaning meaning, size_t max, bool multiline = false) {
    const absl::string_view text = Field(meaning);
    if (text.empty()) {
      if (IsRequired(meaning)) Bad(meaning, kRequired);
      return "";
    }
    CheckCharacters(header_.NameOf(row_.fields, meaning), text, max, multiline);
    return std::string(text);
  }

  void CheckCharacters(absl::string_view name, absl::string_view text, size_t max, bool multiline) {
    // Spreadsheets write CR LF inside cells; the carriage return says nothing.
    const absl::Status status = multiline ? CheckMultilineText(name, WithoutCr(text), 0, max)
                                          : CheckText(name, text, 0, max);
    if (status.ok()) return;
    const std::vector<Violation> violations = ViolationsOf(status);
    reading_.errors.push_back(
        {row_.line, std::string(name),
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
  std::string Uscc(Meaning meaning, bool* mismatch) {
    const UsccCheck check = CheckUscc(Field(meaning));
    if (check.verdict == UsccVerdict::kMalformed) Bad(meaning, check.reason);
    if (check.verdict == UsccVerdict::kChecksumMismatch) {
      *mismatch = true;
      Warn(meaning, check.reason);
    }
    return check.code;
  }

  // Empty for a code of another kind, such as that of a registry.
  std::string UsccIfAny(Meaning meaning) const {
    const UsccCheck check = CheckUscc(Field(meaning));
    return check.verdict == UsccVerdict::kMalformed ? "" : check.code;
  }

  int64_t Money(Meaning meaning) {
    const absl::string_view text = Field(meaning);
    if (text.empty()) return 0;
    absl::StatusOr<int64_t> fen = FenFromWan(text);
    if (fen.ok()) return *fen;
    Bad(meaning, absl::StrCat("金额（万元）不合规，最多六位小数 / not an amount in 万元: ",
                              fen.status().message()));
    return 0;
  }

  std::optional<absl::CivilDay> Day(Meaning meaning) {
    const absl::string_view text = Field(meaning);
    if (text.empty()) return std::nullopt;
    absl::StatusOr<absl::CivilDay> day = ReadLooseDay(text);
    if (day.ok()) return *day;
    Bad(meaning, "日期应为存在的日期，如 2026-05-06 / not an existing day such as 2026-05-06");
    return std::nullopt;
  }

  bool IsFuture(absl::CivilDay day) const { return rules_.today && day > *rules_.today; }

  void ReadSubject() {
    content_.subject_name = Text(Meaning::kSubjectName, kMaxName);
    content_.subject_kind = Text(Meaning::kSubjectKind, kMaxName);
    if (!Field(Meaning::kSubjectUscc).empty()) {
      content_.key.subject_uscc = Uscc(Meaning::kSubjectUscc, &content_.code_mismatch);
    } else if (IsRequired(Meaning::kSubjectUscc)) {
      Bad(Meaning::kSubjectUscc, kRequired);
    }
  }

  // By its code, by a name that is registered, or by its name alone: records of authorities that
  // are not registered here are records all the same.
  void ReadAuthority() {
    content_.authority_name = Text(Meaning::kAuthorityName, kMaxName);
    std::string& uscc = content_.key.authority_uscc;
    if (!Field(Meaning::kAuthorityUscc).empty()) {
      // A code with a wrong check character names it all the same.
      bool mismatch = false;
      uscc = Uscc(Meaning::kAuthorityUscc, &mismatch);
    } else {
      uscc = UsccIfAny(Meaning::kAuthorityCode);
    }
    if (uscc.empty()) {
      const catalogue::Authority* known = rules_.authorities->FindByName(content_.authority_name);
      if (known != nullptr) uscc = known->uscc;
    } else if (content_.authority_name.empty()) {
      const catalogue::Authority* known = rules_.authorities->FindByUscc(uscc);
      if (known != nullptr) content_.authority_name = known->name;
    }
    if (content_.authority_name.empty() && !rules_.partial) {
      Bad(Meaning::kAuthorityName,
          "必填：认定单位名称（代码也不在认定单位名录中） / required: the name of the authority, "
          "whose code is not registered either");
    }
  }

  void ReadMatter() {
    const Layout& layout = header_.layout();
    if (layout.matter) {
      content_.key.matter = *layout.matter;
      if (*layout.matter == MatterKind::kPenalty) return;
    }
    content_.list_name = Text(Meaning::kListName, kMaxName);
    const bool named = !content_.list_name.empty();
    if (!named) content_.list_name = layout.list;
    if (layout.matter) return;
    const std::string line =
        catalogue::LineOf(WordsOf(content_), *rules_.catalogue, *rules_.authorities);
    const ListRule* rule =
        rules_.layouts->RuleFor(content_.list_name, line, content_.key.subject_uscc);
    content_.key.matter = rule->matter;  // the last rule of a book fits everything
    if (!named && !rule->name.empty()) content_.list_name = rule->name;
  }

  void ReadPenalty() {
    content_.fine_fen = Money(Meaning::kFine);
    content_.confiscated_fen = Money(Meaning::kConfiscated);
    content_.procedure = rules_.layouts->ProcedureOf(Text(Meaning::kProcedure, kMaxName));
    const std::string kinds_text = KindsText();
    if (kinds_text.empty()) {
      Bad(Meaning::kPenaltyKinds, kRequired);
      return;
    }
    absl::StatusOr<std::vector<std::string>> kinds =
        rules_.catalogue->ParsePenaltyKinds(kinds_text);
    if (kinds.ok()) {
      content_.penalty_kinds = *std::move(kinds);
    } else {
      Bad(Meaning::kPenaltyKinds,
          absl::StrCat("处罚类别无法识别 / unknown kind of penalty: ", kinds.status().message()));
    }
  }

  // Layouts of before have two columns for it.
  std::string KindsText() const {
    std::string text;
    for (const size_t position : header_.PositionsOf(Meaning::kPenaltyKinds)) {
      const absl::string_view part = WithoutBlanks(row_.fields[position]);
      if (!part.empty()) absl::StrAppend(&text, text.empty() ? "" : "|", part);
    }
    return text;
  }

  void ReadEntry() { content_.ground = Text(Meaning::kGround, kMaxProse, true); }

  void ReadDates() {
    if (Field(Meaning::kDeterminedOn).empty()) {
      Bad(Meaning::kDeterminedOn, kRequired);
    } else if (std::optional<absl::CivilDay> day = Day(Meaning::kDeterminedOn)) {
      content_.decision_date = *day;
      if (IsFuture(*day)) {
        Bad(Meaning::kDeterminedOn, "认定日期晚于今天 / it is determined after today");
      }
    }
    content_.valid_until = Day(Meaning::kValidUntil);
    content_.publicity_end = Day(Meaning::kPublicityEnd);
    if (content_.publicity_end && *content_.publicity_end < content_.decision_date) {
      Bad(Meaning::kPublicityEnd,
          "公示截止期早于认定日期 / publicity ends before it is determined");
    }
    content_.published_on = Day(Meaning::kPublishedOn);
    content_.corrected_on = Day(Meaning::kCorrectedOn);
    content_.restriction_until = Day(Meaning::kRestrictionUntil);
    ReadRepairBasis();
    if (content_.key.document_no.empty() && content_.key.matter != MatterKind::kPenalty) {
      content_.key.entry = absl::StrCat(content_.list_name, " ", FormatDay(content_.decision_date));
    }
  }

  void ReadRepairBasis() {
    const std::string name = absl::AsciiStrToUpper(Field(Meaning::kRepairBasis));
    if (name.empty()) return;
    const std::optional<catalogue::Basis> basis = catalogue::BasisNamed(name);
    if (basis) {
      content_.repair_basis = *basis;
    } else {
      Bad(Meaning::kRepairBasis, absl::StrCat("未知 / unknown: ", name));
    }
  }

  // A status says it; else a day or a reason on which it ended. A day that is still to come is the
  // end of its term.
  void ReadReported() {
    Reported reported;
    reported.day = Day(Meaning::kReportedOn);
    reported.reason = Text(Meaning::kReportedReason, kMaxProse, true);
    const absl::string_view status = Field(Meaning::kStatus);
    if (!status.empty()) {
      const StatusWord* word = StatusNamed(status);
      if (word == nullptr) {
        Warn(Meaning::kStatus,
             absl::StrCat("状态未知，按有效处理 / unknown status, taken to stand: ", status));
      }
      if (word == nullptr || !word->reported) return;
      reported.kind = *word->reported;
    } else if (reported.day && IsFuture(*reported.day)) {
      if (!content_.valid_until) content_.valid_until = reported.day;
      return;
    } else if (!reported.day && reported.reason.empty()) {
      return;
    }
    reported.authority_name = Text(Meaning::kReportedBy, kMaxName);
    reported.authority_uscc = UsccIfAny(Meaning::kReportedByCode);
    content_.reported = std::move(reported);
  }

  const StatusWord* StatusNamed(absl::string_view value) const {
    for (const StatusWord& word : header_.layout().statuses) {
      if (std::find(word.values.begin(), word.values.end(), value) != word.values.end()) {
        return &word;
      }
    }
    return nullptr;
  }

  void ReadTexts() {
    content_.violation = Text(Meaning::kViolation, kMaxViolation, true);
    content_.facts = Text(Meaning::kFacts, kMaxProse, true);
    content_.basis = Text(Meaning::kLegalBasis, kMaxProse, true);
    content_.penalty = Text(Meaning::kPenalty, kMaxProse, true);
    content_.licence = Text(Meaning::kLicence, kMaxProse, true);
    content_.remark = Text(Meaning::kRemark, kMaxProse, true);
    content_.source_name = Text(Meaning::kSourceName, kMaxName);
    content_.source_uscc = Text(Meaning::kSourceUscc, kMaxName);
  }

  void ReadExtra() {
    for (const auto& [position, name] : header_.extra()) {
      const std::string& value = row_.fields[position];
      if (value.empty() || LooksLikeIdentityNumber(WithoutBlanks(value))) continue;
      CheckCharacters(name, value, kMaxProse, true);
      content_.extra.emplace(name, value);
    }
    KeepForeignCode(Meaning::kAuthorityCode);
    KeepForeignCode(Meaning::kReportedByCode);
  }

  // A code of another kind says nothing here, but is kept like every column that is not understood.
  void KeepForeignCode(Meaning meaning) {
    const absl::string_view code = Field(meaning);
    if (code.empty() || !UsccIfAny(meaning).empty()) return;
    const std::string& name = header_.NameOf(row_.fields, meaning);
    CheckCharacters(name, code, kMaxName, false);
    content_.extra.emplace(name, std::string(code));
  }

  const FeedRow& row_;
  const Header& header_;
  const FeedRules& rules_;
  RecordContent content_;
  RowReading reading_;
};

}  // namespace

RowReading ReadRow(const FeedRow& row, const Header& header, const FeedRules& rules) {
  return RowReader(row, header, rules).Read();
}

}  // namespace xiufu::feed
