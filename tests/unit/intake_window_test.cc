// Filing with a clerk, pre-check, consultation register, hand-over, directory: on a real store.
#include <gtest/gtest.h>

#include "services/intake/drivers/contact_erasure.h"
#include "tests/unit/intake_window_rig.h"

namespace xiufu::intake {
namespace {

class WindowsTest : public WindowTest {
 protected:
  absl::StatusOr<Precheck> Check(const PrecheckCommand& command,
                                 const std::string& principal = kYuanbao) {
    absl::StatusOr<Precheck> result = absl::UnknownError("not answered");
    intake().precheck_materials(Window(principal), command,
                                [&](absl::StatusOr<Precheck> done) { result = std::move(done); });
    database_->RunPending();
    return result;
  }
  static PrecheckCommand Asking(std::vector<PaperAtHand> papers) {
    PrecheckCommand command;
    command.clerk = "C07";
    command.inquiry = {kSubject, {RecordName(TestId(1)), RecordName(TestId(2))}, ""};
    command.papers = std::move(papers);
    return command;
  }
  static std::vector<std::pair<std::string, PaperState>> StatesOf(const Precheck& result) {
    std::vector<std::pair<std::string, PaperState>> states;
    for (const PrecheckedPaper& paper : result.papers) {
      states.emplace_back(paper.material.kind, paper.state);
    }
    return states;
  }

  static ConsultationCommand Asked() {
    ConsultationCommand command;
    command.clerk = "C07";
    command.mode = ConsultationMode::kCall;
    command.topic = "MATERIALS";
    command.question = "处罚已经缴清，需要什么材料？";
    command.answer = "信用承诺书和履行证明各一份";
    return command;
  }
  absl::StatusOr<Consultation> Record(const std::string& principal,
                                      const ConsultationCommand& command) {
    return Run<Consultation>([&](ClientWrite<Consultation> write) {
      intake().consultations.Record(Window(principal), command, std::move(write));
    });
  }
  absl::StatusOr<Consultation> Link(const std::string& principal, const Id& id,
                                    const ConsultationLink& link) {
    return Run<Consultation>([&](ClientWrite<Consultation> write) {
      intake().consultations.Link(Window(principal), ConsultationName(id), link, std::move(write));
    });
  }
  std::vector<Consultation> Listed(const std::string& principal, ConsultationFilter filter = {}) {
    filter.limit = 10;
    return intake().consultations.List(Window(principal), filter)->consultations;
  }

  absl::StatusOr<HandOverView> Give(const std::string& principal, const HandOverCommand& command) {
    return Run<HandOverView>([&](ClientWrite<HandOverView> write) {
      intake().hand_overs.Give(Window(principal), command, std::move(write));
    });
  }
  absl::StatusOr<HandOverView> TakeUp(const std::string& principal, const Id& id) {
    return Run<HandOverView>([&](ClientWrite<HandOverView> write) {
      intake().hand_overs.TakeUp(Window(principal), HandOverName(id), "D01", std::move(write));
    });
  }
  std::vector<HandOverView> Waiting(const std::string& principal) {
    return intake().hand_overs.List(Window(principal), {"", false, false, Id(), 10})->hand_overs;
  }
};

TEST(WindowPrincipals, AreTheCitysAndItsCounties) {
  const RegionTable& regions = ShippedLaw().catalogue.regions();
  EXPECT_EQ(WindowOf("window", regions)->region, "210600");
  EXPECT_TRUE(WindowOf("window", regions)->city);
  EXPECT_EQ(WindowOf("window-210681", regions)->region, "210681");
  for (const char* none : {"", "portal", "operator", "window-", "window-210600", "window-210621",
                           "window-110000", "window-210681x", "windows"}) {
    EXPECT_FALSE(WindowOf(none, regions)) << none;
  }
}

TEST(WindowPrincipals, AWindowSeesItsOwnAndTheCitysSeesAll) {
  const RegionTable& regions = ShippedLaw().catalogue.regions();
  EXPECT_TRUE(Sees(*WindowOf("window", regions), "210681"));
  EXPECT_TRUE(Sees(*WindowOf(kDonggang, regions), "210681"));
  EXPECT_FALSE(Sees(*WindowOf(kDonggang, regions), "210602"));
  EXPECT_FALSE(Sees(*WindowOf(kDonggang, regions), "210600"));
}

TEST_F(WindowsTest, AFilingKeepsClerkWindowAndRegionAndGoesTheUsualWay) {
  const ApplicationView filed = Filed(kDonggang, {11}, kDonggangSubject);
  const Id& id = filed.application.id;
  EXPECT_TRUE(filed.with_query_code);
  EXPECT_EQ(filed.application.region, "210681");
  EXPECT_EQ(filed.application.number.substr(0, 10), "XYXF210681");
  EXPECT_EQ(filed.application.origin.channel, "window");
  for (const char* kind : {"M2", "M3"}) ASSERT_TRUE(UploadAs(kDonggang, id, kind).ok());
  ASSERT_TRUE(SubmitAs(kDonggang, id).ok());
  const FilingView view = *intake().filings.Get(Window(kDonggang), ApplicationName(id));
  EXPECT_EQ(view.filing.desk.clerk, "C07");
  EXPECT_EQ(view.filing.desk.window, "210681");
  EXPECT_EQ(view.filing.region, "210681");
  EXPECT_EQ(view.application.materials.size(), 2u);
  // Routing hears of it as of any other; who the clerk is stays here.
  const std::vector<messaging::Envelope> sent = Sent();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].type, "xiufu.intake.submitted.v1");
  EXPECT_EQ(sent[0].data.find("C07"), std::string::npos);
  EXPECT_EQ(sent[0].data.find("王小明"), std::string::npos);
}

