// What upstream front doors push, and what goes back under their numbers.
#include <gtest/gtest.h>

#include <algorithm>

#include "libs/service/dispatcher.h"
#include "libs/service/due_work.h"
#include "libs/service/job_desk.h"
#include "services/intake/drivers/front_door_codec.h"
#include "tests/unit/intake_window_rig.h"
#include "xiufu/publication/v1/events.pb.h"

namespace xiufu::intake {
namespace {

class FrontDoorTest : public CaseEventsTest {
 protected:
  const DoorCall kDoor{{"credit-china", ""}, FrontDoor::kCreditChina};
  const DoorCall kGsxtDoor{{"gsxt", ""}, FrontDoor::kGsxt};

  static v1::ReceivePushedRequest Request(const std::string& number, uint8_t record) {
    v1::ReceivePushedRequest request;
    request.set_upstream_no(number);
    request.set_channel("网站");
    request.mutable_record()->set_subject_uscc(kSubject);
    request.mutable_record()->set_authority_uscc("11210600MBYY010228");
    request.mutable_record()->set_document_no(absl::StrCat("丹交罚〔2026〕", record, "号"));
    request.mutable_applicant()->set_name("王小明");
    request.mutable_applicant()->set_phone("0415-1234567");
    request.mutable_applicant()->set_capacity(common::v1::CAPACITY_LEGAL_REPRESENTATIVE);
    AddPaper("M2", kPdf, request);
    return request;
  }
  template <typename Request>
  static void AddPaper(const std::string& kind, const std::string& content, Request& request) {
    v1::PushedMaterial& paper = *request.add_materials();
    paper.set_kind(kind);
    paper.set_file_name("承诺书.pdf");
    paper.set_media_type("application/pdf");
    paper.set_size(static_cast<int64_t>(content.size()));
    paper.set_sha256(HexEncode(Sha256(content)));
  }

  template <typename StartFn>
  absl::StatusOr<PushStanding> Settle(StartFn start) {
    absl::StatusOr<PushStanding> outcome = absl::UnknownError("not answered");
    start([&](absl::StatusOr<PushStanding> answer) { outcome = std::move(answer); });
    database_->RunPending();
    return outcome;
  }
  absl::StatusOr<PushStanding> Push(const v1::ReceivePushedRequest& request) {
    return PushBy(kDoor, request);
  }
  absl::StatusOr<PushStanding> PushBy(const DoorCall& door,
                                      const v1::ReceivePushedRequest& request) {
    return Settle([&](PushDone done) {
      node_->receive_pushed().Receive(door, CommandOf(request), std::move(done));
    });
  }
  absl::StatusOr<PushStanding> SendPaper(const std::string& number,
                                         const std::string& content = kPdf) {
    auto incoming = node_->receive_pushed().BeginPaper(kDoor, number, Sha256(content));
    if (!incoming.ok()) return incoming.status();
    if (absl::Status status = (*incoming)->Append(content); !status.ok()) return status;
    return Settle([&](PushDone done) {
      node_->receive_pushed().AddPaper(kDoor, number, *std::move(incoming), std::move(done));
    });
  }
  // All calls that are due, each made once.
  void Work() {
    for (bool found = true; found;) {
      found = false;
      for (storage::Job& job : desk_.Lease(8)) {
        found = true;
        desk_.Run(std::move(job), [](const absl::Status&) {});
        database_->RunPending();
      }
    }
  }
  void RunTimers() {
    service::Handling handling(&wiring_, service::RetryPolicy(), [] { return 0.0; });
    service::DueWork(database_.get(), &wiring_, &handling, &clock_).Submit([](const absl::Status&) {
    });
    database_->RunPending();
  }
  absl::Status Imported(int rows) {
    publication::v1::RecordsImported event;
    event.set_imported(rows);
    event.set_rows(rows + 1);
    event.set_unchanged(1);
    return Take("xiufu.publication.records_imported.v1", event);
  }
  PushStanding Standing(const std::string& number, FrontDoor door = FrontDoor::kCreditChina) {
    PushStanding standing;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      auto push = node_->pushes().FindByNumber(session, door, number);
                      standing = StandingOf(session, node_->pushes(), *node_->tables().applications,
                                            *push);
                      return session.status();
                    })
                    .ok());
    return standing;
  }
  // In a case, with its papers.
  PushStanding Taken(const std::string& number, uint8_t record) {
    EXPECT_TRUE(Push(Request(number, record)).ok());
    Work();
    if (!Standing(number).missing.empty()) {
      EXPECT_TRUE(SendPaper(number).ok());
    }
    Work();
    EXPECT_EQ(Standing(number).push.state, PushState::kTaken);
    return Standing(number);
  }
  std::vector<std::string> Returned(const std::string& number) { return Returned(number, door_); }
  static std::vector<std::string> Returned(const std::string& number, const FakeDoor& door) {
    std::vector<std::string> kinds;
    for (const std::string& content : door.sent) {
      v1::UpstreamReturn one;
      one.ParseFromString(content);
      if (one.upstream_no() == number) kinds.push_back(one.kind());
    }
    return kinds;
  }
  size_t Submissions() {
    size_t count = 0;
    for (const messaging::Envelope& event : Sent()) {
      count += event.type == "xiufu.intake.submitted.v1";
    }
    return count;
  }
  absl::Status Tell(const Id& application, int version, common::v1::CaseState state) {
    routing::v1::CaseChanged change = Change(application, 101, version, state);
    change.set_round(1);
    change.add_defects("缺整改报告");
    return Take("xiufu.routing.case_changed.v1", change);
  }

  service::JobDesk desk_{{.database = database_.get(),
                          .table = &wiring_.jobs,
                          .clock = &clock_,
                          .policy = service::RetryPolicy(),
                          .jitter = [] { return 0.0; }}};
};

