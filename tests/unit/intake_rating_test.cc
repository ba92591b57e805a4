// How applicants found it: once per application, and both scales of the outside mapped.
#include <gtest/gtest.h>

#include <set>

#include "libs/base/status.h"
#include "services/intake/app/rate_application.h"
#include "services/intake/drivers/rating_reasons.h"
#include "services/intake/drivers/rating_table.h"
#include "tests/unit/intake_case_events.h"

namespace xiufu::intake {
namespace {

TEST(Satisfaction, TheTwoScalesRunOpposite) {
  EXPECT_EQ(GbtCodeOf(Satisfaction::kVerySatisfied), 1);
  EXPECT_EQ(GbtCodeOf(Satisfaction::kVeryDissatisfied), 5);
  EXPECT_EQ(PlatformCodeOf(Satisfaction::kVerySatisfied), 5);
  EXPECT_EQ(PlatformCodeOf(Satisfaction::kVeryDissatisfied), 1);
  std::set<int> gbt, platform;
  for (Satisfaction one : kSatisfactions) {
    EXPECT_EQ(GbtCodeOf(one) + PlatformCodeOf(one), 6);
    EXPECT_EQ(FromGbtCode(GbtCodeOf(one)), one);
    EXPECT_EQ(FromPlatformCode(PlatformCodeOf(one)), one);
    gbt.insert(GbtCodeOf(one));
    platform.insert(PlatformCodeOf(one));
  }
  EXPECT_EQ(gbt.size(), 5u);
  EXPECT_EQ(platform.size(), 5u);
  for (int none : {0, 6, -1}) {
    EXPECT_FALSE(FromGbtCode(none).has_value());
    EXPECT_FALSE(FromPlatformCode(none).has_value());
  }
}

class RatingTest : public CaseEventsTest {
 protected:
  RateCommand By(const ApplicationView& view, Satisfaction satisfaction) const {
    RateCommand command;
    command.name = ApplicationName(view.application.id);
    command.satisfaction = static_cast<int>(satisfaction);
    command.channel = 1;
    return command;
  }
  absl::StatusOr<Rating> Rate(const RateCommand& command, const std::string& principal = "portal") {
    return Run<Rating>([&](ClientWrite<Rating> write) {
      rate_({principal, ""}, command, std::move(write));
    });
  }
  ApplicationView Concluded(const std::vector<uint8_t>& records) {
    ApplicationView view = Submitted(records);
    for (uint8_t n : records) {
      const auto case_no = static_cast<uint8_t>(100 + n);
      EXPECT_TRUE(Open(view.application.id, case_no, n).ok());
      EXPECT_TRUE(Conclude(view.application.id, case_no, common::v1::CASE_RESULT_APPROVED).ok());
    }
    return view;
  }
  std::vector<ListedRating> List(const RatingFilter& filter) {
    std::vector<ListedRating> listed;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      listed = table_.List(session, filter);
                      return session.status();
                    })
                    .ok());
    return listed;
  }

  const SqlRatingTable table_{};
  const RateApplicationCase rate_{
      {&clock_, &ids_, 1}, node_->tables(), &table_, *LoadRatingReasons("deploy/ratings")};
};

TEST_F(RatingTest, OnceAfterTheConclusionByWhoKnowsTheApplication) {
  const ApplicationView open = Submitted({1});
  EXPECT_TRUE(
      HasReason(Rate(By(open, Satisfaction::kSatisfied)).status(), "APPLICATION_NOT_CONCLUDED"));
  const ApplicationView view = Concluded({2, 3});
  RateCommand command = By(view, Satisfaction::kVerySatisfied);
  EXPECT_TRUE(HasReason(Rate(command, "window").status(), "APPLICATION_NOT_FOUND"));
  command.query_code = view.application.query_code;
  command.name = "applications/" + view.application.number;
  const absl::StatusOr<Rating> rated = Rate(command, "window");
  ASSERT_TRUE(rated.ok()) << rated.status();
  EXPECT_EQ(rated->number, view.application.number);
  EXPECT_EQ(rated->rated, clock_.Now());
  EXPECT_TRUE(HasReason(Rate(command, "window").status(), "ALREADY_RATED"));
  EXPECT_TRUE(absl::IsFailedPrecondition(DecideFollowUp(*rated)));
}

