// Feeds as nobody should send them: what is wrong is told row by row, and the rest is taken.
#include "libs/base/status.h"
#include "tests/unit/publication_rig.h"

namespace xiufu::publication {
namespace {

using Lines = std::vector<std::string>;

class HostileFeed : public PublicationTest {
 protected:
  // "line field" of every error; what was imported is told as "imported N".
  Lines Told(const std::string& file) {
    const absl::StatusOr<ImportReport> report = Import(file);
    EXPECT_TRUE(report.ok()) << report.status();
    if (!report.ok()) return {};
    const ImportCounts& counts = report->import.counts;
    EXPECT_EQ(counts.position, counts.imported + counts.unchanged + counts.updated +
                                   counts.out_of_scope + counts.rejected);
    Lines told = {absl::StrCat("imported ", counts.imported)};
    for (const RowNote& error : report->errors) {
      told.push_back(absl::StrCat(error.line, " ", error.field));
    }
    warnings_ = report->warnings;
    return told;
  }
  std::vector<std::string> Refused(const std::string& file) {
    const absl::Status status = Import(file).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    std::vector<std::string> fields;
    for (const Violation& violation : ViolationsOf(status)) fields.push_back(violation.field);
    return fields;
  }
  static RowText Row(const std::string& document) { return RowText().Set("CF_WSH", document); }
  static std::string Object(const std::string& document, const std::string& more = "") {
    const RowText row = Row(document);
    const std::vector<std::string> codes = row.Codes(), fields = row.Fields();
    std::string json = absl::StrCat("{", more);
    for (size_t i = 0; i < codes.size(); ++i) {
      absl::StrAppend(&json, i == 0 ? "" : ",", "\"", codes[i], "\":\"", fields[i], "\"");
    }
    return absl::StrCat(json, "}");
  }
  static std::string Document(const std::vector<std::string>& elements,
                              const std::string& before = "", const std::string& behind = "") {
    return absl::StrCat("{", before, "\"rows\":[", absl::StrJoin(elements, ","), "]", behind, "}");
  }