TEST_F(WindowsTest, AFilingNamesItsClerkAndAWindowOfTheRegion) {
  FileCommand command = Filing({11}, kDonggangSubject);
  command.clerk = "王 小明";
  command.window = "210602";
  command.create.applicant.phone = "none";
  EXPECT_EQ(FieldsIn(File(kDonggang, command).status()),
            (std::vector<std::string>{"clerk", "window", "applicant.phone"}));
  const absl::Status direct =
      Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
        intake().create_application({kDonggang, ""}, Command({1}), std::move(write));
      }).status();
  EXPECT_TRUE(HasReason(direct, "CLERK_REQUIRED")) << direct;
}

TEST_F(WindowsTest, OnlyTheRegionSeesWhatWasFiledThere) {
  const ApplicationView filed = Filed(kDonggang, {11}, kDonggangSubject);
  const std::string name = ApplicationName(filed.application.id);
  EXPECT_TRUE(intake().filings.Get(Window(kDonggang), name).ok());
  EXPECT_TRUE(intake().filings.Get(Window("window"), name).ok());
  EXPECT_TRUE(
      HasReason(intake().filings.Get(Window(kYuanbao), name).status(), "APPLICATION_NOT_FOUND"));
  const ApplicationView portals = Draft({1});
  EXPECT_TRUE(HasReason(
      intake().filings.Get(Window("window"), ApplicationName(portals.application.id)).status(),
      "APPLICATION_NOT_FOUND"))
      << "what was not filed at a window";
  EXPECT_EQ(intake().filings.List(Window(kDonggang), "", Id(), 10)->filings.size(), 1u);
  EXPECT_EQ(intake().filings.List(Window("window"), "", Id(), 10)->filings.size(), 1u);
  EXPECT_EQ(intake().filings.List(Window("window"), "210602", Id(), 10)->filings.size(), 0u);
  EXPECT_EQ(intake().filings.List(Window(kYuanbao), "", Id(), 10)->filings.size(), 0u);
  EXPECT_EQ(intake().filings.List(Window(kYuanbao), "210681", Id(), 10)->filings.size(), 0u);
  EXPECT_TRUE(
      HasReason(UploadAs(kYuanbao, filed.application.id, "M2").status(), "APPLICATION_NOT_FOUND"));
}