TEST_F(FrontDoorTest, APushBecomesAnApplicationOnceItsPapersAreThere) {
  const absl::StatusOr<PushStanding> received = Push(Request("XY1", 1));
  ASSERT_TRUE(received.ok()) << received.status();
  EXPECT_EQ(received->push.state, PushState::kReceived);
  EXPECT_EQ(received->missing, std::vector<std::string>{Sha256(kPdf)});
  Work();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kAwaitsPapers);
  EXPECT_EQ(Submissions(), 0u);
  ASSERT_TRUE(SendPaper("XY1").ok());
  Work();
  const PushStanding taken = Standing("XY1");
  EXPECT_EQ(taken.push.state, PushState::kTaken);
  EXPECT_NE(taken.application_number, "");
  EXPECT_EQ(Returned("XY1"), std::vector<std::string>{"RECEIVED"});
  ASSERT_EQ(Submissions(), 1u);
  v1::ApplicationSubmitted event;
  event.ParseFromString(Sent()[0].data);
  EXPECT_EQ(event.origin().front_door(), common::v1::FRONT_DOOR_CREDIT_CHINA);
  EXPECT_EQ(event.origin().upstream_no(), "XY1");
  EXPECT_EQ(event.materials_size(), 1);
  EXPECT_EQ(event.records(0).rule().rule_id(), "N36-MIN");
}

