#include "libs/feed/record_row.h"

#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/money.h"
#include "libs/base/status.h"

namespace xiufu::feed {
namespace {

using catalogue::MatterKind;
using Names = std::initializer_list<absl::string_view>;

// What one thing is called in the layouts; the code that complaints name comes first.
constexpr Names kSubjectName = {"CF_XDR_MC", "ENTNAME", "行政相对人名称", "主体名称", "主体",
                                "企业名称",  "名称"};
constexpr Names kSubjectUscc = {"CF_XDR_SHXYM", "UNISCID", "统一社会信用代码", "代码_1",
                                "行政相对人代码_1"};
constexpr Names kDocumentNo = {"CF_WSH", "行政处罚决定书文号", "认定文号", "列入决定文号", "案号"};
constexpr Names kPenaltyKinds = {"CF_CFLB", "CF_CFLB1", "处罚类别"};
constexpr Names kPenaltyDay = {"CF_JDRQ", "处罚决定日期"};
constexpr Names kListedDay = {"ABNTIME", "列入日期", "认定日期", "发布时间"};
constexpr Names kListKind = {"名单类型", "LIST_TYPE"};
constexpr Names kListGround = {"SPECAUSE_CN", "SPECAUSE", "列入事由", "列入原因"};
constexpr Names kAuthorityName = {"CF_CFJG",  "CF_XZJG",  "DECORG_CN",    "处罚机关",
                                  "认定单位", "执行法院", "作出决定机关", "列入决定机关"};
constexpr Names kAuthorityUscc = {"CF_CFJGDM", "DECORG", "处罚机关代码", "认定单位代码"};
constexpr char kNaturalPerson[] = "自然人";

class RowReader {
 public:
  RowReader(const Fields& fields, const catalogue::Catalogue& catalogue,
            const catalogue::AuthorityRegistry& authorities)
      : catalogue_(catalogue), authorities_(authorities) {
    for (const auto& [name, text] : fields) {
      fields_[absl::AsciiStrToUpper(absl::StripAsciiWhitespace(name))] =
          std::string(absl::StripAsciiWhitespace(text));
    }
  }

  absl::StatusOr<RecordRow> Read() {
    if (Text({"CF_XDR_LB", "行政相对人类别"}) == kNaturalPerson) {
      return absl::OutOfRangeError("自然人的记录不在范围内 / a record about a natural person");
    }
    row_.subject_name = Text(kSubjectName);
    row_.subject_uscc = Text(kSubjectUscc);
    row_.document_no = Text(kDocumentNo);
    ReadAuthority();
    IsPenalty() ? ReadPenalty() : ReadEntry();
    ReadRest();
    if (absl::Status status = FieldViolations(wrong_); !status.ok()) return status;
    return std::move(row_);
  }

 private:
  bool IsPenalty() const { return Has(kPenaltyKinds) || Has(kPenaltyDay); }

  bool Has(Names names) const { return !Text(names).empty(); }
  std::string Text(Names names) const {
    for (const absl::string_view name : names) {
      const auto found = fields_.find(std::string(name));
      if (found != fields_.end() && !found->second.empty()) return found->second;
    }
    return "";
  }
  void Wrong(Names names, absl::string_view what) {
    wrong_.push_back({std::string(*names.begin()), std::string(what)});
  }

  std::optional<absl::CivilDay> Day(Names names) {
    const std::string text = Text(names);
    if (text.empty()) return std::nullopt;
    const absl::StatusOr<absl::CivilDay> day = ReadLooseDay(text);
    if (!day.ok()) Wrong(names, absl::StrCat("不是日期 / not a date: ", text));
    return day.ok() ? std::optional(*day) : std::nullopt;
  }
  void Determined(Names names) {
    if (!Has(names)) return Wrong(names, "必填项为空 / required and empty");
    if (const std::optional<absl::CivilDay> day = Day(names)) row_.facts.determined_on = *day;
  }

  void ReadAuthority() {
    row_.authority_name = Text(kAuthorityName);
    row_.authority_uscc = Text(kAuthorityUscc);
    const catalogue::Authority* known = authorities_.FindByUscc(row_.authority_uscc);
    if (known == nullptr) known = authorities_.FindByName(row_.authority_name);
    if (known != nullptr) {
      row_.authority_name = known->name;
      row_.facts.authority_code = known->code;
      row_.facts.authority_kind = known->kind;
    } else if (const auto* kind = catalogue_.AuthorityKindOf(row_.authority_name)) {
      row_.facts.authority_kind = kind->id;
    }
  }

