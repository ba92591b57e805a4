// Objections from the subject's side: draft, evidence, filing, what routing says, withdrawal.
#include "absl/strings/match.h"
#include "libs/storage/outbox.h"
#include "services/intake/domain/objection.h"
#include "tests/unit/intake_fixture.h"
#include "xiufu/intake/v1/objection.pb.h"
#include "xiufu/routing/v1/events.pb.h"
#include "xiufu/routing/v1/objection.pb.h"

namespace xiufu::intake {
namespace {

class IntakeObjectionTest : public IntakeTest {
 protected:
  ObjectionCommand About(uint8_t record, ObjectionKind kind = ObjectionKind::kContent) const {
    return {.subject_uscc = kSubject,
            .record = RecordName(TestId(record)),
            .kind = kind,
            .statement = "公示的罚款金额与决定书不一致",
            .applicant = {"王小明", "0415-1234567", Capacity::kLegalRepresentative}};
  }
  absl::StatusOr<ObjectionView> CreateObjection(const ObjectionCommand& command) {
    return Run<ObjectionView>([&](ClientWrite<ObjectionView> write) {
      intake().objections.Create(call_, command, std::move(write));
    });
  }
  absl::StatusOr<ObjectionView> File(const Id& id) {
    return Run<ObjectionView>([&](ClientWrite<ObjectionView> write) {
      intake().objections.File(call_, ObjectionName(id), std::move(write));
    });
  }
  absl::StatusOr<ObjectionView> GiveUp(const Id& id) {
    return Run<ObjectionView>([&](ClientWrite<ObjectionView> write) {
      intake().objections.GiveUp(call_, ObjectionName(id), std::move(write));
    });
  }
  absl::StatusOr<Material> Evidence(const Id& id) {
    UploadCommand header = Header(id, "M16", kPdf);
    header.application = ObjectionName(id);
    return Send(header, kPdf);
  }
  ObjectionView Filed() {
    ObjectionView draft = *CreateObjection(About(1));
    EXPECT_TRUE(Evidence(draft.objection.id).ok());
    EXPECT_TRUE(File(draft.objection.id).ok());
    return draft;
  }
  absl::Status Say(const Id& id, common::v1::ObjectionState state, int64_t version) {
    routing::v1::ObjectionChanged event;
    event.set_objection(std::string(id.bytes()));
    event.set_state(state);
    event.set_version(version);
    event.mutable_changed_at()->set_seconds(absl::ToUnixSeconds(TestNow()) + version);
    event.mutable_authority()->set_code("transport");
    event.mutable_authority()->set_name("丹东市交通运输局");
    if (version == 1) {
      event.add_deadlines()->set_kind("DELIVER");
      event.add_deadlines()->set_kind("DECIDE");
      event.mutable_deadlines(1)->set_due_date("2026-06-25");
    }
    if (state == common::v1::OBJECTION_STATE_REJECTED) {
      event.add_reasons("与决定书一致");
      event.add_reasons("计算无误");
      event.set_remedies("可申请行政复议");
    }
    return Take("xiufu.routing.objection_changed.v1", event);
  }
  ObjectionView Get(const ObjectionView& draft) {
    return *intake().objections.Get(ObjectionName(draft.objection.id), draft.objection.query_code);
  }
  // What routing is told.
  template <typename Proto>
  std::vector<Proto> Told(absl::string_view type) {
    std::vector<Proto> told;
    const absl::Status status = database_->Read([&](storage::Session& session) {
      for (const storage::StreamHead& head : database_->outbox().Heads(session, {})) {
        if (head.head == 0) continue;
        auto rows = database_->outbox().ReadFrom(session, head.stream, head.epoch, head.first,
                                                 static_cast<size_t>(head.head));
        for (const storage::OutboxRow& row : *rows) {
          const messaging::Envelope event = *messaging::DecodeEnvelope(row.bytes);
          if (event.type == type) told.emplace_back().ParseFromString(event.data);
        }
      }
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return told;
  }
};

TEST_F(IntakeObjectionTest, IsFiledWithItsEvidenceAndWithoutAWordOfTheApplicant) {
  ObjectionView draft = *CreateObjection(About(1));
  EXPECT_TRUE(draft.with_query_code);
  ASSERT_TRUE(Evidence(draft.objection.id).ok());
  const ObjectionView filed = *File(draft.objection.id);
  EXPECT_EQ(filed.objection.state, ObjectionState::kFiled);
  EXPECT_EQ(filed.objection.rule.rule_id, "OBJ");
  const auto told = Told<v1::ObjectionFiled>("xiufu.intake.objection_filed.v1");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].materials_size(), 1);
  EXPECT_EQ(told[0].record().authority().code(), "transport");
  EXPECT_EQ(told[0].SerializeAsString().find("王小明"), std::string::npos);
  EXPECT_EQ(told[0].SerializeAsString().find("罚款金额"), std::string::npos);
}

TEST_F(IntakeObjectionTest, EverythingWrongIsToldAtOnce) {
  ObjectionCommand command;
  command.kind = ObjectionKind::kResult;
  const absl::Status status = CreateObjection(command).status();
  std::vector<std::string> fields;
  for (const Violation& one : ViolationsOf(status)) fields.push_back(one.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"subject_uscc", "record", "statement",
                                              "applicant.name", "applicant.phone",
                                              "applicant.capacity", "application", "case_name"}));
}