TEST_F(WindowsTest, FilingsArePaged) {
  const ApplicationView first = Filed(kYuanbao, {1});
  clock_.Advance(absl::Seconds(1));
  const ApplicationView second = Filed(kYuanbao, {2});
  const FilingPage page = *intake().filings.List(Window(kYuanbao), "", Id(), 1);
  ASSERT_TRUE(page.more);
  EXPECT_EQ(page.filings[0].filing.application, second.application.id);
  const FilingPage rest = *intake().filings.List(Window(kYuanbao), "", second.application.id, 1);
  EXPECT_FALSE(rest.more);
  EXPECT_EQ(rest.filings[0].filing.application, first.application.id);
}

TEST_F(WindowsTest, TheSlipNeedsTheQueryCodeAndTellsWhatADraftLacks) {
  const ApplicationView filed = Filed(kYuanbao, {1});
  const std::string name = ApplicationName(filed.application.id);
  ASSERT_TRUE(UploadAs(kYuanbao, filed.application.id, "M2").ok());
  const auto slip = [&](const std::string& principal, const std::string& code) {
    return intake().filings.PrintSlip(Window(principal), name, code);
  };
  const std::string& code = filed.application.query_code;
  EXPECT_EQ(slip(kYuanbao, code)->missing, (std::vector<std::string>{"M3"}));
  EXPECT_EQ(slip(kYuanbao, code)->window_name, "元宝区信用修复“一件事”办公室");
  EXPECT_TRUE(HasReason(slip(kYuanbao, "WRONGONE").status(), "APPLICATION_NOT_FOUND"));
  EXPECT_TRUE(HasReason(slip(kDonggang, code).status(), "APPLICATION_NOT_FOUND"));
  ASSERT_TRUE(UploadAs(kYuanbao, filed.application.id, "M3").ok());
  EXPECT_TRUE(slip(kYuanbao, code)->missing.empty());
}

TEST_F(WindowsTest, APrecheckTellsEachPaperOnceAndStoresNothingButItsNumber) {
  const char* tables[] = {
      "SELECT count(*) FROM application", "SELECT count(*) FROM application_record",
      "SELECT count(*) FROM material",    "SELECT count(*) FROM timeline",
      "SELECT count(*) FROM filing",      "SELECT count(*) FROM consultation",
      "SELECT count(*) FROM request",     "SELECT count(*) FROM outbox"};
  const Precheck result =
      *Check(Asking({{"M2", "application/pdf", 1000, kPdf, ""}, {"M12", "", 0, "", ""}}));
  EXPECT_EQ(StatesOf(result), (std::vector<std::pair<std::string, PaperState>>{
                                  {"M2", PaperState::kPresent}, {"M3", PaperState::kMissing}}));
  for (const PrecheckedPaper& paper : result.papers) {
    EXPECT_EQ(paper.material.needed_by.size(), 2u) << "once, for both records";
  }
  ASSERT_EQ(result.not_asked.size(), 1u);
  EXPECT_FALSE(result.complete);
  for (const char* table : tables) EXPECT_EQ(CountRows(table), 0) << table;
  ASSERT_TRUE(Check(Asking({{"M2", "", 0, "", ""}, {"M3", "", 0, "", ""}}))->complete);
  for (const char* table : tables) EXPECT_EQ(CountRows(table), 0) << table;
  const WindowCounts counts = *intake().consultations.Count("", "", "");
  ASSERT_EQ(counts.prechecks.size(), 1u);
  EXPECT_EQ(counts.prechecks[0].window, "210602");
  EXPECT_EQ(counts.prechecks[0].month, "2026-06");
  EXPECT_EQ(counts.prechecks[0].count, 2);
}

TEST_F(WindowsTest, APrecheckSeesWrongTypesSizesAndDays) {
  const auto state = [&](const PaperAtHand& paper) {
    return StatesOf(*Check(Asking({paper})))[0].second;
  };
  EXPECT_EQ(state({"M2", "application/msword", 10, "", ""}), PaperState::kWrongType);
  EXPECT_EQ(state({"M2", "application/pdf", 10, "PK\x03\x04 zip", ""}), PaperState::kWrongType);
  EXPECT_EQ(state({"M2", "application/pdf", 30 << 20, kPdf, ""}), PaperState::kTooLarge);
  EXPECT_EQ(state({"M2", "application/pdf", 10, kPdf, "2026-06-14"}), PaperState::kExpired);
  EXPECT_EQ(state({"M2", "application/pdf", 10, kPdf, "2026-06-15"}), PaperState::kPresent);
  // One good one among several is enough.
  EXPECT_EQ(
      StatesOf(*Check(Asking({{"M2", "image/gif", 1, "", ""}, {"M2", "", 0, "", ""}})))[0].second,
      PaperState::kPresent);
  PrecheckCommand agent = Asking({{"M2", "", 0, "", ""}, {"M3", "", 0, "", ""}});
  agent.by_agent = true;
  const Precheck result = *Check(agent);
  EXPECT_EQ(result.papers.back().material.kind, "M5");
  EXPECT_FALSE(result.complete);
}