  void ReadPenalty() {
    catalogue::RecordFacts& facts = row_.facts;
    facts.matter = MatterKind::kPenalty;
    Determined(kPenaltyDay);
    absl::StatusOr<std::vector<std::string>> kinds =
        catalogue_.ParsePenaltyKinds(Text(kPenaltyKinds));
    if (kinds.ok()) {
      facts.kinds = *std::move(kinds);
    } else {
      Wrong(kPenaltyKinds, kinds.status().message());
    }
    facts.fine_fen = Money({"CF_NR_FK", "罚款金额"});
    facts.confiscated_fen = Money({"CF_NR_WFFF", "没收金额"});
    facts.procedure = Text({"CF_CX", "处罚程序", "PROCEDURE"});
    if (absl::StrContains(facts.procedure, "简易")) facts.procedure = "简易";
    if (absl::StrContains(facts.procedure, "普通") || absl::StrContains(facts.procedure, "一般")) {
      facts.procedure = "普通";
    }
    const std::string words =
        absl::StrCat(Text({"CF_WFXW", "违法行为类型"}), " ", Text({"CF_YJ", "处罚依据"}));
    facts.fields = catalogue_.FieldsOf(words, facts.authority_kind);
  }

  int64_t Money(Names names) {
    const std::string text = Text(names);
    if (text.empty()) return 0;
    const absl::StatusOr<int64_t> fen = FenFromWan(text);
    if (!fen.ok()) Wrong(names, absl::StrCat("金额（万元）不合规 / not an amount in 万元: ", text));
    return fen.value_or(0);
  }

  void ReadEntry() {
    catalogue::RecordFacts& facts = row_.facts;
    std::string list = Text(kListKind);
    // The market regulators' own layout names no list.
    if (list.empty() && fields_.contains("ABNTIME")) list = "经营异常名录";
    if (const auto* kind = catalogue_.AuthorityKindOfList(list);
        kind != nullptr && facts.authority_kind.empty()) {
      facts.authority_kind = kind->id;
    }
    facts.matter = MatterOf(list);
    Determined(kListedDay);
    const std::string ground = Text(kListGround);
    if (const catalogue::Ground* known = catalogue_.GroundOf(facts.matter, ground)) {
      facts.ground = known->id;
      facts.curable = known->curable;
    }
  }

  // A 92 in front is a sole trader, who is marked and not listed.
  MatterKind MatterOf(absl::string_view list) const {
    if (!absl::StrContains(list, "异常")) return MatterKind::kSeriousList;
    if (row_.facts.authority_kind == "CIVIL_AFFAIRS" || absl::StrContains(list, "社会组织")) {
      return MatterKind::kSocialAbnormalList;
    }
    return absl::StartsWith(row_.subject_uscc, "92") || absl::StrContains(list, "个体")
               ? MatterKind::kAbnormalMark
               : MatterKind::kAbnormalList;
  }

  void ReadRest() {
    catalogue::RecordFacts& facts = row_.facts;
    facts.published_on = Day({"公示日期", "PUBLISHED_ON", "GSRQ"});
    facts.corrected_on = Day({"改正日期", "CORRECTED_ON"});
    facts.restriction_until = Day({"限制期限届满日期", "RESTRICTION_UNTIL"});
    const Names basis = {"BASIS"};
    const std::string name = absl::AsciiStrToUpper(Text(basis));
    if (name.empty()) return;
    for (const catalogue::Basis each : catalogue::kBases) {
      if (ToString(each) == name) {
        facts.basis = each;
        return;
      }
    }
    Wrong(basis, absl::StrCat("未知 / unknown: ", name));
  }

  const catalogue::Catalogue& catalogue_;
  const catalogue::AuthorityRegistry& authorities_;
  Fields fields_;
  RecordRow row_;
  std::vector<Violation> wrong_;
};

}  // namespace

absl::StatusOr<RecordRow> ReadRecordRow(const Fields& fields, const catalogue::Catalogue& catalogue,
                                        const catalogue::AuthorityRegistry& authorities) {
  return RowReader(fields, catalogue, authorities).Read();
}

}  // namespace xiufu::feed
