// Layouts as data: what is shipped, and every fault with file and line.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/feed/header.h"
#include "libs/feed/layout.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::feed {
namespace {

TEST(LayoutBookTest, AFileOfAllColumnsOfALayoutIsOfThatLayout) {
  const absl::StatusOr<LayoutBook> book = LayoutBook::Load("deploy/feeds");
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(book->layouts().size(), 7u);
  for (const Layout& layout : book->layouts()) {
    std::vector<std::string> columns(layout.marks.begin(), layout.marks.end());
    for (const std::vector<std::string>& names : layout.columns) {
      for (const std::string& name : names) {
        if (!layout.marks.contains(name)) columns.push_back(name);
      }
    }
    EXPECT_EQ(book->Recognise(columns), &layout) << layout.id;
    EXPECT_TRUE(Header::Bind(columns, layout, *book, /*complete=*/true).ok()) << layout.id;
  }
  EXPECT_EQ(book->Recognise({"A", "B"}), nullptr);
}

TEST(LayoutBookTest, WhatTheRealHeadersSay) {
  const LayoutBook book = *LayoutBook::Load("deploy/feeds");
  const struct {
    std::vector<std::string> columns;
    const char* id;
  } cases[] = {
      {{"CF_WSH", "CF_CFLB", "CF_XDR_SHXYM", "CF_CFJG"}, "SGS-PENALTY-2018"},
      {{"CF_WSH", "CF_CFLB1", "CF_CFLB2", "CF_XZJG", "CF_JDRQ"}, "SGS-PENALTY-2015"},
      {{"行政处罚决定书文号", "处罚类别", "处罚机关"}, "SGS-PENALTY-2018"},
      {{"ENTNAME", "UNISCID", "SPECAUSE", "ABNTIME", "DECORG_CN"}, "ABNORMAL-LIST"},
      {{"企业名称", "列入经营异常名录原因", "列入日期"}, "ABNORMAL-LIST"},
      {{"社会组织名称", "列入事由", "列入日期", "登记管理机关"}, "SOCIAL-ABNORMAL-LIST"},
      {{"类别", "列入严重违法失信名单（黑名单）原因", "列入日期"}, "SERIOUS-MARKET"},
      {{"名称", "案号", "执行法院", "执行依据文号", "发布时间"}, "COURT-EXECUTEE"},
      {{"名单类型", "主体", "认定单位", "认定文号", "列入日期"}, "LIST-CORE"},
  };
  for (const auto& c : cases) {
    const Layout* layout = book.Recognise(c.columns);
    ASSERT_NE(layout, nullptr) << c.id;
    EXPECT_EQ(layout->id, c.id);
  }
}

TEST(LayoutBookTest, EveryFaultIsNamedWithFileAndLine) {
  const struct {
    const char* file;
    const char* from;
    const char* to;
    const char* what;
  } faults[] = {
      {"penalty-2018.toml", "meaning = \"FINE\"", "meaning = \"FINES\"",
       "meaning: 'FINES' means nothing"},
      {"penalty-2018.toml", "names = [\"CF_YXQ\"", "names = [\"CF_JDRQ\"",
       "names: 'CF_JDRQ' is DETERMINED_ON too"},
      {"penalty-2018.toml", "reported = \"ANNULLED\"", "reported = \"GONE\"", "reported"},
      {"penalty-2018.toml", "matter = \"PENALTY\"", "matter = \"PENALTIES\"",
       "matter: 'PENALTIES' is no kind of record"},
      {"abnormal-list.toml", "id = \"ABNORMAL-LIST\"", "id = \"LIST-CORE\"",
       "id: 'LIST-CORE' twice"},
      {"abnormal-list.toml", "required = [\"SUBJECT_NAME\"", "required = [\"LICENCE\"",
       "required: no column is LICENCE"},
      {"court-executee.toml", "person_if_filled", "persons_if_filled",
       "persons_if_filled: unknown key"},
      {"common.toml", "matter = \"ABNORMAL_MARK\"", "matter = \"BY_LIST\"",
       "matter: 'BY_LIST' is no kind of record"},
  };
  for (const auto& fault : faults) {
    TempFolder folder("deploy/feeds");
    const int line = folder.Replace(fault.file, fault.from, fault.to);
    const absl::Status status = LayoutBook::Load(folder.path()).status();
    EXPECT_TRUE(absl::StrContains(status.message(), fault.what)) << fault.what << "\n" << status;
    if (std::string(fault.what).find("twice") != std::string::npos) continue;  // at the second one
    EXPECT_TRUE(
        absl::StrContains(status.message(), absl::StrCat(folder.FilePath(fault.file), ":", line)))
        << status;
  }
}

TEST(LayoutBookTest, EveryEntryMustHaveAKind) {
  TempFolder folder("deploy/feeds");
  folder.Replace("common.toml", "matter = \"SERIOUS_LIST\"",
                 "matter = \"SERIOUS_LIST\"\nwords = [\"失信\"]");
  EXPECT_TRUE(absl::StrContains(LayoutBook::Load(folder.path()).status().message(),
                                "the last one fits everything"));
}

}  // namespace
}  // namespace xiufu::feed