TEST_F(WindowsTest, APrecheckNamesEveryBadField) {
  PrecheckCommand command = Asking({{"M99", "", -1, std::string(2000, 'x'), "tomorrow"}});
  command.clerk.clear();
  EXPECT_EQ(FieldsIn(Check(command).status()),
            (std::vector<std::string>{"clerk", "papers[0].kind", "papers[0].size",
                                      "papers[0].beginning", "papers[0].valid_until"}));
  EXPECT_EQ(CountRows("SELECT count(*) FROM precheck_count"), 0);
}

TEST_F(WindowsTest, AConsultationIsRecordedAndLinkedLater) {
  const Consultation asked = *Record(kYuanbao, Asked());
  EXPECT_TRUE(asked.subject_uscc.empty());
  const ApplicationView application = Submitted({1});
  ASSERT_TRUE(Open(application.application.id, 101, 1).ok());
  EXPECT_EQ(FieldsIn(Link(kYuanbao, asked.id, {}).status()),
            (std::vector<std::string>{"subject_uscc"}));
  EXPECT_TRUE(
      HasReason(Link(kDonggang, asked.id, {kSubject, "", ""}).status(), "CONSULTATION_NOT_FOUND"));
  const std::string number = absl::StrCat("applications/", application.application.number);
  EXPECT_TRUE(HasReason(Link(kYuanbao, asked.id, {"", number, CaseName(TestId(102))}).status(),
                        "CASE_NOT_FOUND"));
  EXPECT_EQ(FieldsIn(Link(kYuanbao, asked.id, {kOtherSubject, number, ""}).status()),
            (std::vector<std::string>{"subject_uscc"}));
  ASSERT_TRUE(Link(kYuanbao, asked.id, {kSubject, number, CaseName(TestId(101))}).ok());
  const Consultation linked = Listed(kYuanbao).front();
  EXPECT_EQ(linked.subject_uscc, kSubject);
  EXPECT_EQ(linked.application, application.application.id);
  EXPECT_EQ(linked.case_id, TestId(101));
  EXPECT_EQ(linked.answer, Asked().answer);
}

TEST_F(WindowsTest, WhatAnotherWindowHasIsAsUnknownAsWhatThereIsNot) {
  const Consultation asked = *Record(kYuanbao, Asked());
  const ApplicationView there = Filed(kDonggang, {11}, kDonggangSubject);
  const auto link = [&](const char* principal, const std::string& number) {
    return Link(principal, asked.id,
                {kSubject, absl::StrCat("applications/", number), CaseName(TestId(101))})
        .status();
  };
  const std::string own = Filed(kYuanbao, {2}).application.number;
  const absl::Status others = link(kYuanbao, there.application.number);
  EXPECT_TRUE(HasReason(others, "APPLICATION_NOT_FOUND")) << others;
  EXPECT_EQ(others,
            Link(kYuanbao, asked.id, {kSubject, ApplicationName(TestId(77)), CaseName(TestId(101))})
                .status());
  EXPECT_TRUE(HasReason(link(kYuanbao, own), "CASE_NOT_FOUND"));
  ConsultationCommand at_once = Asked();
  at_once.link.application = ApplicationName(there.application.id);
  EXPECT_EQ(Record(kYuanbao, at_once).status(), others);
  EXPECT_TRUE(Record("window", at_once).ok()) << "the city's sees all";
}

