// What clients can do, on a real store and disk, with publication faked.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "libs/base/application_number.h"
#include "libs/base/status.h"
#include "services/intake/domain/eligibility.h"
#include "services/intake/drivers/common_codec.h"
#include "tests/unit/intake_case_events.h"

namespace xiufu::intake {
namespace {

class UseCasesTest : public CaseEventsTest {
 protected:
  int BlobCount() {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }
};

TEST_F(UseCasesTest, ADraftKeepsTheRecordsAsTheyWere) {
  const ApplicationView view = Draft({1, 2});
  EXPECT_TRUE(view.with_query_code);
  EXPECT_EQ(view.application.query_code.size(), 8u);
  EXPECT_EQ(view.application.state, ApplicationState::kDraft);
  const ApplicationNumber number = *ParseApplicationNumber(view.application.number);
  EXPECT_EQ(number.region, "210600");
  EXPECT_EQ(number.day, absl::CivilDay(2026, 6, 15));
  EXPECT_EQ(number.sequence, 1u);
  EXPECT_EQ(ParseApplicationNumber(Draft({1}).application.number)->sequence, 2u);
  EXPECT_EQ(Codes(view.application.id), std::vector<std::string>{"APPLICATION_CREATED"});
  EXPECT_TRUE(Sent().empty());
}

TEST_F(UseCasesTest, NumbersBeginAnewEachDayInEachRegion) {
  Draft({1});
  CreateCommand elsewhere = Command({1});
  elsewhere.region = "210682";
  EXPECT_EQ(ParseApplicationNumber(Create(elsewhere)->application.number)->sequence, 1u);
  clock_.Advance(absl::Hours(24));
  EXPECT_EQ(ParseApplicationNumber(Draft({1}).application.number)->sequence, 1u);
}

TEST_F(UseCasesTest, CreateTellsWhatPublicationSays) {
  EXPECT_TRUE(HasReason(Create(Command({99})).status(), "RECORD_NOT_FOUND"));
  records_.records[TestId(1)].subject_uscc = kOtherSubject;
  EXPECT_TRUE(HasReason(Create(Command({1})).status(), "RECORD_OF_ANOTHER_SUBJECT"));
  records_.failure = absl::UnavailableError("down");
  EXPECT_EQ(Create(Command({2})).status().code(), absl::StatusCode::kUnavailable);
  CreateCommand bad = Command({2});
  bad.applicant.phone = "";
  const int asked = records_.asked;
  EXPECT_EQ(Create(bad).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(records_.asked, asked) << "a bad request bothers nobody";
}

TEST_F(UseCasesTest, AnUpstreamNumberIsUsedOncePerFrontDoor) {
  CreateCommand pushed = Command({1});
  pushed.origin.front_door = FrontDoor::kCreditChina;
  pushed.origin.upstream_no = "XY2026-1";
  EXPECT_TRUE(Create(pushed).ok());
  const absl::Status again = Create(pushed).status();
  EXPECT_EQ(again.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(HasReason(again, "UPSTREAM_NO_IN_USE"));
  pushed.origin.front_door = FrontDoor::kGsxt;
  EXPECT_TRUE(Create(pushed).ok());
}

TEST_F(UseCasesTest, SubmitTellsRoutingEverything) {
  const ApplicationView view = Submitted({1, 2});
  EXPECT_EQ(view.application.state, ApplicationState::kSubmitted);
  const std::vector<messaging::Envelope> sent = Sent();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].type, "xiufu.intake.submitted.v1");
  EXPECT_EQ(sent[0].subject, ApplicationName(view.application.id));
  EXPECT_EQ(sent[0].dataschema, "xiufu.intake.v1.ApplicationSubmitted");
  EXPECT_EQ(sent[0].application, view.application.id);
  EXPECT_TRUE(sent[0].case_id.IsNone());
  EXPECT_EQ(sent[0].place, (Place{1, BucketOf(view.application.id)}));
  v1::ApplicationSubmitted event;
  ASSERT_TRUE(event.ParseFromString(sent[0].data));
  EXPECT_EQ(event.number(), view.application.number);
  EXPECT_EQ(event.submitted_at().seconds(), absl::ToUnixSeconds(clock_.Now()));
  ASSERT_EQ(event.records_size(), 2);
  EXPECT_EQ(event.records(0).record().version(), 3u);
  EXPECT_EQ(event.records(0).record().authority().code(), "transport");
  EXPECT_EQ(event.records(0).rule().rule_id(), "N36-MIN");
  EXPECT_FALSE(event.records(0).rule().catalogue_sha256().empty());
  EXPECT_FALSE(event.records(0).rule().calendar_version().empty());
  ASSERT_EQ(event.materials_size(), 2);
  EXPECT_EQ(event.materials(0).kind(), "M2");
  EXPECT_EQ(event.materials(0).sha256(), Sha256(kPdf));
}

TEST_F(UseCasesTest, SubmittingTwiceIsRefused) {
  const ApplicationView view = Submitted({1});
  const absl::Status again = Submit(view.application.id).status();
  EXPECT_EQ(again.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(HasReason(again, "APPLICATION_ALREADY_SUBMITTED"));
  EXPECT_EQ(Sent().size(), 1u);
}

TEST_F(UseCasesTest, AllMissingMaterialsAreToldAtOnce) {
  const ApplicationView draft = Draft({1});
  absl::Status status = Submit(draft.application.id).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(HasReason(status, "MATERIALS_MISSING"));
  EXPECT_EQ(ReasonOf(status)->metadata[0].second, "M2,M3");
  EXPECT_EQ(ViolationsOf(status).size(), 2u);
  ASSERT_TRUE(Upload(draft.application.id, "M3").ok());
  status = Submit(draft.application.id).status();
  EXPECT_EQ(ReasonOf(status)->metadata[0].second, "M2");
}

TEST_F(UseCasesTest, TooEarlyIsRefusedWithTheFirstDay) {
  records_.records[TestId(1)].words.kinds = {"没收违法所得"};  // general: three months
  const ApplicationView draft = Draft({1});
  Upload(draft.application.id, "M2").IgnoreError();
  Upload(draft.application.id, "M3").IgnoreError();
  const absl::Status status = Submit(draft.application.id).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(HasReason(status, "RECORD_NOT_ELIGIBLE")) << status;
  const ErrorReason reason = *ReasonOf(status);
  std::map<std::string, std::string> metadata(reason.metadata.begin(), reason.metadata.end());
  EXPECT_EQ(metadata["verdict"], "NOT_YET");
  EXPECT_EQ(metadata["record"], RecordName(TestId(1)));
  ASSERT_FALSE(metadata["earliest_date"].empty());
  clock_.AdvanceTo(StartOfLegalDay(*ParseDay(metadata["earliest_date"])) - absl::Seconds(1));
  EXPECT_TRUE(HasReason(Submit(draft.application.id).status(), "RECORD_NOT_ELIGIBLE"));
  clock_.Advance(absl::Seconds(1));
  EXPECT_TRUE(Submit(draft.application.id).ok());
}

TEST_F(UseCasesTest, WhatNeedsAPersonIsNotRefusedByTheMachine) {
  records_.records[TestId(1)].words.kinds = {"罚款"};  // no amounts are published
  records_.records[TestId(1)].words.fine_fen = 500000;
  Submitted({1});
}

TEST_F(UseCasesTest, AnUnknownAuthorityIsAPersonsTurnAndNoRefusal) {
  records_.records[TestId(1)].authority = {"", "某地某局", "11110000MB0000000X"};
  Submitted({1});
}

TEST_F(UseCasesTest, ARecordIsTakenAtSubmitAndFreedByARefusal) {
  const ApplicationView second = Draft({1, 2});
  const ApplicationView first = Submitted({1});
  const absl::Status taken = Submit(second.application.id).status();
  EXPECT_EQ(taken.code(), absl::StatusCode::kAlreadyExists);
  ASSERT_TRUE(HasReason(taken, "RECORD_HAS_OPEN_APPLICATION"));
  EXPECT_EQ(ReasonOf(taken)->metadata[0],
            (std::pair<std::string, std::string>{"record", RecordName(TestId(1))}));

  ASSERT_TRUE(Open(first.application.id, 101, 1).ok());
  ASSERT_TRUE(Conclude(first.application.id, 101, common::v1::CASE_RESULT_REFUSED).ok());
  ASSERT_TRUE(Upload(second.application.id, "M2").ok());
  ASSERT_TRUE(Upload(second.application.id, "M3").ok());
  EXPECT_TRUE(Submit(second.application.id).ok());
  // What the ledger says late of the first one does not take the record from the second.
  ASSERT_TRUE(CloseLoop(first.application.id, 101).ok());
  EXPECT_TRUE(HasReason(Submit(Draft({1}).application.id).status(), "RECORD_HAS_OPEN_APPLICATION"));
}

TEST_F(UseCasesTest, AnApprovedRecordStaysTaken) {
  const ApplicationView second = Draft({1});
  const ApplicationView first = Submitted({1});
  ASSERT_TRUE(Open(first.application.id, 101, 1).ok());
  ASSERT_TRUE(Conclude(first.application.id, 101, common::v1::CASE_RESULT_APPROVED).ok());
  const absl::Status status = Submit(second.application.id).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(HasReason(status, "RECORD_ALREADY_REPAIRED"));
}

TEST_F(UseCasesTest, AnotherPrincipalSeesNothing) {
  const ApplicationView draft = Draft({1});
  const Call other{"window", ""};
  const absl::Status status =
      Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
        intake().submit_application(other, ApplicationName(draft.application.id), std::move(write));
      }).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(HasReason(status, "APPLICATION_NOT_FOUND"));
  EXPECT_TRUE(HasReason(
      intake().upload_material.Begin(other, Header(draft.application.id, "M2", kPdf)).status(),
      "APPLICATION_NOT_FOUND"));
  EXPECT_TRUE(intake().applications.List({"window", "", Id(), 10})->applications.empty());
}

TEST_F(UseCasesTest, ReadingNeedsTheQueryCode) {
  const ApplicationView draft = Draft({1});
  EXPECT_TRUE(Get(draft).ok());
  const std::string& code = draft.application.query_code;
  const ReadApplications& read = intake().applications;
  EXPECT_TRUE(read.Get("applications/" + draft.application.number, code).ok());
  EXPECT_FALSE(read.Get(ApplicationName(draft.application.id), code)->with_query_code);
  for (const std::string& wrong :
       {std::string(), code.substr(1), code + "2", std::string("22222222")}) {
    const absl::Status status = read.Get(ApplicationName(draft.application.id), wrong).status();
    EXPECT_EQ(status, read.Get(ApplicationName(TestId(77)), code).status())
        << "a wrong code looks like an unknown application";
    EXPECT_TRUE(HasReason(status, "APPLICATION_NOT_FOUND"));
  }
}

TEST_F(UseCasesTest, ListsAreNewestFirstAndPaged) {
  std::vector<Id> made;
  for (int i = 0; i < 5; ++i) made.insert(made.begin(), Draft({1}).application.id);
  const ReadApplications& read = intake().applications;
  std::vector<Id> listed;
  Id before;
  bool more = true;
  while (more) {
    ApplicationPage page = *read.List({"portal", kSubject, before, 2});
    for (const ApplicationView& view : page.applications) listed.push_back(view.application.id);
    before = listed.back();
    more = page.more;
  }
  EXPECT_EQ(listed, made);
  EXPECT_TRUE(read.List({"portal", kOtherSubject, Id(), 10})->applications.empty());
}

TEST_F(UseCasesTest, AMaterialIsKeptOncePerContent) {
  const ApplicationView draft = Draft({1});
  absl::StatusOr<Material> first = Upload(draft.application.id, "M2");
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(Upload(draft.application.id, "M3").ok());
  EXPECT_EQ(BlobCount(), 1);
  EXPECT_EQ(Get(draft)->materials.size(), 2u);
}

TEST_F(UseCasesTest, ABadMaterialLeavesNothing) {
  const ApplicationView draft = Draft({1});
  const Id& id = draft.application.id;
  UploadCommand wrong_hash = Header(id, "M2", kPdf);
  wrong_hash.sha256 = HexEncode(Sha256("other"));
  EXPECT_TRUE(HasReason(Send(wrong_hash, kPdf).status(), "MATERIAL_HASH_MISMATCH"));
  UploadCommand wrong_type = Header(id, "M2", kPdf);
  wrong_type.media_type = "image/png";
  EXPECT_TRUE(HasReason(Send(wrong_type, kPdf).status(), "MATERIAL_TYPE_MISMATCH"));
  EXPECT_TRUE(HasReason(Send(Header(id, "M2", kPdf), std::string(kPdf) + "more").status(),
                        "MATERIAL_SIZE_MISMATCH"));
  EXPECT_TRUE(HasReason(Send(Header(id, "M2", kPdf), "%PDF-").status(), "MATERIAL_SIZE_MISMATCH"));
  EXPECT_TRUE(
      HasReason(Send(Header(id, "M2", "<html>"), "<html>").status(), "MATERIAL_TYPE_MISMATCH"));
  EXPECT_EQ(BlobCount(), 0);
  EXPECT_TRUE(Get(draft)->materials.empty());
}

TEST_F(UseCasesTest, ASubmittedApplicationTakesNoMaterials) {
  const ApplicationView view = Submitted({1});
  EXPECT_TRUE(
      HasReason(Upload(view.application.id, "M2").status(), "APPLICATION_TAKES_NO_MATERIALS"));
}

TEST_F(UseCasesTest, ASupplementGoesToRoutingOnce) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  const Id old = Get(view)->materials[0].id;
  ASSERT_TRUE(Open(id, 101, 1).ok());
  routing::v1::CaseChanged asked = Change(id, 101, 2, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED);
  asked.set_round(1);
  asked.add_defects("缺公章");
  ASSERT_TRUE(Take("xiufu.routing.case_changed.v1", asked).ok());
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kSupplementRequested);
  EXPECT_EQ(Get(view)->cases[0].defects, std::vector<std::string>{"缺公章"});

  absl::StatusOr<Material> paper = Upload(id, "M2", "%PDF-1.7 stamped");
  ASSERT_TRUE(paper.ok()) << paper.status();
  auto provide = [&](const Id& case_id, const Id& material) {
    return Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
      intake().provide_supplement(
          call_, {ApplicationName(id), CaseName(case_id), {MaterialName(material)}, "已补章"},
          std::move(write));
    });
  };
  EXPECT_TRUE(HasReason(provide(TestId(99), paper->id).status(), "CASE_NOT_FOUND"));
  EXPECT_TRUE(HasReason(provide(TestId(101), old).status(), "MATERIAL_OLDER_THAN_REQUEST"));
  ASSERT_TRUE(provide(TestId(101), paper->id).ok());
  EXPECT_TRUE(HasReason(provide(TestId(101), paper->id).status(), "CASE_AWAITS_NO_SUPPLEMENT"));

  const std::vector<messaging::Envelope> sent = Sent();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(sent[1].type, "xiufu.intake.supplemented.v1");
  EXPECT_EQ(sent[1].case_id, TestId(101));
  v1::ApplicationSupplemented event;
  ASSERT_TRUE(event.ParseFromString(sent[1].data));
  EXPECT_EQ(event.round(), 1);
  ASSERT_EQ(event.materials_size(), 1);
  EXPECT_EQ(event.materials(0).sha256(), Sha256("%PDF-1.7 stamped"));
  EXPECT_EQ(Codes(id).back(), "CASE_SUPPLEMENTED");
  absl::StatusOr<ApplicationFile> file = intake().files.Get(id);
  ASSERT_EQ(file->notes.size(), 1u);
  EXPECT_EQ(file->notes[0].note, "已补章");
}