TEST_F(IntakeObjectionTest, OnlyToRecordsOfTheSubject) {
  ObjectionCommand command = About(1);
  command.subject_uscc = kOtherSubject;
  EXPECT_EQ(ReasonOf(CreateObjection(command).status())->reason, "RECORD_OF_ANOTHER_SUBJECT");
}

// Two drafts may lie side by side, whoever made them: the first that is filed is the open one.
TEST_F(IntakeObjectionTest, OneIsOpenPerRecordAndKind) {
  const ObjectionView twin = *CreateObjection(About(1));
  const ObjectionView first = Filed();
  const std::string open = ObjectionName(first.objection.id);
  for (const absl::Status& refused :
       {File(twin.objection.id).status(), CreateObjection(About(1)).status()}) {
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(refused)->reason, "OBJECTION_IS_OPEN");
    EXPECT_EQ(ReasonOf(refused)->metadata,
              (std::vector<std::pair<std::string, std::string>>{{"objection", open}}));
    ASSERT_EQ(ViolationsOf(refused).size(), 1u);
    EXPECT_EQ(ViolationsOf(refused)[0].field, "record");
    EXPECT_TRUE(absl::StrContains(ViolationsOf(refused)[0].description, open));
  }
  EXPECT_EQ(Get(twin).objection.state, ObjectionState::kDraft);
  EXPECT_TRUE(CreateObjection(About(1, ObjectionKind::kPeriod)).ok());
  EXPECT_TRUE(CreateObjection(About(2)).ok());
  ASSERT_TRUE(GiveUp(first.objection.id).ok());
  EXPECT_FALSE(File(twin.objection.id).ok()) << "open until routing says that it is withdrawn";
  ASSERT_TRUE(Say(first.objection.id, common::v1::OBJECTION_STATE_FILED, 1).ok());
  ASSERT_TRUE(Say(first.objection.id, common::v1::OBJECTION_STATE_WITHDRAWN, 2).ok());
  EXPECT_TRUE(File(twin.objection.id).ok());
}

TEST_F(IntakeObjectionTest, AResultNeedsACaseThatHasEnded) {
  ObjectionCommand command = About(1, ObjectionKind::kResult);
  const ApplicationView repair = Submitted({1});
  command.application = ApplicationName(repair.application.id);
  command.case_name = CaseName(TestId(77));
  EXPECT_EQ(ReasonOf(CreateObjection(command).status())->reason, "CASE_NOT_FOUND");
  routing::v1::CaseOpened opened;
  opened.set_case_id(std::string(TestId(77).bytes()));
  opened.set_application(std::string(repair.application.id.bytes()));
  opened.set_record(std::string(TestId(1).bytes()));
  opened.mutable_authority()->set_code("transport");
  opened.mutable_opened_at()->set_seconds(absl::ToUnixSeconds(TestNow()));
  ASSERT_TRUE(Take("xiufu.routing.case_opened.v1", opened).ok());
  EXPECT_EQ(ReasonOf(CreateObjection(command).status())->reason, "CASE_IS_OPEN");
  command.kind = ObjectionKind::kContent;
  EXPECT_TRUE(CreateObjection(command).ok()) << "to the content at any time, linked to the case";
}