TEST_F(FrontDoorTest, TheNumberIsItsIdentity) {
  Taken("XY1", 1);
  EXPECT_EQ(Push(Request("XY1", 1))->push.state, PushState::kTaken);
  Work();
  EXPECT_EQ(Submissions(), 1u);
  const absl::Status other = Push(Request("XY1", 2)).status();
  EXPECT_EQ(other.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(HasReason(other, "UPSTREAM_NO_REUSED"));
}

TEST_F(FrontDoorTest, ARecordWithAnOpenCaseTakesTheNumberIntoThatCase) {
  const ApplicationView city = Submitted({1});
  ASSERT_TRUE(Open(city.application.id, 101, 1).ok());
  ASSERT_TRUE(Tell(city.application.id, 2, common::v1::CASE_STATE_ACCEPTED).ok());
  ASSERT_TRUE(Push(Request("XY1", 1)).ok());
  Work();
  EXPECT_EQ(Standing("XY1").application_number, city.application.number);
  EXPECT_EQ(Returned("XY1"), (std::vector<std::string>{"RECEIVED", "ACCEPTED"}));
  Taken("XY2", 1);
  ASSERT_TRUE(Conclude(city.application.id, 101, common::v1::CASE_RESULT_APPROVED, 3).ok());
  Work();
  EXPECT_EQ(Returned("XY1"), (std::vector<std::string>{"RECEIVED", "ACCEPTED", "RESULT"}));
  EXPECT_EQ(Returned("XY2"), (std::vector<std::string>{"RECEIVED", "ACCEPTED", "RESULT"}));
  EXPECT_EQ(Submissions(), 1u);
}

TEST_F(FrontDoorTest, WhatWasPushedCannotBeAppliedForAgainInTheCity) {
  const ApplicationView draft = Draft({1});
  EXPECT_TRUE(Upload(draft.application.id, "M2").ok());
  EXPECT_TRUE(Upload(draft.application.id, "M3").ok());
  Taken("XY1", 1);
  EXPECT_TRUE(HasReason(Submit(draft.application.id).status(), "RECORD_HAS_OPEN_APPLICATION"));
}

TEST_F(FrontDoorTest, BothDoorsAtOnceMakeOneCase) {
  const ApplicationView draft = Draft({1});
  EXPECT_TRUE(Upload(draft.application.id, "M2").ok());
  EXPECT_TRUE(Upload(draft.application.id, "M3").ok());
  ASSERT_TRUE(Push(Request("XY1", 1)).ok());
  // Publication has answered the push, and its write waits, when the city's submission comes.
  std::vector<storage::Job> due = desk_.Lease(8);
  ASSERT_EQ(due.size(), 1u);
  absl::Status submitted = absl::UnknownError("not answered");
  intake().submit_application(
      call_, ApplicationName(draft.application.id),
      PlainWrite<ApplicationView>(
          database_.get(),
          [&](const absl::StatusOr<ApplicationView>& view) { submitted = view.status(); }));
  desk_.Run(std::move(due[0]), [](const absl::Status&) {});
  database_->RunPending();
  EXPECT_TRUE(submitted.ok()) << submitted;
  EXPECT_EQ(Standing("XY1").application_number, draft.application.number);
  EXPECT_EQ(Submissions(), 1u);
}

TEST_F(FrontDoorTest, ARecordThatIsNotKnownYetIsLookedForAgain) {
  ASSERT_TRUE(Push(Request("XY1", 20)).ok());
  Work();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kRecordUnknown);
  records_.records[TestId(20)] = PublishedRecord(20);
  clock_.Advance(absl::Hours(1));
  RunTimers();
  Work();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kAwaitsPapers);
}

TEST_F(FrontDoorTest, AnImportHasItsRecordLookedForAtOnce) {
  ASSERT_TRUE(Push(Request("XY1", 20)).ok());
  Work();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kRecordUnknown);
  records_.records[TestId(20)] = PublishedRecord(20);
  ASSERT_TRUE(Imported(/*rows=*/0).ok());
  RunTimers();
  Work();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kRecordUnknown) << "nothing came";
  ASSERT_TRUE(Imported(/*rows=*/1).ok());
  RunTimers();
  Work();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kAwaitsPapers);
}

TEST_F(FrontDoorTest, AnImportHasEveryWaitingPushLookAgain) {
  constexpr int kPushes = 230;
  for (int i = 0; i < kPushes; ++i) {
    ASSERT_TRUE(Push(Request(absl::StrCat("XY", i), 20)).ok());
  }
  Work();
  records_.records[TestId(20)] = PublishedRecord(20);
  ASSERT_TRUE(Imported(/*rows=*/1).ok());
  for (int i = 0; i < 3; ++i) RunTimers();
  Work();
  for (int i = 0; i < kPushes; ++i) {
    ASSERT_EQ(Standing(absl::StrCat("XY", i)).push.state, PushState::kAwaitsPapers) << i;
  }
}

