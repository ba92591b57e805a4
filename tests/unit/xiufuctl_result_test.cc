// xiufuctl result report, against publication over a real socket.
#include <filesystem>

#include "absl/strings/match.h"
#include "services/xiufuctl/result_command.h"
#include "tests/unit/publication_surface.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::publication {
namespace {

class XiufuctlResult : public PublicationSurface {
 protected:
  void SetUp() override {
    PublicationSurface::SetUp();
    ASSERT_TRUE(Import(FeedOf({RowText()})).ok());
  }
  std::vector<std::string> Report(const std::string& result, const std::string& day) {
    return {"report",
            "--matter",
            "PENALTY",
            "--subject",
            kCompany,
            "--authority",
            FeedLaw::Get().authorities.FindByCode(kTransport)->uscc,
            "--document",
            "丹交罚〔2025〕1号",
            "--result",
            result,
            "--day",
            day,
            "--source",
            "丹复决〔2026〕7号"};
  }
  ctl::Outcome Run(std::vector<std::string> args) {
    for (const std::string& arg :
         {std::string("--target"), absl::StrCat("127.0.0.1:", server_->port()),
          std::string("--credentials"), folder_.path()}) {
      args.push_back(arg);
    }
    return ctl::RunFamily(ctl::ResultCommands(), args);
  }
};

TEST_F(XiufuctlResult, TellsWhatBecameOfTheRecord) {
  const ctl::Outcome told = Run(Report("ANNULLED", "2026-03-31"));
  EXPECT_EQ(told.exit_code, 0) << told.error;
  EXPECT_TRUE(absl::StrContains(told.out, "已登记 / taken: 撤下")) << told.out;
  EXPECT_TRUE(absl::StrContains(told.out, "丹交罚〔2025〕1号")) << told.out;
  EXPECT_TRUE(absl::StrContains(told.out, "WITHDRAWN")) << told.out;
  EXPECT_EQ(Search(kCompany)->records(0).state(), common::v1::RECORD_STATE_WITHDRAWN);
}

TEST_F(XiufuctlResult, TellsPrograms) {
  std::vector<std::string> args = Report("MOVED_OUT", "2026-03-31");
  args.push_back("--json");
  const ctl::Outcome told = Run(args);
  EXPECT_EQ(told.exit_code, 0) << told.error;
  const absl::StatusOr<Id> id = Id::FromBytes(Search(kCompany)->records(0).record());
  EXPECT_EQ(told.out, absl::StrCat("{\"record\":\"", id->ToString(),
                                   "\",\"result_word\":\"终止公示\",\"state\":\"ENDED\","
                                   "\"version\":2}\n"));
}

TEST_F(XiufuctlResult, ListsWithdrawals) {
  EXPECT_EQ(Run({"withdrawals"}).out, "共撤下 / withdrawn: 0，其中逾期 / of them late: 0\n");
  const ctl::Outcome told = Run(Report("ANNULLED", "2026-03-20"));
  EXPECT_TRUE(absl::StrContains(told.out, "最迟应于 2026-03-25 撤下")) << told.out;
  EXPECT_TRUE(absl::StrContains(told.out, "逾期 / late")) << told.out;
  const ctl::Outcome list = Run({"withdrawals", "--late"});
  EXPECT_EQ(list.exit_code, 0) << list.error;
  EXPECT_TRUE(absl::StrContains(list.out, "最迟应于 2026-03-25 撤下")) << list.out;
  EXPECT_TRUE(absl::StrContains(list.out, "withdrawn: 1，其中逾期 / of them late: 1")) << list.out;
  const ctl::Outcome json = Run({"withdrawals", "--json"});
  EXPECT_TRUE(absl::StrContains(json.out, "\"in_time\":false")) << json.out;
  EXPECT_TRUE(absl::StrContains(json.out, "\"start_date\":\"2026-03-20\"")) << json.out;
}

TEST_F(XiufuctlResult, SaysWhichFieldIsWrong) {
  const ctl::Outcome refused = Run(Report("ANNULLED", "2026-02-30"));
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_TRUE(absl::StrContains(refused.error, "未成功 / failed: INVALID_ARGUMENT"));
  EXPECT_TRUE(absl::StrContains(refused.error, "\n  day: ")) << refused.error;
}

TEST_F(XiufuctlResult, SaysWhatIsKnownAlready) {
  ASSERT_EQ(Run(Report("ANNULLED", "2026-03-31")).exit_code, 0);
  EXPECT_EQ(Run(Report("ANNULLED", "2026-03-31")).exit_code, 0) << "told again, nothing changes";
  const ctl::Outcome other = Run(Report("ANNULLED", "2026-03-30"));
  EXPECT_EQ(other.exit_code, 1);
  EXPECT_TRUE(absl::StrContains(other.error, "已登记，内容不同")) << other.error;
  EXPECT_TRUE(absl::StrContains(other.error, "day: 2026-03-31")) << other.error;
}

TEST_F(XiufuctlResult, WrongCommandLinesTryNothing) {
  const std::vector<std::string> good = Report("ANNULLED", "2026-03-31");
  std::vector<std::vector<std::string>> wrong = {{}, {"list"}, {"report"}, {"withdrawals", "1"}};
  for (size_t i = 1; i < good.size(); i += 2) {  // one option less
    wrong.push_back(good);
    wrong.back().erase(wrong.back().begin() + static_cast<long>(i),
                       wrong.back().begin() + static_cast<long>(i) + 2);
  }
  wrong.push_back(Report("DISPUTED", "2026-03-31"));
  wrong.push_back(good);
  wrong.back()[2] = "FINE";
  wrong.push_back(good);
  wrong.back().insert(wrong.back().end(), {"--list", "经营异常名录", "--listed-on", "2026-01-01"});
  wrong.push_back(good);
  wrong.back().insert(wrong.back().end(), {"--authority-name", "丹东市交通运输局"});
  for (const std::vector<std::string>& args : wrong) {
    const ctl::Outcome outcome = Run(args);
    EXPECT_EQ(outcome.exit_code, 2) << absl::StrJoin(args, " ");
    EXPECT_TRUE(absl::StrContains(outcome.error, "用法 / usage"));
  }
  EXPECT_EQ(Search(kCompany)->records(0).version(), 1u);
}

}  // namespace
}  // namespace xiufu::publication