TEST_F(UseCasesTest, TheViewFollowsTheCasesToTheEnd) {
  const ApplicationView view = Submitted({1, 2});
  const Id& id = view.application.id;
  ASSERT_TRUE(Open(id, 101, 1).ok());
  ASSERT_TRUE(Open(id, 102, 2).ok());
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kInProgress);
  // The ledger is ahead of routing here.
  ASSERT_TRUE(CloseLoop(id, 101).ok());
  ASSERT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_APPROVED).ok());
  ASSERT_TRUE(Conclude(id, 102, common::v1::CASE_RESULT_REFUSED).ok());
  const ApplicationView after = *Get(view);
  EXPECT_EQ(after.application.state, ApplicationState::kConcluded);
  EXPECT_TRUE(Happened(after.application.loop_closed));
  EXPECT_EQ(Codes(id), (std::vector<std::string>{
                           "APPLICATION_CREATED", "APPLICATION_SUBMITTED", "CASE_OPENED",
                           "CASE_OPENED", "CASE_CONCLUDED", "CASE_LOOP_CLOSED", "CASE_CONCLUDED",
                           "APPLICATION_CONCLUDED", "APPLICATION_LOOP_CLOSED"}));
  TimelineBatch batch = *intake().applications.Timeline(id, 0, 100);
  EXPECT_TRUE(batch.ended);
  for (size_t i = 0; i < batch.entries.size(); ++i) {
    EXPECT_EQ(batch.entries[i].position, static_cast<int64_t>(i) + 1);
    EXPECT_FALSE(batch.entries[i].text.empty());
    EXPECT_EQ(batch.entries[i].text.find('{'), std::string::npos) << batch.entries[i].text;
    EXPECT_EQ(batch.entries[i].text_en.find('{'), std::string::npos) << batch.entries[i].text_en;
  }
}

