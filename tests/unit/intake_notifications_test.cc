// What applicants are told without asking: when it is written, when and how often it is sent, and
// what is kept of it.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "libs/service/job_desk.h"
#include "services/intake/drivers/notification_plan.h"
#include "tests/unit/intake_case_events.h"
#include "xiufu/publication/v1/events.pb.h"

namespace xiufu::intake {
namespace {

constexpr char kPhone[] = "13812345678";

class FakeChannel final : public NotificationChannel {
 public:
  absl::Status Send(const OutgoingMessage& message, absl::Time) override {
    ++calls;
    if (answer.ok()) sent.push_back(message);
    return answer;
  }
  absl::Status answer;
  int calls = 0;
  std::vector<OutgoingMessage> sent;
};

// Lives before intake is put together.
struct Channels {
  explicit Channels(bool with_board) {
    notifications.plan = *LoadNotificationPlan("deploy/notifications", ShippedLaw().messages);
    Add({"portal-hook", ChannelKind::kWebhook, "portal"}, &hook);
    Add({"sms", ChannelKind::kSms, ""}, &sms);
    Add({"other-hook", ChannelKind::kWebhook, "window"}, &other);
    if (with_board) Add({"board", ChannelKind::kFile, ""}, &board);
  }
  void Add(const ChannelEntry& entry, FakeChannel** channel) {
    auto made = std::make_unique<FakeChannel>();
    *channel = made.get();
    notifications.channels.push_back({entry, std::move(made)});
  }
  FakeChannel* hook = nullptr;
  FakeChannel* sms = nullptr;
  FakeChannel* other = nullptr;
  FakeChannel* board = nullptr;  // everybody's
  Notifications notifications;
};

class NotificationsTest : protected Channels, public CaseEventsTest {
 protected:
  explicit NotificationsTest(bool with_board = false)
      : Channels(with_board), CaseEventsTest(&notifications) {}

  // An application with its one case opened, by somebody with a mobile telephone.
  Id Opened() {
    CreateCommand command = Command({1});
    command.applicant.phone = kPhone;
    const ApplicationView draft = *Create(command);
    EXPECT_TRUE(Upload(draft.application.id, "M2").ok());
    EXPECT_TRUE(Upload(draft.application.id, "M3").ok());
    EXPECT_TRUE(Submit(draft.application.id).ok());
    EXPECT_TRUE(Open(draft.application.id, 101, 1).ok());
    return draft.application.id;
  }
  absl::Status TakeChange(const routing::v1::CaseChanged& event) {
    return Take("xiufu.routing.case_changed.v1", event);
  }
  void Supplement(const Id& id, const char* due) {
    routing::v1::CaseChanged event =
        Change(id, 101, 2, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED);
    event.set_round(1);
    event.add_defects("缺公章");
    routing::v1::Deadline& deadline = *event.add_deadlines();
    deadline.set_kind("SUPPLEMENT");
    deadline.set_due_date(due);
    ASSERT_TRUE(TakeChange(event).ok());
  }
  // Makes every call that is due.
  void Send() {
    for (std::vector<storage::Job> jobs = desk_.Lease(100); !jobs.empty();
         jobs = desk_.Lease(100)) {
      for (storage::Job& job : jobs) desk_.Run(std::move(job), [](const absl::Status&) {});
      while (database_->RunPending() > 0) {
      }
    }
  }
  std::vector<ListedNotification> List(bool unsent = false) {
    std::vector<ListedNotification> listed;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      listed = node_->notifications().List(session, {"", unsent, 0, 100});
                      return session.status();
                    })
                    .ok());
    return listed;
  }
  ListedNotification Of(const std::string& channel) {
    for (const ListedNotification& one : List()) {
      if (one.notification.channel == channel) return one;
    }
    ADD_FAILURE() << "nothing for " << channel;
    return {};
  }

  service::JobDesk desk_{{database_.get(), &wiring_.jobs, &clock_,
                          service::RetryPolicy{.max_attempts = 1'000'000}, [] { return 0.0; }}};
};

TEST_F(NotificationsTest, NewsGoesOnceToEachChannelOfTheApplicant) {
  const Id id = Opened();
  EXPECT_TRUE(List().empty()) << "that it was received is no news to who handed it in";
  const routing::v1::CaseChanged accepted = Change(id, 101, 2, common::v1::CASE_STATE_ACCEPTED);
  ASSERT_TRUE(TakeChange(accepted).ok());
  ASSERT_TRUE(TakeChange(accepted).ok()) << "told again";
  ASSERT_EQ(List().size(), 2u);
  EXPECT_EQ(hook->calls, 0) << "a handler calls nobody";
  Send();
  ASSERT_EQ(hook->sent.size(), 1u);
  EXPECT_EQ(hook->sent[0].notification.code, "CASE_ACCEPTED");
  EXPECT_EQ(hook->sent[0].notification.case_state, CaseState::kAccepted);
  EXPECT_TRUE(absl::StrContains(hook->sent[0].notification.text, "丹东市交通运输局已受理"));
  ASSERT_EQ(sms->sent.size(), 1u);
  EXPECT_EQ(sms->sent[0].phone, kPhone);
  EXPECT_TRUE(other->sent.empty()) << "of another portal";
  const ListedNotification listed = Of("sms");
  EXPECT_EQ(listed.notification.state, NotificationState::kSent);
  EXPECT_EQ(listed.notification.settled, clock_.Now());
  ASSERT_EQ(listed.attempts.size(), 1u);
  EXPECT_EQ(listed.attempts[0].outcome, "OK");
  EXPECT_TRUE(List(true).empty());
  Send();
  EXPECT_EQ(sms->calls, 1);
}