// Two looks at once: the one that saw nothing yet is written last.
TEST_F(FrontDoorTest, ALookThatAnImportOvertookSaysNothing) {
  ASSERT_TRUE(Push(Request("XY1", 20)).ok());
  std::vector<storage::Job> early = desk_.Lease(8);
  ASSERT_TRUE(Imported(/*rows=*/1).ok());
  RunTimers();
  std::vector<storage::Job> late = desk_.Lease(8);
  ASSERT_EQ(early.size() + late.size(), 2u);
  records_.records[TestId(20)] = PublishedRecord(20);
  desk_.Run(std::move(late[0]), [](const absl::Status&) {});
  records_.records.erase(TestId(20));
  desk_.Run(std::move(early[0]), [](const absl::Status&) {});
  database_->RunPending();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kAwaitsPapers);
}

TEST_F(FrontDoorTest, APersonHasItLookedForUnderAnotherName) {
  v1::ReceivePushedRequest request = Request("XY1", 1);
  request.mutable_record()->set_document_no("丹交罚2026第1号");
  ASSERT_TRUE(Push(request).ok());
  Work();
  const Id push = Standing("XY1").push.id;
  EXPECT_TRUE(Settle([&](PushDone done) {
                node_->receive_pushed().TakeUpAgain(push, TestId(1), std::move(done));
              }).ok());
  Work();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kAwaitsPapers);
}

TEST_F(FrontDoorTest, OnlyTheAuthoritySaysThatItIsTooEarly) {
  RecordSnapshot& record = records_.records[TestId(1)];
  record.words.determined_on = absl::CivilDay(2026, 6, 10);
  record.words.kinds = {"没收违法所得"};
  record.words.confiscated_fen = 1250000;
  ASSERT_EQ(JudgeRecord(ShippedLaw().law().Now(), record, LegalDay(clock_.Now())).verdict,
            catalogue::Verdict::kNotYet);
  EXPECT_EQ(Taken("XY1", 1).push.state, PushState::kTaken);
}

TEST_F(FrontDoorTest, WhatIsNotPublishedWaitsForAPerson) {
  records_.records[TestId(1)].state = RecordState::kEnded;
  ASSERT_TRUE(Push(Request("XY1", 1)).ok());
  ASSERT_TRUE(SendPaper("XY1").ok());
  Work();
  EXPECT_EQ(Standing("XY1").push.state, PushState::kNeedsPerson);
  EXPECT_NE(Standing("XY1").push.reason.find("ENDED"), std::string::npos);
}

TEST_F(FrontDoorTest, APaperIsKnownOnlyBySubject) {
  Submitted({2});
  EXPECT_TRUE(Push(Request("XY1", 1))->missing.empty());
  v1::ReceivePushedRequest of_another = Request("XY2", 3);
  of_another.mutable_record()->set_subject_uscc(kOtherSubject);
  EXPECT_EQ(Push(of_another)->missing.size(), 1u);
}

TEST_F(FrontDoorTest, APaperMustBeTheOneThatWasAnnounced) {
  ASSERT_TRUE(Push(Request("XY1", 1)).ok());
  EXPECT_TRUE(HasReason(SendPaper("XY1", "%PDF-1.7\nanother").status(), "MATERIAL_NOT_ANNOUNCED"));
  EXPECT_TRUE(HasReason(SendPaper("XY9").status(), "PUSH_NOT_FOUND"));
}