TEST_F(RatingTest, WhatIsWrongIsToldAtOnceAndABadOneSaysWhy) {
  const ApplicationView view = Concluded({1});
  RateCommand command = By(view, Satisfaction::kUnspecified);
  command.channel = 8;
  command.reasons = {"TOOK_LONG", "TOOK_LONG", "NO_REASON"};
  command.text = std::string(501, 'x');
  command.name = "applications/";
  EXPECT_EQ(ViolationsOf(Rate(command).status()).size(), 6u);
  command = By(view, Satisfaction::kDissatisfied);
  command.text = " ";
  EXPECT_EQ(ViolationsOf(Rate(command).status())[0].field, "reasons");
  command.text = "等了很久";
  EXPECT_TRUE(Rate(command).ok());
}

TEST_F(RatingTest, BadOnesAreListedUntilSomebodyHasSeenToThem) {
  const ApplicationView good = Concluded({1});
  ASSERT_TRUE(Rate(By(good, Satisfaction::kNeutral)).ok());
  const ApplicationView bad = Concluded({2, 3});
  RateCommand command = By(bad, Satisfaction::kVeryDissatisfied);
  command.reasons = {"TOOK_LONG", "UNCLEAR"};
  ASSERT_TRUE(Rate(command).ok());
  ASSERT_EQ(List({.limit = 10}).size(), 2u);
  const std::vector<ListedRating> open = List({.to_follow_up = true, .limit = 10});
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].rating.reasons, command.reasons);
  ASSERT_EQ(open[0].authorities.size(), 1u) << "both cases are of one";
  EXPECT_EQ(open[0].authorities[0].code, "transport");
  EXPECT_TRUE(List({.authority_code = "tax", .limit = 10}).empty());
  absl::StatusOr<Rating> seen;
  for (const char* outcome : {"", "RATING_FOLLOWED_UP"}) {
    database_->Write(
        [&](storage::Tx& tx) {
          seen = FollowUp(table_, bad.application.number, "李四", "已电话致歉", clock_.Now(), tx);
          return seen.status();
        },
        [](const absl::Status&) {});
    database_->RunPending();
    EXPECT_EQ(HasReason(seen.status(), outcome), !seen.ok()) << seen.status();
  }
  EXPECT_TRUE(List({.to_follow_up = true, .limit = 10}).empty());
}

TEST_F(RatingTest, FiguresCountAnApplicationOnceForEachAuthority) {
  const ApplicationView filed = Concluded({1, 2});
  database_->Write(
      [&](storage::Tx& tx) {
        tx.Run(
            "INSERT INTO filing (application, clerk, window, filed_region, region, filed)"
            " VALUES (?, 'C1', '210602', '210602', '210602', 0)",
            filed.application.id);
        return absl::OkStatus();
      },
      [](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
  database_->RunPending();
  ASSERT_TRUE(Rate(By(filed, Satisfaction::kVerySatisfied)).ok());
  RateCommand bad = By(Concluded({3}), Satisfaction::kVeryDissatisfied);
  bad.reasons = {"OTHER"};
  ASSERT_TRUE(Rate(bad).ok());
  ASSERT_TRUE(
      database_
          ->Read([&](storage::Session& session) {
            const absl::Time from = absl::UnixEpoch();
            const absl::Time to = clock_.Now() + absl::Seconds(1);
            const auto by = table_.Figures(session, FiguresBy::kAuthority, from, to);
            EXPECT_EQ(by.size(), 1u);
            EXPECT_EQ(by[0].code, "transport");
            EXPECT_EQ(by[0].counts[0], 1);
            EXPECT_EQ(by[0].counts[4], 1);
            const auto through = table_.Figures(session, FiguresBy::kCameThrough, from, to);
            EXPECT_EQ(through.size(), 2u) << "the portal, and the window";
            EXPECT_EQ(through.back().code, "210602");
            EXPECT_TRUE(
                table_.Figures(session, FiguresBy::kAuthority, to, absl::InfiniteFuture()).empty());
            return session.status();
          })
          .ok());
}

}  // namespace
}  // namespace xiufu::intake