TEST_F(NotificationsTest, ALandlineGetsNoShortMessage) {
  const ApplicationView view = Submitted({1});
  ASSERT_TRUE(Open(view.application.id, 101, 1).ok());
  ASSERT_TRUE(
      TakeChange(Change(view.application.id, 101, 2, common::v1::CASE_STATE_ACCEPTED)).ok());
  ASSERT_EQ(List().size(), 1u);
  EXPECT_EQ(List()[0].notification.channel, "portal-hook");
  EXPECT_TRUE(TakesShortMessages("+86-138-1234-5678"));
  EXPECT_FALSE(TakesShortMessages("23812345678"));
}

TEST_F(NotificationsTest, AnotherAttemptIsTheSameMessageAndKept) {
  const Id id = Opened();
  ASSERT_TRUE(TakeChange(Change(id, 101, 2, common::v1::CASE_STATE_ACCEPTED)).ok());
  sms->answer = absl::UnavailableError("the gateway answered HTTP 503");
  for (int i = 0; i < 3; ++i) {
    Send();
    clock_.Advance(absl::Minutes(1));
  }
  EXPECT_EQ(hook->sent.size(), 1u) << "one channel holds up no other";
  EXPECT_EQ(Of("sms").notification.state, NotificationState::kWaiting);
  sms->answer = absl::OkStatus();
  clock_.Advance(absl::Minutes(10));
  Send();
  ASSERT_EQ(sms->sent.size(), 1u);
  const ListedNotification listed = Of("sms");
  EXPECT_EQ(sms->sent[0].notification.id, listed.notification.id);
  ASSERT_EQ(listed.attempts.size(), 2u) << "those that came to the same are one row";
  EXPECT_EQ(listed.attempts[0].outcome, "UNAVAILABLE: the gateway answered HTTP 503");
  EXPECT_EQ(listed.attempts[0].times, 3);
  EXPECT_EQ(listed.attempts[1].outcome, "OK");
}