  std::vector<RowNote> warnings_;
};

const std::string kNul(1, '\0');

TEST_F(HostileFeed, NulBytes) {
  EXPECT_EQ(Told(FeedOf({Row("一"), Row("二").Set("CF_WFXW", absl::StrCat("超限", kNul, "运输")),
                         Row(absl::StrCat("三", kNul)), Row("四")})),
            (Lines{"imported 2", "3 CF_WFXW", "4 CF_WSH"}));
}

TEST_F(HostileFeed, NulBytesInAColumnThatNobodyKnows) {
  EXPECT_EQ(
      Told(FeedOf({Row("一").Set("别的", "x"), Row("二").Set("别的", absl::StrCat("x", kNul))})),
      (Lines{"imported 1", "3 别的"}));
}

TEST_F(HostileFeed, ColumnNamesThatCannotBeSeen) {
  for (const std::string& name : {absl::StrCat("CF", kNul), std::string("CF\u202E"),
                                  std::string("CF\u200B"), std::string(201, 'x')}) {
    EXPECT_EQ(Refused(FeedOf({Row("一").Set(name, "x")})).size(), 1u) << name;
  }
}

TEST_F(HostileFeed, AColumnTwice) {
  const std::string header = RowText().Header(), line = RowText().Line();
  EXPECT_EQ(Refused(absl::StrCat(header, ",CF_WSH\r\n", line, ",另一号\r\n")), Lines{"CF_WSH"});
  EXPECT_EQ(Refused(absl::StrCat(header, ",cf_wsh\r\n", line, ",另一号\r\n")), Lines{"CF_WSH"});
}

TEST_F(HostileFeed, MixedLineEnds) {
  const std::string header = RowText().Header();
  EXPECT_EQ(Told(absl::StrCat(header, "\n", Row("一").Line(), "\r\n", Row("二").Line(), "\n\r\n",
                              Row("三").Line())),
            Lines{"imported 3"});
  // A carriage return alone is none: it is told, and costs the row that it stands in.
  const Lines told = Told(absl::StrCat(header, "\n", Row("四").Line(), "\r", Row("五").Line(), "\n",
                                       Row("六").Line(), "\n"));
  EXPECT_EQ(told, (Lines{"imported 1", "2 "}));
}

TEST_F(HostileFeed, ALineOfTenMegabytes) {
  const std::string long_text(10 << 20, 'x');
  EXPECT_EQ(Told(FeedOf({Row("一"), Row("二").Set("CF_WFXW", long_text), Row("三")})),
            (Lines{"imported 2", "3 "}));
  EXPECT_EQ(Told(FeedOf({Row("四"), Row("五").Set("CF_WFXW", absl::StrCat("\"", long_text, "\"")),
                         Row("六")})),
            (Lines{"imported 2", "3 "}));
  EXPECT_EQ(Told(Document({Object("七"), absl::StrCat("{\"x\":\"", long_text, "\"}"), Object("八"),
                           absl::StrCat("\"", long_text, "\""), Object("九")})),
            (Lines{"imported 3", "2 ", "4 "}));
}

TEST_F(HostileFeed, NothingButBlanks) {
  EXPECT_EQ(Refused(std::string(1 << 20, ' ')), Lines{"header"});
  EXPECT_EQ(Refused(std::string(1 << 20, '\n')), Lines{"header"});
}

TEST_F(HostileFeed, CutOffInsideACharacter) {
  std::string file = FeedOf({Row("一").Set("ZZ", "丹"), Row("二").Set("ZZ", "东")});
  file.resize(file.size() - 3);  // the line end, and a third of the character
  EXPECT_EQ(Told(file), (Lines{"imported 1", "3 ZZ"}));
}

TEST_F(HostileFeed, CutOffInsideACharacterOfGb18030) {
  // "丹" is B5 A4.
  const std::string header = "CF_XDR_MC,CF_XDR_SHXYM,CF_WSH,CF_CFLB,CF_JDRQ,CF_CFJG,BZ\n";
  const std::string row = absl::StrCat("\xB5\xA4,", kCompany, ",1,2,2025-03-01,\xB5\xA4,\xB5\xA4");
  EXPECT_EQ(Told(absl::StrCat(header, row, "\n", row.substr(0, row.size() - 1))),
            (Lines{"imported 1", "3 BZ"}));
}

TEST_F(HostileFeed, LoneSurrogatesAndWhatIsNoUtf8) {
  EXPECT_EQ(
      Told(Document({Object("一"), Object("二", "\"x\":\"\\ud800\","),
                     Object("三", "\"x\":\"\\udc00\\ud800\","), Object("四", "\"x\":\"\xB5\xA4\","),
                     Object("五", "\"x\":\"\xED\xA0\x80\","), Object("六")})),
      (Lines{"imported 2", "2 ", "3 ", "4 ", "5 "}));
}

TEST_F(HostileFeed, ElementsThatAreNoRows) {
  EXPECT_EQ(Told(Document({"null", Object("一"), "7", "\"}{\"", "[{\"a\":1}]", "true", "{\"a\":}",
                           Object("二"), "{}"})),
            (Lines{"imported 2", "1 ", "3 ", "4 ", "5 ", "6 ", "7 ", "9 CF_XDR_MC",
                   "9 CF_XDR_SHXYM", "9 CF_CFJG", "9 CF_WSH", "9 CF_CFLB", "9 CF_JDRQ"}));
}

// The first one cannot tell what the file is; the next ones can.
TEST_F(HostileFeed, RowsBeforeTheFileIsRecognised) {
  EXPECT_EQ(Told(Document({"{}", "{\"a\":1}", Object("一")})), (Lines{"imported 1", "1 ", "2 "}));
  EXPECT_EQ(Refused(Document({"{}", "{\"a\":1}"})), Lines{"header"});
  EXPECT_EQ(Refused(Document(std::vector<std::string>(100'000, "{\"a\":1}"))), Lines{"header"});
}

TEST_F(HostileFeed, AnObjectThatNamesItsFieldsAsNoRowCan) {
  EXPECT_EQ(
      Told(Document({Object("一"), Object("二", "\"cf_wsh\":\"2\","), Object("三", "\"\":\"\","),
                     Object("四", "\"x\\u0000\":\"\","), Object("五")})),
      (Lines{"imported 2", "2 ", "3 ", "4 "}));
}

TEST_F(HostileFeed, WhatIsNestedOrUnknown) {
  EXPECT_EQ(Told(Document({Object("一", "\"多\":{\"a\":[1,{\"b\":2}]},\"别的\":\"x\",")})),
            Lines{"imported 1"});
  EXPECT_EQ(Rows("SELECT extra FROM record", 1)[0], "{\"别的\":\"x\"}");
  EXPECT_EQ(
      Told(Document({Object("二"),
                     absl::StrCat("{\"x\":", std::string(5000, '['), std::string(5000, ']'), "}"),
                     Object("三")}))[0],
      "imported 2");
}

TEST_F(HostileFeed, ATotalOfMoreThanThereIs) {
  const auto warns = [&](const std::string& before, const std::string& behind = "") {
    EXPECT_EQ(Told(Document({Object("一"), Object("二")}, before, behind)).size(), 1u);
    return warnings_.size() == 1 && warnings_[0].line == 0 && warnings_[0].field == "total";
  };
  EXPECT_TRUE(warns("\"total\": 100, "));
  EXPECT_TRUE(warns("", ", \"total\":3"));
  EXPECT_TRUE(warns("", ", \"total\":99999999999999999999999999"));
  EXPECT_FALSE(warns("\"total\":2,"));
  EXPECT_FALSE(warns("\"total\":1,"));
  EXPECT_FALSE(warns("\"total\":\"many\",\"x\":9,"));
  EXPECT_FALSE(warns("\"files\":{\"total\":7},")) << "of something else";
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(HostileFeed, OneDocumentNumberTwice) {
  EXPECT_EQ(Told(FeedOf({Row("一"), Row("一").Set("CF_NR_FK", "0.7"), Row("一")})),
            (Lines{"imported 1", "3 "}));
  EXPECT_EQ(Rows("SELECT version, fine_fen FROM record", 2), Lines{"1|500000"});
  EXPECT_EQ(Told(FeedOf({Row("一").Set("CF_NR_FK", "0.7")})), Lines{"imported 0"});
  EXPECT_EQ(Rows("SELECT version, fine_fen FROM record", 2), Lines{"2|700000"}) << "another file";
}

}  // namespace
}  // namespace xiufu::publication