TEST_F(WindowsTest, AConsultationNamesEveryBadField) {
  ConsultationCommand command;
  command.contact_phone = "call me";
  command.link.case_name = CaseName(TestId(101));
  EXPECT_EQ(FieldsIn(Record(kYuanbao, command).status()),
            (std::vector<std::string>{"clerk", "mode", "topic", "question", "answer",
                                      "contact_phone", "application"}));
}

TEST_F(WindowsTest, TheRegisterIsSearchedAndCounted) {
  ConsultationCommand about = Asked();
  about.link.subject_uscc = kSubject;
  ASSERT_TRUE(Record(kYuanbao, about).ok());
  clock_.Advance(absl::Hours(24 * 20));  // into July
  ConsultationCommand paid = Asked();
  paid.topic = "PAID_AGENTS";
  paid.question = "有公司说付款就能修复";
  ASSERT_TRUE(Record(kYuanbao, paid).ok());
  ASSERT_TRUE(Record(kDonggang, Asked()).ok());
  ConsultationFilter filter;
  EXPECT_EQ(Listed(kYuanbao).size(), 2u);
  EXPECT_EQ(Listed(kDonggang).size(), 1u);
  EXPECT_EQ(Listed("window").size(), 3u);
  filter.text = "付款";
  EXPECT_EQ(Listed(kYuanbao, filter).size(), 1u);
  EXPECT_EQ(Listed(kDonggang, filter).size(), 0u);
  filter = {};
  filter.topic = "MATERIALS";
  EXPECT_EQ(Listed("window", filter).size(), 2u);
  filter = {};
  filter.subject_uscc = kSubject;
  EXPECT_EQ(Listed("window", filter).size(), 1u);
  filter = {};
  filter.from = StartOfLegalDay(absl::CivilDay(2026, 7, 1));
  EXPECT_EQ(Listed(kYuanbao, filter).size(), 1u);
  filter = {};
  filter.region = "210681";
  EXPECT_EQ(Listed("window", filter).size(), 1u);
  EXPECT_EQ(Listed(kYuanbao, filter).size(), 0u) << "another's region";

  const auto counted = [&](const char* region, const char* from) {
    std::vector<std::string> rows;
    const WindowCounts counts = *intake().consultations.Count(region, from, "");
    for (const WindowCount& one : counts.consultations) {
      rows.push_back(absl::StrCat(one.month, " ", one.window, " ", one.topic, " ", one.count));
    }
    return rows;
  };
  EXPECT_EQ(counted("", ""),
            (std::vector<std::string>{"2026-06 210602 MATERIALS 1", "2026-07 210602 PAID_AGENTS 1",
                                      "2026-07 210681 MATERIALS 1"}));
  EXPECT_EQ(counted("210681", "2026-07"), (std::vector<std::string>{"2026-07 210681 MATERIALS 1"}));
}