TEST_F(FrontDoorTest, ARefusedPushNamesEveryFieldAsTheRequestDoes) {
  v1::ReceivePushedRequest request = Request(" ", 1);
  request.set_channel(std::string(65, 'x'));
  request.mutable_received_at()->set_seconds(absl::ToUnixSeconds(clock_.Now()) + 3600);
  request.mutable_record()->clear_document_no();
  request.mutable_record()->set_list_name("经营异常名录");
  request.mutable_record()->set_decision_date("yesterday");
  request.mutable_applicant()->set_phone("none");
  request.mutable_materials(0)->set_kind("M99");
  EXPECT_EQ(FieldsIn(Push(request).status()),
            (std::vector<std::string>{"record.decision_date", "channel", "upstream_no",
                                      "received_at", "applicant.phone", "materials[0].kind"}));
  request = Request("XY1", 1);
  request.mutable_record()->set_name("records/none");
  request.mutable_record()->clear_authority_uscc();
  EXPECT_EQ(FieldsIn(Push(request).status()), std::vector<std::string>{"record.name"});
}

TEST_F(FrontDoorTest, ANumberIsNeededEverywhere) {
  v1::ReceivePushedSupplementRequest supplement;
  EXPECT_EQ(FieldsIn(Settle([&](PushDone done) {
                       node_->receive_pushed().ReceiveSupplement(kDoor, SupplementOf(supplement),
                                                                 std::move(done));
                     }).status()),
            (std::vector<std::string>{"upstream_no", "round", "materials"}));
  EXPECT_EQ(FieldsIn(Settle([&](PushDone done) {
                       node_->receive_pushed().ReceiveWithdrawal(kDoor, "XY1 ", "",
                                                                 std::move(done));
                     }).status()),
            (std::vector<std::string>{"upstream_no", "reason"}));
}

// The header of a paper has its number and hash alone.
TEST_F(FrontDoorTest, APaperThatIsNotAsAnnouncedNamesItsContent) {
  v1::ReceivePushedRequest request = Request("XY1", 1);
  request.mutable_materials(0)->set_size(5);
  ASSERT_TRUE(Push(request).ok());
  EXPECT_EQ(FieldsIn(SendPaper("XY1").status()), std::vector<std::string>{"chunk"});
}

// Else an authority's system would be promised bytes that nobody has.
TEST_F(FrontDoorTest, OneContentHasOneSize) {
  Submitted({2});
  v1::ReceivePushedRequest wrong = Request("XY1", 1);
  wrong.mutable_materials(0)->set_size(5);
  EXPECT_EQ(Push(wrong)->missing.size(), 1u) << "known by its hash, but not of this size";
  v1::ReceivePushedRequest twice = Request("XY2", 3);
  AddPaper("M3", kPdf, twice);
  EXPECT_TRUE(Push(twice)->missing.empty()) << "one content may serve as two papers";
  v1::ReceivePushedRequest unlike = Request("XY3", 3);
  AddPaper("M3", kPdf, unlike);
  unlike.mutable_materials(1)->set_size(5);
  const absl::Status refused = Push(unlike).status();
  ASSERT_EQ(ViolationsOf(refused).size(), 1u) << refused;
  EXPECT_EQ(ViolationsOf(refused)[0].field, "materials[1].sha256");
}

TEST_F(FrontDoorTest, ReturnsKeepTheirOrderWhateverTheDoorAnswers) {
  door_.answer = absl::UnavailableError("down");
  const Id application = Taken("XY1", 1).push.application;
  ASSERT_TRUE(Open(application, 101, 1).ok());
  ASSERT_TRUE(Tell(application, 2, common::v1::CASE_STATE_ACCEPTED).ok());
  Work();
  for (const std::string& kind : Returned("XY1")) EXPECT_EQ(kind, "RECEIVED") << "the next waits";
  const size_t tried = door_.sent.size();
  ASSERT_GE(tried, 1u);
  door_.answer = absl::OkStatus();
  clock_.Advance(absl::Minutes(5));
  Work();
  ASSERT_EQ(door_.sent.size(), tried + 2);
  EXPECT_EQ(door_.sent[tried], door_.sent[0]) << "the same return under the same id";
  EXPECT_EQ(Returned("XY1").back(), "ACCEPTED");
}