TEST_F(UseCasesTest, ADueDateThatMovedIsShownAndTold) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  routing::v1::DeadlinesMoved moved;
  moved.set_case_id(std::string(TestId(101).bytes()));
  moved.set_application(std::string(id.bytes()));
  Stamp(moved.mutable_moved_at());
  routing::v1::Deadline* accept = moved.add_deadlines();
  accept->set_kind("ACCEPT");
  accept->set_due_date("2027-01-06");
  constexpr char kMoved[] = "xiufu.routing.deadlines_moved.v1";
  EXPECT_EQ(Take(kMoved, moved).code(), absl::StatusCode::kFailedPrecondition) << "not opened yet";
  ASSERT_TRUE(Open(id, 101, 1).ok());
  accept->set_due_date("2027-01-05");
  accept->set_provisional(true);
  ASSERT_TRUE(Take(kMoved, moved).ok());
  const std::vector<std::string> told = Codes(id);
  accept->set_provisional(false);
  ASSERT_TRUE(Take(kMoved, moved).ok());
  EXPECT_FALSE(Get(view)->cases[0].deadlines[0].provisional);
  EXPECT_EQ(Codes(id), told) << "the same day, firm now";
  accept->set_due_date("2027-01-06");
  ASSERT_TRUE(Take(kMoved, moved).ok());
  ASSERT_TRUE(Take(kMoved, moved).ok());
  EXPECT_EQ(Get(view)->cases[0].deadlines[0].due_date, "2027-01-06");
  EXPECT_EQ(Codes(id).size(), told.size() + 1);
  EXPECT_EQ(Codes(id).back(), "CASE_ACCEPT_DUE_MOVED");
  const TimelineEntry last = intake().applications.Timeline(id, 0, 100)->entries.back();
  EXPECT_NE(last.text.find("2027-01-06"), std::string::npos) << last.text;
  EXPECT_NE(last.text_en.find("2027-01-06"), std::string::npos) << last.text_en;
  ASSERT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_REFUSED).ok());
  accept->set_due_date("2027-01-07");
  ASSERT_TRUE(Take(kMoved, moved).ok());
  EXPECT_EQ(Get(view)->cases[0].deadlines[0].due_date, "2027-01-06") << "concluded";
}