TEST_F(WindowsTest, WhomToCallBackIsForgottenInTime) {
  ConsultationCommand command = Asked();
  command.contact_name = "刘某";
  command.contact_phone = "0415-1234567";
  const Consultation written = *Record(kYuanbao, command);
  EXPECT_EQ(written.contact_phone + written.question + written.answer, "")
      << "the answer to a write is kept for ever";
  ASSERT_TRUE(ArmContactErasure(*database_, clock_.Now()).ok());
  const auto erase = [&] {
    const auto& fn = wiring_.timers.by_kind.at("intake.erase_contacts");
    database_->Write([&](storage::Tx& tx) { return fn({}, clock_.Now(), tx); },
                     [](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
    database_->RunPending();
    return Listed(kYuanbao).front();
  };
  const catalogue::WindowTerms& terms = ShippedLaw().catalogue.window_terms();
  clock_.Advance(absl::Hours(24) * terms.contact_days);
  EXPECT_EQ(erase().contact_phone, "0415-1234567");
  clock_.Advance(absl::Hours(1));
  const Consultation old = erase();
  EXPECT_EQ(old.contact_name + old.contact_phone, "");
  EXPECT_EQ(old.question, command.question);
  clock_.Advance(absl::Hours(24) * (terms.register_days - terms.contact_days));
  const Consultation older = erase();
  EXPECT_EQ(older.question + older.answer, "");
  EXPECT_EQ(older.topic, command.topic) << "what is counted stays";
}

TEST_F(WindowsTest, AnApplicationGoesToTheCountyOfItsSubject) {
  const ApplicationView filed = Filed(kYuanbao, {11}, kDonggangSubject);
  const Id& id = filed.application.id;
  const std::string name = ApplicationName(id);
  const HandOverCommand give{"C07", name, "", "", "住所在东港"};
  EXPECT_TRUE(HasReason(Give(kDonggang, give).status(), "APPLICATION_NOT_FOUND"));
  const HandOverView given = *Give(kYuanbao, give);
  EXPECT_EQ(given.hand_over.to_region, "210681");
  EXPECT_EQ(given.application_number, filed.application.number);
  EXPECT_TRUE(HasReason(Give(kYuanbao, give).status(), "HAND_OVER_OPEN"));
  // Both see it; until it is taken up, who has it acts on it.
  EXPECT_EQ(Waiting(kDonggang).size(), 1u);
  EXPECT_EQ(Waiting("window").size(), 1u);
  EXPECT_EQ(Waiting(kYuanbao).size(), 0u);
  EXPECT_TRUE(intake().filings.Get(Window(kDonggang), name).ok());
  EXPECT_TRUE(UploadAs(kYuanbao, id, "M2").ok());
  EXPECT_FALSE(UploadAs(kDonggang, id, "M3").ok());

  EXPECT_TRUE(HasReason(TakeUp(kYuanbao, given.hand_over.id).status(), "HAND_OVER_NOT_FOUND"));
  ASSERT_TRUE(TakeUp(kDonggang, given.hand_over.id).ok());
  EXPECT_TRUE(HasReason(TakeUp(kDonggang, given.hand_over.id).status(), "HAND_OVER_TAKEN_UP"));
  EXPECT_TRUE(Waiting(kDonggang).empty());
  EXPECT_TRUE(UploadAs(kDonggang, id, "M3").ok());
  EXPECT_FALSE(UploadAs(kYuanbao, id, "M3").ok());
  EXPECT_TRUE(SubmitAs(kDonggang, id).ok());
  EXPECT_FALSE(intake().filings.Get(Window(kYuanbao), name).ok());
  EXPECT_EQ(intake().filings.Get(Window(kDonggang), name)->filing.desk.region, "210602")
      << "where it was filed is kept";
  const HandOverPage kept = *intake().hand_overs.List(Window(kYuanbao), {"", true, true, Id(), 10});
  ASSERT_EQ(kept.hand_overs.size(), 1u);
  EXPECT_EQ(kept.hand_overs[0].hand_over.reason, "住所在东港");
  EXPECT_EQ(kept.hand_overs[0].hand_over.to_clerk, "D01");
}

TEST_F(WindowsTest, AConsultationIsHandedOverToo) {
  const Consultation asked = *Record(kYuanbao, Asked());
  HandOverCommand give{"C07", "", ConsultationName(asked.id), "", "不属于本区"};
  EXPECT_EQ(FieldsIn(Give(kYuanbao, give).status()), (std::vector<std::string>{"to_region"}))
      << "nobody knows whose it is";
  give.to_region = "210602";
  EXPECT_EQ(FieldsIn(Give(kYuanbao, give).status()), (std::vector<std::string>{"to_region"}));
  give.to_region = "210681";
  const HandOverView given = *Give(kYuanbao, give);
  ASSERT_TRUE(TakeUp(kDonggang, given.hand_over.id).ok());
  EXPECT_TRUE(Listed(kYuanbao).empty());
  EXPECT_EQ(Listed(kDonggang).size(), 1u);
  EXPECT_EQ(intake().consultations.Count("210602", "", "")->consultations.size(), 1u)
      << "counted where it was taken";
}

TEST_F(WindowsTest, AHandOverNamesEveryBadField) {
  EXPECT_EQ(FieldsIn(Give(kYuanbao, {"", "", "", "", ""}).status()),
            (std::vector<std::string>{"clerk", "application", "reason"}));
  EXPECT_EQ(FieldsIn(Give(kYuanbao, {"C07", "applications/x", "", "", "误收"}).status()),
            (std::vector<std::string>{"application"}));
}

}  // namespace
}  // namespace xiufu::intake