TEST_F(IntakeObjectionTest, ShowsWhoHasItUntilWhenAndTheAnswer) {
  const ObjectionView draft = Filed();
  const Id& id = draft.objection.id;
  ASSERT_TRUE(Say(id, common::v1::OBJECTION_STATE_FILED, 1).ok());
  ASSERT_TRUE(Say(id, common::v1::OBJECTION_STATE_FILED, 1).ok()) << "a repetition";
  EXPECT_EQ(Get(draft).objection.due_date, "2026-06-25");
  ASSERT_TRUE(Say(id, common::v1::OBJECTION_STATE_WITH_AUTHORITY, 2).ok());
  EXPECT_EQ(Say(id, common::v1::OBJECTION_STATE_REJECTED, 4).code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(Say(id, common::v1::OBJECTION_STATE_REJECTED, 3).ok());
  const ObjectionView view = Get(draft);
  EXPECT_EQ(view.objection.state, ObjectionState::kRejected);
  EXPECT_EQ(view.objection.reasons.size(), 2u);
  EXPECT_TRUE(Happened(view.objection.ended));
  ASSERT_EQ(view.steps.size(), 3u);
  EXPECT_EQ(view.steps[0].authority, "丹东市交通运输局");
  EXPECT_EQ(view.steps[0].due_date, "2026-06-25");
}

TEST_F(IntakeObjectionTest, AWithdrawalCoversWhatRoutingSaysUntilAnEnd) {
  const ObjectionView draft = Filed();
  const Id& id = draft.objection.id;
  ASSERT_TRUE(Say(id, common::v1::OBJECTION_STATE_FILED, 1).ok());
  ASSERT_TRUE(GiveUp(id).ok());
  ASSERT_TRUE(GiveUp(id).ok()) << "asking again is nothing new";
  EXPECT_EQ(Told<v1::ObjectionWithdrawalRequested>("xiufu.intake.objection_withdrawal_requested.v1")
                .size(),
            1u);
  ASSERT_TRUE(Say(id, common::v1::OBJECTION_STATE_WITH_AUTHORITY, 2).ok());
  EXPECT_EQ(Get(draft).objection.state, ObjectionState::kWithdrawalRequested);
  // The answer was taken before: it stands.
  ASSERT_TRUE(Say(id, common::v1::OBJECTION_STATE_UPHELD, 3).ok());
  EXPECT_EQ(Get(draft).objection.state, ObjectionState::kUpheld);
  EXPECT_EQ(ReasonOf(GiveUp(id).status())->reason, "NOTHING_TO_WITHDRAW");
}

TEST_F(IntakeObjectionTest, IsShownToWhoHasTheCodeAndListedForWhoMadeIt) {
  const ObjectionView draft = Filed();
  const std::string name = ObjectionName(draft.objection.id);
  EXPECT_EQ(ReasonOf(intake().objections.Get(name, "WRONG").status())->reason,
            "OBJECTION_NOT_FOUND");
  EXPECT_EQ(intake().objections.List("portal", Id(), 10)->objections.size(), 1u);
  EXPECT_TRUE(intake().objections.List("another", Id(), 10)->objections.empty());
}

TEST_F(IntakeObjectionTest, OnlyADraftTakesEvidenceAndOnlyAFiledOneIsForAuthorities) {
  ObjectionView draft = *CreateObjection(About(1));
  const Id& id = draft.objection.id;
  ASSERT_TRUE(Evidence(id).ok());
  EXPECT_FALSE(intake().objections.GetFile(id).ok());
  EXPECT_FALSE(intake().files.Open(id, Sha256(kPdf)).ok());
  ASSERT_TRUE(File(id).ok());
  EXPECT_EQ(intake().objections.GetFile(id)->objection.what.statement, About(1).statement);
  EXPECT_TRUE(intake().files.Open(id, Sha256(kPdf)).ok());
  EXPECT_EQ(ReasonOf(Evidence(id).status())->reason, "OBJECTION_ALREADY_FILED");
  EXPECT_EQ(ReasonOf(File(id).status())->reason, "OBJECTION_ALREADY_FILED");
}

TEST_F(IntakeObjectionTest, BeforeThereWasARuleThereIsNone) {
  ObjectionView draft = *CreateObjection(About(1));
  clock_.AdvanceTo(TestNow());
  Objection objection = draft.objection;
  const absl::Time before = StartOfLegalDay(absl::CivilDay(2026, 3, 31));
  EXPECT_EQ(ReasonOf(DecideFiling(ShippedLaw().law().Now(), before, objection))->reason,
            "OBJECTION_NOT_PROVIDED");
}

}  // namespace
}  // namespace xiufu::intake