TEST_F(UseCasesTest, ThatAnAuthoritysTimeIsOverIsToldOnceAndInTheNextStep) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  routing::v1::LightChanged light;
  light.set_case_id(std::string(TestId(101).bytes()));
  light.set_application(std::string(id.bytes()));
  light.set_kind("ACCEPT");
  light.set_light(routing::v1::LIGHT_RED);
  Stamp(light.mutable_at());
  constexpr char kLight[] = "xiufu.routing.light_changed.v1";
  EXPECT_EQ(Take(kLight, light).code(), absl::StatusCode::kFailedPrecondition) << "not opened yet";
  ASSERT_TRUE(Open(id, 101, 1).ok());
  routing::v1::DeadlinesMoved due;
  due.set_case_id(light.case_id());
  due.set_application(light.application());
  Stamp(due.mutable_moved_at());
  due.add_deadlines()->set_kind("ACCEPT");
  due.mutable_deadlines(0)->set_due_date("2027-01-05");
  ASSERT_TRUE(Take("xiufu.routing.deadlines_moved.v1", due).ok());
  const std::vector<std::string> told = Codes(id);
  light.set_due_date("2027-01-04");
  ASSERT_TRUE(Take(kLight, light).ok());
  EXPECT_EQ(Codes(id), told) << "of a day that it is no more";
  light.set_due_date("2027-01-05");
  light.set_light(routing::v1::LIGHT_YELLOW);
  ASSERT_TRUE(Take(kLight, light).ok());
  EXPECT_EQ(Codes(id), told) << "that it draws near is the authority's matter";
  light.set_light(routing::v1::LIGHT_RED);
  ASSERT_TRUE(Take(kLight, light).ok());
  ASSERT_TRUE(Take(kLight, light).ok());
  EXPECT_EQ(Codes(id).size(), told.size() + 1);
  EXPECT_EQ(Codes(id).back(), "CASE_ACCEPT_OVER");
  const TimelineEntry last = intake().applications.Timeline(id, 0, 100)->entries.back();
  EXPECT_NE(last.text.find("2027-01-05"), std::string::npos) << last.text;
  EXPECT_EQ(Get(view)->cases[0].missed, std::vector<std::string>{"ACCEPT 2027-01-05"});
  // Another day: that one is not over.
  due.mutable_deadlines(0)->set_due_date("2027-01-08");
  ASSERT_TRUE(Take("xiufu.routing.deadlines_moved.v1", due).ok());
  EXPECT_FALSE(NextStepOf(Get(view)->cases[0]).over);
  ASSERT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_REFUSED).ok());
  light.set_due_date("2027-01-08");
  const std::vector<std::string> before = Codes(id);
  ASSERT_TRUE(Take(kLight, light).ok());
  EXPECT_EQ(Codes(id), before) << "concluded";
}

