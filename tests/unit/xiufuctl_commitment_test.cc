// xiufuctl commitment list, against publication over a real socket.
#include "absl/strings/match.h"
#include "absl/synchronization/notification.h"
#include "services/publication/drivers/sql_commitments.h"
#include "services/xiufuctl/commitment_command.h"
#include "tests/unit/publication_surface.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::publication {
namespace {

class XiufuctlCommitment : public PublicationSurface {
 protected:
  // Made on the `day`-th day of 2026.
  void Publish(int day) {
    Commitment commitment;
    commitment.decision = DecisionOf(day);
    commitment.record = DeriveId(Id(), "record", day, {});
    commitment.subject_uscc = kCompany;
    commitment.record_document_no = absl::StrCat("丹交罚〔2025〕", day, "号");
    commitment.title = "信用承诺书";
    commitment.title_en = "credit commitment letter";
    commitment.made_on = absl::CivilDay(2026, 1, day);
    commitment.rule_id = "N36-GEN";
    Write([&](storage::Tx& tx) { SqlCommitments().Insert(tx, commitment); });
  }
  void Break(int day) {
    RevokedDecision revoked;
    revoked.decision = DecisionOf(day);
    revoked.kind = "NON_PERFORMANCE";
    revoked.document_no = "丹交撤〔2026〕1号";
    revoked.found_on = absl::CivilDay(2026, 3, 1);
    Write([&](storage::Tx& tx) { SqlCommitments().Break(tx, revoked); });
  }
  ctl::Outcome Run(std::vector<std::string> args) {
    for (const std::string& arg :
         {std::string("--target"), absl::StrCat("127.0.0.1:", server_->port()),
          std::string("--credentials"), folder_.path()}) {
      args.push_back(arg);
    }
    return ctl::RunFamily(ctl::CommitmentCommands(), args);
  }

 private:
  static Id DecisionOf(int day) { return DeriveId(Id(), "decision", day, {}); }
  template <typename Change>
  void Write(const Change& change) {
    absl::Notification written;
    database_->Write(
        [&](storage::Tx& tx) {
          change(tx);
          return absl::OkStatus();
        },
        [&](const absl::Status& status) {
          EXPECT_TRUE(status.ok()) << status;
          written.Notify();
        });
    written.WaitForNotification();
  }
};

TEST_F(XiufuctlCommitment, TellsWhichAreInForceAndWhatBrokeTheOthers) {
  const std::vector<std::string> list = {"list", "--subject", kCompany};
  EXPECT_TRUE(absl::StrContains(Run(list).out, "没有已公示的信用承诺")) << Run(list).error;
  Publish(1);
  Publish(2);
  Break(1);
  const ctl::Outcome told = Run(list);
  EXPECT_EQ(told.exit_code, 0) << told.error;
  const size_t newer = told.out.find("2026-01-02  有效 / in force");
  const size_t older = told.out.find("2026-01-01  已违反 / broken");
  ASSERT_NE(newer, std::string::npos) << told.out;
  ASSERT_NE(older, std::string::npos) << told.out;
  EXPECT_LT(newer, older) << "newest first";
  EXPECT_TRUE(absl::StrContains(told.out, "NON_PERFORMANCE  丹交撤〔2026〕1号  2026-03-01"))
      << told.out;
}

TEST_F(XiufuctlCommitment, TellsPrograms) {
  Publish(1);
  Break(1);
  const ctl::Outcome told = Run({"list", "--subject", kCompany, "--json"});
  EXPECT_EQ(told.exit_code, 0) << told.error;
  EXPECT_TRUE(absl::StrContains(told.out, "\"state\":\"BROKEN\"")) << told.out;
  EXPECT_TRUE(absl::StrContains(told.out, "\"found_on\":\"2026-03-01\"")) << told.out;
}

TEST_F(XiufuctlCommitment, EveryPageIsTold) {
  for (int day = 1; day <= 60; ++day) Publish(day);
  const ctl::Outcome told = Run({"list", "--subject", kCompany});
  for (int day = 1; day <= 60; ++day) {
    EXPECT_TRUE(absl::StrContains(told.out, absl::StrCat("〕", day, "号"))) << day;
  }
}

TEST_F(XiufuctlCommitment, SaysWhichFieldIsWrong) {
  const ctl::Outcome refused = Run({"list", "--subject", "91"});
  EXPECT_EQ(refused.exit_code, ctl::kExitFailed);
  EXPECT_TRUE(absl::StrContains(refused.error, "subject_uscc")) << refused.error;
  EXPECT_EQ(Run({"list"}).exit_code, ctl::kExitUsage);
}

}  // namespace
}  // namespace xiufu::publication