TEST_F(NotificationsTest, WhatIsRefusedForGoodIsParkedForAPerson) {
  const Id id = Opened();
  ASSERT_TRUE(TakeChange(Change(id, 101, 2, common::v1::CASE_STATE_ACCEPTED)).ok());
  sms->answer = absl::InvalidArgumentError("the gateway answered HTTP 422");
  Send();
  ListedNotification listed = Of("sms");
  EXPECT_TRUE(listed.parked);
  EXPECT_EQ(listed.attempts[0].outcome, "INVALID_ARGUMENT: the gateway answered HTTP 422");
  clock_.Advance(absl::Hours(1));
  Send();
  EXPECT_EQ(sms->calls, 1) << "not again by itself";
  sms->answer = absl::OkStatus();
  database_->Write(
      [&](storage::Tx& tx) { return tx.jobs().Replay(tx, listed.notification.id, clock_.Now()); },
      [](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
  database_->RunPending();
  Send();
  listed = Of("sms");
  EXPECT_FALSE(listed.parked);
  EXPECT_EQ(listed.notification.state, NotificationState::kSent);
}

TEST_F(NotificationsTest, ShortMessagesKeepToTheQuietHours) {
  const Id id = Opened();
  clock_.AdvanceTo(StartOfLegalDay(absl::CivilDay(2026, 6, 15)) + absl::Hours(23));
  ASSERT_TRUE(TakeChange(Change(id, 101, 2, common::v1::CASE_STATE_ACCEPTED)).ok());
  Send();
  EXPECT_EQ(hook->calls, 1) << "a portal is not disturbed";
  EXPECT_EQ(sms->calls, 0);
  clock_.AdvanceTo(StartOfLegalDay(absl::CivilDay(2026, 6, 16)) + absl::Hours(8));
  Send();
  EXPECT_EQ(sms->calls, 1);
}

TEST_F(NotificationsTest, AReminderGoesOutWhileTheCaseStillWaits) {
  const Id id = Opened();
  Supplement(id, "2026-06-30");
  Send();
  ASSERT_EQ(sms->sent.size(), 1u);
  EXPECT_TRUE(absl::StrContains(sms->sent[0].notification.text, "2026-06-30前一次补齐"));
  clock_.AdvanceTo(StartOfLegalDay(absl::CivilDay(2026, 6, 28)) + absl::Hours(7));
  Send();
  EXPECT_EQ(sms->sent.size(), 1u);
  clock_.Advance(absl::Hours(1));
  Send();
  ASSERT_EQ(sms->sent.size(), 2u);
  EXPECT_TRUE(absl::StrContains(sms->sent[1].notification.text, "提醒"));
}

TEST_F(NotificationsTest, AReminderOfWhatIsNoMoreIsDropped) {
  const Id id = Opened();
  Supplement(id, "2026-06-30");
  ASSERT_TRUE(TakeChange(Change(id, 101, 3, common::v1::CASE_STATE_ACCEPTED)).ok());
  Send();
  const size_t told = sms->sent.size();
  clock_.AdvanceTo(StartOfLegalDay(absl::CivilDay(2026, 6, 28)) + absl::Hours(9));
  Send();
  EXPECT_EQ(sms->sent.size(), told);
  const std::vector<ListedNotification> dropped = List(true);
  ASSERT_EQ(dropped.size(), 2u);
  EXPECT_EQ(dropped[0].notification.state, NotificationState::kDropped);
  EXPECT_EQ(dropped[0].attempts[0].outcome, "NOTHING_TO_REMIND_OF");
}

TEST_F(NotificationsTest, OldNewsIsToldNoMore) {
  const Id id = Opened();
  ASSERT_TRUE(TakeChange(Change(id, 101, 2, common::v1::CASE_STATE_ACCEPTED)).ok());
  sms->answer = absl::UnavailableError("away");
  Send();
  clock_.Advance(absl::Hours(24 * 8));
  const int calls = sms->calls;
  Send();
  EXPECT_EQ(sms->calls, calls);
  EXPECT_EQ(Of("sms").notification.state, NotificationState::kDropped);
  EXPECT_EQ(Of("sms").attempts.back().outcome, "EXPIRED");
}

using WithoutChannels = CaseEventsTest;

TEST_F(WithoutChannels, NothingIsWritten) {
  const ApplicationView view = Submitted({1});
  ASSERT_TRUE(Open(view.application.id, 101, 1).ok());
  ASSERT_TRUE(Conclude(view.application.id, 101, common::v1::CASE_RESULT_APPROVED).ok());
  ASSERT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    EXPECT_TRUE(node_->notifications().List(session, {"", false, 0, 10}).empty());
                    EXPECT_EQ(database_->jobs().Count(session).due, 0);
                    return session.status();
                  })
                  .ok());
}

TEST(NotificationPlanFile, EverythingWrongIsToldAtOnce) {
  TempFolder folder;
  folder.Write("notifications.toml",
               "quiet_from = \"25:00\"\nquiet_until = \"08:00\"\nquiet_channels = [\"pigeon\"]\n"
               "expire_days = 7\n[[notification]]\ncode = \"CASE_LOST\"\ntext = \"NO_TEXT\"\n"
               "channels = [\"sms\"]\ndays_before = 3\n");
  const absl::Status status =
      LoadNotificationPlan(folder.FilePath(""), ShippedLaw().messages).status();
  for (const char* wrong : {"21:00", "pigeon", "no timeline tells this", "no such text",
                            "both deadline and days_before"}) {
    EXPECT_TRUE(absl::StrContains(status.message(), wrong)) << wrong << "\n" << status;
  }
}

class RecordReminderTest : public NotificationsTest {
 protected:
  RecordReminderTest() : NotificationsTest(/*with_board=*/true) {}
};

TEST_F(RecordReminderTest, AReminderAboutARecordGoesWhereNobodyHasToHaveApplied) {
  publication::v1::ReminderDue due;
  due.set_record(std::string(TestId(1).bytes()));
  due.set_subject_uscc(kSubject);
  due.set_subject_name("丹东示例贸易有限公司");
  due.set_kind("REPAIRABLE");
  due.set_day("2026-07-21");
  due.set_document_no("丹交罚〔2026〕1号");
  due.set_authority_name("丹东市交通运输局");
  ASSERT_TRUE(Take("xiufu.publication.reminder_due.v1", due).ok());
  ASSERT_TRUE(Take("xiufu.publication.reminder_due.v1", due).ok()) << "told again";
  Send();
  ASSERT_EQ(board->sent.size(), 1u);
  EXPECT_EQ(hook->calls + sms->calls + other->calls, 0)
      << "theirs is what their people applied for";
  const Notification& told = board->sent[0].notification;
  EXPECT_TRUE(told.application.IsNone());
  EXPECT_EQ(told.code, "RECORD_REPAIRABLE");
  EXPECT_TRUE(absl::StrContains(told.text, "丹交罚〔2026〕1号自2026-07-21起可以申请信用修复"))
      << told.text;
  due.set_kind("SOON");
  EXPECT_EQ(Take("xiufu.publication.reminder_due.v1", due).code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace xiufu::intake