TEST_F(UseCasesTest, EventsOfTheLedgerMayComeBeforeTheCaseIsKnown) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  result::v1::DecisionEntered entered;
  entered.set_case_id(std::string(TestId(101).bytes()));
  entered.set_application(std::string(id.bytes()));
  entered.set_result(common::v1::CASE_RESULT_APPROVED);
  entered.set_decision_no("丹交修〔2026〕9号");
  Stamp(entered.mutable_entered_at());
  ASSERT_TRUE(Take("xiufu.result.decision_entered.v1", entered).ok());
  ASSERT_TRUE(CloseLoop(id, 101).ok());
  EXPECT_TRUE(Get(view)->cases.empty()) << "not shown before it is opened";
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kSubmitted);
  ASSERT_TRUE(Open(id, 101, 1).ok());
  ASSERT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_APPROVED).ok());
  EXPECT_EQ(Get(view)->cases[0].decision.no, "丹交修〔2026〕9号");
  EXPECT_TRUE(intake().applications.Timeline(id, 0, 100)->ended);
}

TEST_F(UseCasesTest, RepeatedAndForeignEventsChangeNothing) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  EXPECT_EQ(Open(TestId(50), 101, 1).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Conclude(id, 101, common::v1::CASE_RESULT_APPROVED).code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(Open(id, 101, 1).ok());
  const size_t told = Codes(id).size();
  ASSERT_TRUE(Open(id, 101, 1).ok());
  EXPECT_EQ(Open(id, 101, 2).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Codes(id).size(), told);
  EXPECT_EQ(Take("xiufu.routing.case_changed.v1", routing::v1::CaseChanged()).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(UseCasesTest, EligibilityIsToldPerRecord) {
  records_.records.erase(records_.records.find(TestId(4)), records_.records.end());
  records_.records[TestId(2)].words.kinds = {"没收违法所得"};
  records_.records[TestId(3)].state = RecordState::kEnded;
  absl::StatusOr<std::vector<Eligibility>> told;
  intake().check_eligibility({kSubject, {}, ""}, [&](absl::StatusOr<std::vector<Eligibility>> all) {
    told = std::move(all);
  });
  ASSERT_TRUE(told.ok()) << told.status();
  ASSERT_EQ(told->size(), 3u);
  EXPECT_EQ((*told)[0].verdict, catalogue::Verdict::kEligible);
  EXPECT_EQ((*told)[0].materials.size(), 2u);
  EXPECT_EQ((*told)[0].materials[0].name, "信用承诺书");
  EXPECT_EQ((*told)[1].verdict, catalogue::Verdict::kNotYet);
  EXPECT_TRUE((*told)[1].earliest.has_value());
  EXPECT_EQ((*told)[2].verdict, catalogue::Verdict::kNotRepairable);
  const std::string later = FormatDay(*(*told)[1].earliest);
  intake().check_eligibility(
      {kSubject, {RecordName(TestId(2))}, later},
      [&](absl::StatusOr<std::vector<Eligibility>> all) { told = std::move(all); });
  EXPECT_EQ((*told)[0].verdict, catalogue::Verdict::kEligible);
  intake().check_eligibility(
      {"x", {"records/x"}, "2026-02-30"},
      [&](absl::StatusOr<std::vector<Eligibility>> all) { told = std::move(all); });
  EXPECT_EQ(ViolationsOf(told.status()).size(), 3u);
  intake().check_eligibility(
      {kOtherSubject, {RecordName(TestId(2))}, ""},
      [&](absl::StatusOr<std::vector<Eligibility>> all) { told = std::move(all); });
  EXPECT_TRUE(HasReason(told.status(), "RECORD_OF_ANOTHER_SUBJECT"));
}

TEST_F(UseCasesTest, RecordsAreFoundByNameToo) {
  absl::StatusOr<SearchResult> found;
  auto search = [&](const std::string& uscc, const std::string& name) {
    intake().search_records({uscc, name, 50, ""}, [&](absl::StatusOr<SearchResult> result) {
      found = std::move(result);
    });
  };
  search("", "测试");
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->page.records.size(), records_.records.size());
  search("", "别的");
  ASSERT_TRUE(found.ok());
  EXPECT_TRUE(found->page.records.empty());
  search(kSubject, "测试");
  EXPECT_EQ(found.status().code(), absl::StatusCode::kInvalidArgument);
  search("", "");
  EXPECT_EQ(found.status().code(), absl::StatusCode::kInvalidArgument);
}

// An entry of a list is judged by its own rules and keeps what they look at.
TEST_F(UseCasesTest, AnEntryOfAListIsJudgedAsOne) {
  RecordSnapshot entry = PublishedRecord(1);
  entry.authority = {"", "某市场监督管理局", ""};
  entry.document_no.clear();
  entry.words.kinds.clear();
  entry.words.matter = catalogue::MatterKind::kAbnormalList;
  entry.words.list_name = "经营异常名录";
  entry.words.ground = "通过登记的住所或者经营场所无法联系";
  absl::StatusOr<RecordSnapshot> kept = FromProto(ToProto(entry));
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(*kept, entry);
  const Law law = ShippedLaw().law().Now();
  const Eligibility address = JudgeRecord(law, entry, absl::CivilDay(2026, 6, 15));
  EXPECT_EQ(address.rule.rule_id, "S107-ABN");
  ASSERT_TRUE(address.channel.has_value());
  EXPECT_EQ(address.channel->id, "GSXT");
  const auto asks_for = [](const Eligibility& judged, const char* kind) {
    return std::any_of(judged.materials.begin(), judged.materials.end(),
                       [&](const RequiredMaterial& material) { return material.kind == kind; });
  };
  EXPECT_TRUE(asks_for(address, "M7")) << "what shows that the address is cured";
  entry.words.matter = catalogue::MatterKind::kSeriousList;
  entry.words.list_name = "失信被执行人";
  entry.authority.name = "某单位";
  EXPECT_EQ(JudgeRecord(law, entry, absl::CivilDay(2026, 6, 15)).channel->id, "EXECUTING_COURT")
      << "the list tells the line where the authority's name does not";
}

TEST_F(UseCasesTest, ACodeWithWrongCheckCharactersMustBeKnown) {
  const std::string mismatched = "91210600MAYY000189";
  ASSERT_EQ(CheckUscc(mismatched).verdict, UsccVerdict::kChecksumMismatch);
  absl::StatusOr<SearchResult> found;
  auto search = [&](const std::string& uscc) {
    intake().search_records({uscc, "", 50, ""}, [&](absl::StatusOr<SearchResult> result) {
      found = std::move(result);
    });
  };
  search(mismatched);
  EXPECT_EQ(found.status().code(), absl::StatusCode::kInvalidArgument);
  records_.records[TestId(1)].subject_uscc = mismatched;
  search(mismatched);
  ASSERT_TRUE(found.ok());
  EXPECT_FALSE(found->warning.empty());
  search(kSubject);
  EXPECT_TRUE(found->warning.empty());
  search("91210600MAYY00018");
  EXPECT_EQ(found.status().code(), absl::StatusCode::kInvalidArgument);
  CreateCommand command = Command({1});
  command.subject_uscc = mismatched;
  EXPECT_TRUE(Create(command).ok());
}

TEST_F(UseCasesTest, AdaptersGetFilesAndContentsOfSubmittedApplicationsOnly) {
  const ApplicationView draft = Draft({2});
  EXPECT_EQ(intake().files.Get(draft.application.id).status().code(), absl::StatusCode::kNotFound);
  const ApplicationView view = Submitted({1});
  absl::StatusOr<ApplicationFile> file = intake().files.Get(view.application.id);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->application.applicant.name, "王小明");
  absl::StatusOr<std::unique_ptr<BlobReader>> reader =
      intake().files.Open(view.application.id, Sha256(kPdf));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(*(*reader)->Next(1000), kPdf);
  EXPECT_EQ(*(*reader)->Next(1000), "");
  EXPECT_EQ(intake().files.Open(view.application.id, Sha256("other")).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace xiufu::intake
