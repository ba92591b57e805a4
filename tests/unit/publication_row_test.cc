// One row of a feed: what is taken, what is refused and why.
#include <gtest/gtest.h>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/feed/identity_number.h"
#include "libs/feed/row_reader.h"
#include "services/publication/domain/record.h"
#include "tests/unit/publication_rig.h"

namespace xiufu::publication {
namespace {

using feed::Header;
using feed::IsIdentityNumber;
using feed::LooksLikeIdentityNumber;
using feed::RowReading;

absl::StatusOr<Header> BindPenalties(const std::vector<std::string>& columns) {
  const feed::LayoutBook& book = FeedLaw::Get().layouts;
  return Header::Bind(columns, *book.Find("SGS-PENALTY-2018"), book, /*complete=*/true);
}

feed::FeedRules Rules() {
  const FeedLaw& law = FeedLaw::Get();
  return {&law.catalogue, &law.authorities, &law.layouts, LegalDay(TestNow())};
}

RowReading ReadText(const RowText& row) {
  const absl::StatusOr<Header> header = BindPenalties(row.Codes());
  EXPECT_TRUE(header.ok()) << header.status();
  return ReadRow({7, row.Fields(), ""}, *header, Rules());
}

// "CODE CODE" of the fields that are wrong.
std::string WrongFields(const RowText& row) {
  const RowReading reading = ReadText(row);
  EXPECT_EQ(reading.content.has_value(), reading.errors.empty());
  return absl::StrJoin(reading.errors, " ", [](std::string* out, const RowNote& note) {
    EXPECT_EQ(note.line, 7);
    EXPECT_FALSE(note.reason.empty());
    EXPECT_TRUE(IsValidUtf8(note.reason)) << "a report must be able to carry it";
    absl::StrAppend(out, note.field);
  });
}

TEST(PublicationRow, GoodRowIsTakenWhole) {
  const RowReading reading =
      ReadText(RowText().Set("CF_NR_WFFF", "12.3456").Set("CF_GSJZQ", "2028-03-01"));
  ASSERT_TRUE(reading.content.has_value());
  EXPECT_TRUE(reading.warnings.empty());
  const RecordContent& content = *reading.content;
  const catalogue::Authority& transport = *FeedLaw::Get().authorities.FindByCode(kTransport);
  EXPECT_EQ(content.key, (NaturalKey{.authority_uscc = transport.uscc,
                                     .document_no = "丹交罚〔2025〕1号",
                                     .subject_uscc = kCompany}));
  EXPECT_EQ(content.subject_name, "丹东示例贸易有限公司");
  EXPECT_EQ(content.authority_name, transport.name);
  EXPECT_EQ(content.decision_date, absl::CivilDay(2025, 3, 1));
  EXPECT_EQ(content.publicity_end, absl::CivilDay(2028, 3, 1));
  EXPECT_EQ(content.penalty_kinds, std::vector<std::string>{"罚款"});
  EXPECT_EQ(content.fine_fen, 500000);  // 0.5 万元
  EXPECT_EQ(content.confiscated_fen, 12345600);
  EXPECT_EQ(content.violation, "超限运输");
  EXPECT_FALSE(content.code_mismatch);
}

TEST(PublicationRow, EachBadFieldIsNamed) {
  const struct {
    const char* code;
    std::string value;
    const char* wrong;
  } cases[] = {
      {"CF_XDR_MC", "", "CF_XDR_MC"},
      {"CF_XDR_MC", "坏\x01名", "CF_XDR_MC"},
      {"CF_XDR_MC", "坏\xFF名", "CF_XDR_MC"},
      {"CF_CFLB", "\xB7\xA3\xBF\xEE", "CF_CFLB"},  // 罚款 in GBK
      {"CF_NR_FK", "\xB7\xA3", "CF_NR_FK"},
      {"CF_XDR_MC", std::string(201, 'x'), "CF_XDR_MC"},
      {"CF_XDR_SHXYM", "", "CF_XDR_SHXYM"},
      {"CF_XDR_SHXYM", "91210600MAYY00018", "CF_XDR_SHXYM"},
      {"CF_XDR_SHXYM", "91440300I922038216", "CF_XDR_SHXYM"},
      {"CF_WSH", "", "CF_WSH"},
      {"CF_CFLB", "", "CF_CFLB"},
      {"CF_CFLB", "罚站", "CF_CFLB"},
      {"CF_CFLB", "罚款、罚站", "CF_CFLB"},
      {"CF_JDRQ", "", "CF_JDRQ"},
      {"CF_JDRQ", "2025-02-29", "CF_JDRQ"},
      {"CF_JDRQ", "03/01/2025", "CF_JDRQ"},
      {"CF_JDRQ", "45717", "CF_JDRQ"},       // a spreadsheet's number of a day
      {"CF_JDRQ", "2026-04-02", "CF_JDRQ"},  // tomorrow
      {"CF_GSJZQ", "never", "CF_GSJZQ"},
      {"CF_GSJZQ", "2025-02-28", "CF_GSJZQ"},  // before the decision
      {"CF_NR_FK", "-1", "CF_NR_FK"},
      {"CF_NR_FK", "0.0000001", "CF_NR_FK"},
      {"CF_NR_FK", "1e3", "CF_NR_FK"},
      {"CF_NR_FK", "1,000", "CF_NR_FK"},
      {"CF_NR_WFFF", "十", "CF_NR_WFFF"},
      {"CF_CFJGDM", "交通局", "CF_CFJGDM"},
      {"CF_WFXW", std::string(1503, 'x'), "CF_WFXW"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(WrongFields(RowText().Set(c.code, c.value)), c.wrong) << c.code << "=" << c.value;
  }
}

TEST(PublicationRow, AllBadFieldsOfARowAreNamed) {
  EXPECT_EQ(WrongFields(RowText().Set("CF_JDRQ", "x").Set("CF_NR_FK", "x").Set("CF_WSH", "")),
            "CF_WSH CF_NR_FK CF_JDRQ");
}

TEST(PublicationRow, MoneyIsExact) {
  const struct {
    const char* wan;
    int64_t fen;
  } cases[] = {{"", 0},        {"0", 0},         {"0.000001", 1},
               {"1", 1000000}, {"0.29", 290000}, {"123456789012.999999", 123456789012999999}};
  for (const auto& c : cases) {
    const RowReading reading = ReadText(RowText().Set("CF_NR_FK", c.wan));
    ASSERT_TRUE(reading.content.has_value()) << c.wan;
    EXPECT_EQ(reading.content->fine_fen, c.fen) << c.wan;
  }
}

TEST(PublicationRow, KindsOfAnySpelling) {
  const struct {
    const char* text;
    std::vector<std::string> kinds;
  } cases[] = {{"2", {"罚款"}},
               {"警告;罚款", {"警告", "罚款"}},
               {"罚款、警告", {"警告", "罚款"}},
               {"罚款,罚款", {"罚款"}}};
  for (const auto& c : cases) {
    // A comma would be another column: the row is built as fields, not as text.
    const RowReading reading = ReadText(RowText().Set("CF_CFLB", c.text));
    ASSERT_TRUE(reading.content.has_value()) << c.text;
    EXPECT_EQ(reading.content->penalty_kinds, c.kinds) << c.text;
  }
}

TEST(PublicationRow, WrongCheckCharacterIsAWarning) {
  const RowReading reading = ReadText(RowText().Set("CF_XDR_SHXYM", "91350100M0001TGQXM"));
  ASSERT_TRUE(reading.content.has_value());
  EXPECT_TRUE(reading.content->code_mismatch);
  ASSERT_EQ(reading.warnings.size(), 1u);
  EXPECT_EQ(reading.warnings[0].field, "CF_XDR_SHXYM");
}

TEST(PublicationRow, LettersOfACodeAreUpperCased) {
  const RowReading reading = ReadText(RowText().Set("CF_XDR_SHXYM", "91210600mayy000188"));
  ASSERT_TRUE(reading.content.has_value());
  EXPECT_EQ(reading.content->key.subject_uscc, kCompany);
}

TEST(PublicationRow, BlanksAroundNumbersAndNamesAreNotTaken) {
  for (const char* blank : {" ", "\t", "\u3000", " \u3000 \u3000", "\r\n"}) {
    const auto around = [&](const char* text) { return absl::StrCat(blank, text, blank); };
    const RowReading reading = ReadText(RowText()
                                            .Set("CF_WSH", around("丹字 1"))
                                            .Set("CF_XDR_MC", around("丹东\u3000公司"))
                                            .Set("CF_XDR_LB", around("法人及非法人组织"))
                                            .Set("CF_CFJG", around("某机关")));
    ASSERT_TRUE(reading.content.has_value()) << reading.errors.at(0).reason;
    EXPECT_EQ(reading.content->key.document_no, "丹字 1");
    EXPECT_EQ(reading.content->subject_name, "丹东\u3000公司");
    EXPECT_EQ(reading.content->subject_kind, "法人及非法人组织");
    EXPECT_EQ(reading.content->authority_name, "某机关");
    EXPECT_EQ(WrongFields(RowText().Set("CF_WSH", blank)), "CF_WSH") << "nothing else";
    EXPECT_TRUE(ReadText(RowText().Set("CF_XDR_LB", around("自然人"))).out_of_scope);
  }
}

TEST(PublicationRow, NaturalPersonsAreOutOfScopeWhateverElseIsWrong) {
  const RowReading reading =
      ReadText(RowText().Set("CF_XDR_LB", "自然人").Set("CF_XDR_SHXYM", "").Set("CF_JDRQ", "x"));
  EXPECT_TRUE(reading.out_of_scope);
  EXPECT_FALSE(reading.content.has_value());
  EXPECT_TRUE(reading.errors.empty());
}

TEST(PublicationRow, AuthorityByNameOrByCode) {
  const catalogue::Authority& transport = *FeedLaw::Get().authorities.FindByCode(kTransport);
  RowReading by_name = ReadText(RowText().Set("CF_CFJGDM", ""));
  ASSERT_TRUE(by_name.content.has_value());
  EXPECT_EQ(by_name.content->key.authority_uscc, transport.uscc);
  RowReading by_code = ReadText(RowText().Set("CF_CFJG", ""));
  ASSERT_TRUE(by_code.content.has_value());
  EXPECT_EQ(by_code.content->authority_name, transport.name);
  // Not registered here, but named: the record is true all the same.
  const RowReading nameless = ReadText(RowText().Set("CF_CFJGDM", "").Set("CF_CFJG", "某局"));
  ASSERT_TRUE(nameless.content.has_value());
  EXPECT_EQ(nameless.content->key.authority_uscc, "");
  EXPECT_EQ(nameless.content->authority_name, "某局");
  EXPECT_EQ(WrongFields(RowText().Set("CF_CFJGDM", "11230500001755309F").Set("CF_CFJG", "某局")),
            "");
  EXPECT_EQ(WrongFields(RowText().Set("CF_CFJGDM", "11230500001755309F").Set("CF_CFJG", "")),
            "CF_CFJG");
}

TEST(PublicationRow, WrongNumberOfFields) {
  const absl::StatusOr<Header> header = BindPenalties(RowText().Codes());
  ASSERT_TRUE(header.ok());
  const RowReading reading = ReadRow({3, {"a", "b"}, ""}, *header, Rules());
  ASSERT_EQ(reading.errors.size(), 1u);
  EXPECT_EQ(reading.errors[0].line, 3);
  EXPECT_EQ(reading.errors[0].field, "");
}

TEST(PublicationRow, UnknownColumnsAreKeptAndPersonalOnesAreNot) {
  const RowReading reading = ReadText(RowText()
                                          .Set("cf_sxq", "0")
                                          .Set("CF_XDR_GSZC", "210600001")
                                          .Set("CF_FRDB", "某某")
                                          .Set("CF_FR_ZJHM", "210602199001010012")
                                          .Set("MY_NOTE", "11010519491231002X"));
  ASSERT_TRUE(reading.content.has_value());
  EXPECT_EQ(reading.content->extra,
            (std::map<std::string, std::string>{{"CF_SXQ", "0"}, {"CF_XDR_GSZC", "210600001"}}));
}

TEST(PublicationLayout, HeaderMistakesAreAllNamed) {
  std::vector<std::string> header = RowText().Drop("CF_WSH").Drop("CF_JDRQ").Codes();
  header.push_back(" cf_xdr_mc ");
  header.push_back("");
  const absl::Status status = BindPenalties(header).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  std::vector<std::string> fields;
  for (const Violation& violation : ViolationsOf(status)) fields.push_back(violation.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"CF_XDR_MC", "column 12", "CF_WSH", "CF_JDRQ"}));
}

TEST(PublicationLayout, OneOfTheAuthorityColumnsIsEnough) {
  EXPECT_TRUE(BindPenalties(RowText().Drop("CF_CFJGDM").Codes()).ok());
  EXPECT_TRUE(BindPenalties(RowText().Drop("CF_CFJG").Codes()).ok());
  EXPECT_FALSE(BindPenalties(RowText().Drop("CF_CFJG").Drop("CF_CFJGDM").Codes()).ok());
}

TEST(PublicationIdentityNumber, OnlyRealOnes) {
  for (const char* number :
       {"11010519491231002X", "11010519491231002x", "440524188001010014", "210602199001010012"}) {
    EXPECT_TRUE(IsIdentityNumber(number)) << number;
  }
  for (const char* text : {"110105194912310021", "110105194913310021", "210602199002300015", "",
                           kCompany, "1101051949123100", "11010519491231002XX"}) {
    EXPECT_FALSE(IsIdentityNumber(text)) << text;
  }
  for (const char* number : {"110105********002X", "210602900101001", "2106029001****1"}) {
    EXPECT_TRUE(LooksLikeIdentityNumber(number)) << number;
  }
  for (const char* text :
       {kCompany, "210602901301001", "210600001234567", "9121****MAYY000188", ""}) {
    EXPECT_FALSE(LooksLikeIdentityNumber(text)) << text;
  }
}

}  // namespace
}  // namespace xiufu::publication