TEST_F(FrontDoorTest, WhatADoorRefusesForGoodIsParked) {
  door_.answer = absl::InvalidArgumentError("HTTP 422");
  Taken("XY1", 1);
  EXPECT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    EXPECT_EQ(database_->jobs().Count(session).parked, 1);
                    return session.status();
                  })
                  .ok());
}

TEST_F(FrontDoorTest, WhatIsBehindAReturnThatIsGivenUpGoesOut) {
  door_.answer = absl::InvalidArgumentError("HTTP 422");
  const Id application = Taken("XY1", 1).push.application;
  ASSERT_TRUE(Open(application, 101, 1).ok());
  ASSERT_TRUE(Tell(application, 2, common::v1::CASE_STATE_ACCEPTED).ok());
  Work();
  EXPECT_EQ(Returned("XY1"), std::vector<std::string>{"RECEIVED"});
  door_.answer = absl::OkStatus();
  database_->Write(
      [&](storage::Tx& tx) {
        const auto parked = tx.jobs().List(tx, storage::JobState::kParked, Id(), 10);
        EXPECT_EQ(parked.size(), 1u);
        EXPECT_TRUE(tx.jobs().Discard(tx, parked[0].id, "told by telephone", clock_.Now()).ok());
        return wiring_.jobs.given_up.at(parked[0].kind)(parked[0], clock_.Now(), tx);
      },
      [](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
  database_->RunPending();
  Work();
  EXPECT_EQ(Returned("XY1"), (std::vector<std::string>{"RECEIVED", "ACCEPTED"}));
}

TEST_F(FrontDoorTest, TwoDoorsMayUseOneNumber) {
  Taken("XY1", 1);
  EXPECT_TRUE(PushBy(kGsxtDoor, Request("XY1", 2)).ok()) << "another push, of another record";
  Work();
  const PushStanding other = Standing("XY1", FrontDoor::kGsxt);
  EXPECT_EQ(other.push.state, PushState::kTaken);
  EXPECT_NE(other.application_number, Standing("XY1").application_number);
  EXPECT_EQ(Submissions(), 2u);
  EXPECT_EQ(Returned("XY1"), std::vector<std::string>{"RECEIVED"});
  EXPECT_EQ(Returned("XY1", gsxt_), std::vector<std::string>{"RECEIVED"});
  EXPECT_NE(door_.sent[0], gsxt_.sent[0]);
}

TEST_F(FrontDoorTest, ARecordHasOneCaseAcrossAllDoors) {
  const Id application = Taken("XY1", 1).push.application;
  ASSERT_TRUE(PushBy(kGsxtDoor, Request("GS1", 1)).ok());
  Work();
  EXPECT_EQ(Standing("GS1", FrontDoor::kGsxt).push.application, application);
  ASSERT_TRUE(Open(application, 101, 1).ok());
  ASSERT_TRUE(Tell(application, 2, common::v1::CASE_STATE_ACCEPTED).ok());
  Work();
  EXPECT_EQ(Submissions(), 1u);
  EXPECT_EQ(Returned("XY1"), (std::vector<std::string>{"RECEIVED", "ACCEPTED"}));
  EXPECT_EQ(Returned("GS1", gsxt_), (std::vector<std::string>{"RECEIVED", "ACCEPTED"}));
  EXPECT_TRUE(Returned("GS1").empty());
  // The door that only joined leaves; the case goes on for the other.
  EXPECT_TRUE(Settle([&](PushDone done) {
                node_->receive_pushed().ReceiveWithdrawal(kGsxtDoor, "GS1", "不再申请",
                                                          std::move(done));
              }).ok());
  ASSERT_TRUE(Conclude(application, 101, common::v1::CASE_RESULT_APPROVED, 3).ok());
  Work();
  EXPECT_EQ(Returned("XY1"), (std::vector<std::string>{"RECEIVED", "ACCEPTED", "RESULT"}));
  EXPECT_EQ(Returned("GS1", gsxt_), (std::vector<std::string>{"RECEIVED", "ACCEPTED"}));
}

TEST_F(FrontDoorTest, ADoorThatIsAwayHoldsUpNoOther) {
  gsxt_.answer = absl::UnavailableError("down");
  for (uint8_t n = 1; n <= 9; ++n) {
    ASSERT_TRUE(PushBy(kGsxtDoor, Request(absl::StrCat("GS", n), n)).ok());
    if (n == 1) {
      EXPECT_TRUE(Settle([&](PushDone done) {
                    auto incoming =
                        node_->receive_pushed().BeginPaper(kGsxtDoor, "GS1", Sha256(kPdf));
                    ASSERT_TRUE(incoming.ok() && (*incoming)->Append(kPdf).ok());
                    node_->receive_pushed().AddPaper(kGsxtDoor, "GS1", *std::move(incoming),
                                                     std::move(done));
                  }).ok());
    }
    Work();
  }
  EXPECT_GE(gsxt_.sent.size(), 5u) << "until it rests";
  for (uint8_t n = 1; n <= 9; ++n) {
    ASSERT_TRUE(Push(Request(absl::StrCat("XY", n), n)).ok());
    Work();
    EXPECT_EQ(Returned(absl::StrCat("XY", n)), std::vector<std::string>{"RECEIVED"});
  }
  gsxt_.answer = absl::OkStatus();
  gsxt_.sent.clear();
  for (int i = 0; i < 12; ++i) {
    clock_.Advance(absl::Minutes(6));
    Work();
  }
  for (uint8_t n = 1; n <= 9; ++n) {
    EXPECT_EQ(Returned(absl::StrCat("GS", n), gsxt_), std::vector<std::string>{"RECEIVED"});
  }
}

TEST_F(FrontDoorTest, ASupplementUnderTheNumberAnswersTheOpenRequest) {
  const Id application = Taken("XY1", 1).push.application;
  ASSERT_TRUE(Open(application, 101, 1).ok());
  v1::ReceivePushedSupplementRequest request;
  request.set_upstream_no("XY1");
  request.set_round(1);
  request.set_note("补正如下");
  AddPaper("M3", "%PDF-1.7\nreport", request);
  const auto supply = [&] {
    return Settle([&](PushDone done) {
      node_->receive_pushed().ReceiveSupplement(kDoor, SupplementOf(request), std::move(done));
    });
  };
  EXPECT_TRUE(HasReason(supply().status(), "CASE_AWAITS_NO_SUPPLEMENT"));
  ASSERT_TRUE(Tell(application, 2, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED).ok());
  EXPECT_EQ(supply()->missing.size(), 1u);
  EXPECT_EQ(supply()->missing.size(), 1u) << "the same again is nothing new";
  clock_.Advance(absl::Seconds(1));
  ASSERT_TRUE(SendPaper("XY1", "%PDF-1.7\nreport").ok());
  EXPECT_EQ(Sent().back().type, "xiufu.intake.supplemented.v1");
  const size_t said = Sent().size();
  EXPECT_TRUE(supply().ok());
  EXPECT_EQ(Sent().size(), said);
  request.set_note("另一份");
  EXPECT_TRUE(HasReason(supply().status(), "SUPPLEMENT_REUSED"));
}

// What was announced and cannot be taken any more is refused, never kept without a word.
TEST_F(FrontDoorTest, ASupplementThatAnotherNumberHasAnsweredIsRefused) {
  const Id application = Taken("XY1", 1).push.application;
  Taken("XY2", 1);
  ASSERT_TRUE(Open(application, 101, 1).ok());
  ASSERT_TRUE(Tell(application, 2, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED).ok());
  const auto supply = [&](const std::string& number, const std::string& content) {
    v1::ReceivePushedSupplementRequest request;
    request.set_upstream_no(number);
    request.set_round(1);
    AddPaper("M3", content, request);
    return Settle([&](PushDone done) {
      node_->receive_pushed().ReceiveSupplement(kDoor, SupplementOf(request), std::move(done));
    });
  };
  ASSERT_TRUE(supply("XY1", "%PDF-1.7\nfirst").ok());
  ASSERT_TRUE(supply("XY2", "%PDF-1.7\nsecond").ok());
  ASSERT_TRUE(SendPaper("XY2", "%PDF-1.7\nsecond").ok());
  EXPECT_TRUE(HasReason(SendPaper("XY1", "%PDF-1.7\nfirst").status(), "CASE_AWAITS_NO_SUPPLEMENT"));
  EXPECT_TRUE(HasReason(supply("XY1", "%PDF-1.7\nfirst").status(), "CASE_AWAITS_NO_SUPPLEMENT"));
  EXPECT_TRUE(SendPaper("XY2", "%PDF-1.7\nsecond").ok()) << "told again, it was taken";
  EXPECT_TRUE(supply("XY2", "%PDF-1.7\nsecond").ok());
}

TEST_F(FrontDoorTest, ANumberThatHasLeftBringsNoMorePapers) {
  const Id application = Taken("XY1", 1).push.application;
  Taken("XY2", 1);
  ASSERT_TRUE(Open(application, 101, 1).ok());
  ASSERT_TRUE(Tell(application, 2, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED).ok());
  v1::ReceivePushedSupplementRequest request;
  request.set_upstream_no("XY2");
  request.set_round(1);
  AddPaper("M3", "%PDF-1.7\nreport", request);
  ASSERT_TRUE(Settle([&](PushDone done) {
                node_->receive_pushed().ReceiveSupplement(kDoor, SupplementOf(request),
                                                          std::move(done));
              }).ok());
  ASSERT_TRUE(Settle([&](PushDone done) {
                node_->receive_pushed().ReceiveWithdrawal(kDoor, "XY2", "不再申请",
                                                          std::move(done));
              }).ok());
  const size_t said = Sent().size();
  EXPECT_TRUE(HasReason(SendPaper("XY2", "%PDF-1.7\nreport").status(), "PUSH_WITHDRAWN"));
  EXPECT_EQ(Sent().size(), said);
}

TEST_F(FrontDoorTest, TheTimeOfSendingIsNoPartOfWhatWasPushed) {
  v1::ReceivePushedRequest request = Request("XY1", 1);
  request.mutable_pushed_at()->set_seconds(1);
  ASSERT_TRUE(Push(request).ok());
  request.mutable_pushed_at()->set_seconds(2);
  EXPECT_TRUE(Push(request).ok());
}

TEST_F(FrontDoorTest, GivingUpUpstreamEndsOnlyWhatCameThroughThere) {
  const auto withdraw = [&](const std::string& number) {
    return Settle([&](PushDone done) {
      node_->receive_pushed().ReceiveWithdrawal(kDoor, number, "不再申请", std::move(done));
    });
  };
  const Id application = Taken("XY1", 1).push.application;
  Taken("XY2", 1);
  ASSERT_TRUE(Open(application, 101, 1).ok());
  EXPECT_EQ(withdraw("XY2")->push.state, PushState::kWithdrawn);
  EXPECT_NE(Sent().back().type, "xiufu.intake.withdrawal_requested.v1");
  EXPECT_TRUE(withdraw("XY1").ok());
  EXPECT_EQ(Sent().back().type, "xiufu.intake.withdrawal_requested.v1");
  ASSERT_TRUE(Tell(application, 2, common::v1::CASE_STATE_WITHDRAWN).ok());
  Work();
  EXPECT_EQ(Returned("XY1"), (std::vector<std::string>{"RECEIVED", "WITHDRAWN"}));
  EXPECT_EQ(Returned("XY2"), std::vector<std::string>{"RECEIVED"});
  EXPECT_TRUE(withdraw("XY1").ok());
}

}  // namespace
}  // namespace xiufu::intake
