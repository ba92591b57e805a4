// Objections: the table, and what becomes of one on a store. Never a word about publicity, never a
// case that waits for it.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "absl/strings/ascii.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/catalogue/messages.h"
#include "services/routing/domain/objection_transition.h"
#include "services/routing/drivers/conflict_table.h"
#include "services/routing/drivers/due_move_table.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/intake/v1/objection.pb.h"
#include "xiufu/routing/v1/objection.pb.h"

namespace xiufu::routing {
namespace {

TEST(ObjectionTableTest, EveryStateThatIsNotFinalHasAnOwnerAClockAndAnExit) {
  for (const ObjectionStateInfo& info : ObjectionStates()) {
    bool exit = false;
    for (int kind = 0; kind < kObjectionInputKinds; ++kind) {
      const ObjectionTransition to =
          TransitionOf(info.state, static_cast<ObjectionInputKind>(kind));
      exit |= to.meaning == Meaning::kMove && to.next != info.state;
    }
    EXPECT_EQ(exit, !IsFinal(info.state)) << info.name;
    EXPECT_EQ(!info.clock.empty(), !IsFinal(info.state)) << info.name;
  }
}

TEST(ObjectionTableTest, EveryStateCanBeReachedAndHasItsPlainWords) {
  std::set<ObjectionState> reached = {ObjectionState::kFiled};
  for (size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (ObjectionState state : std::set<ObjectionState>(reached)) {
      for (int kind = 0; kind < kObjectionInputKinds; ++kind) {
        const ObjectionTransition to = TransitionOf(state, static_cast<ObjectionInputKind>(kind));
        if (to.meaning == Meaning::kMove) reached.insert(to.next);
      }
    }
  }
  EXPECT_EQ(reached.size(), static_cast<size_t>(kObjectionStates));
  const catalogue::Messages words = *catalogue::Messages::Load("deploy/messages");
  for (const ObjectionStateInfo& info : ObjectionStates()) {
    EXPECT_TRUE(words.Require({absl::StrCat("OBJECTION_", info.name)}).ok()) << info.name;
  }
}

TEST(ObjectionTableTest, OnlyAnswersAreRecordedAndNothingMovesWhatIsOver) {
  for (const ObjectionStateInfo& info : ObjectionStates()) {
    for (int kind = 0; kind < kObjectionInputKinds; ++kind) {
      const auto input = static_cast<ObjectionInputKind>(kind);
      const Meaning meaning = TransitionOf(info.state, input).meaning;
      const bool answer = input == ObjectionInputKind::kUpheld ||
                          input == ObjectionInputKind::kRejected ||
                          input == ObjectionInputKind::kReturned;
      EXPECT_TRUE(meaning != Meaning::kRecord || answer) << info.name << " " << NameOf(input);
      EXPECT_TRUE(meaning != Meaning::kMove || !IsFinal(info.state)) << info.name;
    }
  }
}

TEST(ObjectionTableTest, TheTableForPeopleIsTheOneThatRuns) {
  std::ifstream file("services/routing/OBJECTIONS.md");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(text, DescribeObjections())
      << "routing_states objections > services/routing/OBJECTIONS.md";
}

class RoutingObjectionTest : public ::testing::Test {
 protected:
  intake::v1::ObjectionFiled Filed(const std::string& authority = "transport") const {
    intake::v1::ObjectionFiled event;
    event.set_objection(Bytes(objection_));
    event.set_number("XYXF2106002026052900000002Y");
    event.set_kind(common::v1::OBJECTION_KIND_PERIOD);
    event.mutable_record()->set_record(Bytes(DeriveId(Id(), "record0", 1, {1, 7})));
    event.mutable_record()->set_version(3);
    event.mutable_record()->mutable_authority()->set_code(authority);
    event.mutable_record()->mutable_authority()->set_name("丹东市某局");
    event.mutable_rule()->set_rule_id("OBJ");
    event.mutable_rule()->set_catalogue_version("1");
    event.mutable_filed_at()->set_seconds(absl::ToUnixSeconds(RoutingRig::kStart));
    return event;
  }
  void File(const std::string& authority = "transport") {
    Tell("intake", "xiufu.intake.objection_filed.v1", Filed(authority));
  }
  void GiveUp(int hour) {
    intake::v1::ObjectionWithdrawalRequested event;
    event.set_objection(Bytes(objection_));
    event.mutable_requested_at()->set_seconds(absl::ToUnixSeconds(up_.At(hour)));
    Tell("intake", "xiufu.intake.objection_withdrawal_requested.v1", event);
  }
  void Delivered(int hour) {
    department::v1::TaskDelivered event;
    event.set_task(Bytes(task_));
    event.set_case_id(Bytes(objection_));
    event.set_application(Bytes(objection_));
    event.set_authority_code(authority_);
    event.mutable_delivered_at()->set_seconds(absl::ToUnixSeconds(up_.At(hour)));
    Tell("adapter." + authority_, "xiufu.adapter.objection_delivered.v1", event);
  }
  department::v1::TaskAnswered Answer(int hour, const std::string& id, bool upheld) const {
    department::v1::TaskAnswered event;
    event.set_task(Bytes(task_));
    event.set_case_id(Bytes(objection_));
    event.set_application(Bytes(objection_));
    event.set_authority_code(authority_);
    event.mutable_received_at()->set_seconds(absl::ToUnixSeconds(up_.At(hour)));
    event.mutable_answer()->set_answer_id(id);
    if (upheld) {
      event.mutable_answer()->mutable_objection_upheld()->set_correction(
          "公示截止期更正为2026-06-01");
    } else {
      event.mutable_answer()->mutable_objection_rejected()->add_reasons("公示期限计算无误");
      event.mutable_answer()->mutable_objection_rejected()->set_remedies("可申请行政复议");
    }
    return event;
  }
  void Answered(int hour, const std::string& id, bool upheld) {
    Tell("adapter." + authority_, "xiufu.adapter.objection_answered.v1", Answer(hour, id, upheld));
  }
  void Returned(int hour, const std::string& id) {
    department::v1::TaskAnswered event = Answer(hour, id, true);
    event.mutable_answer()->mutable_returned()->set_reason("非本机关认定");
    Tell("adapter." + authority_, "xiufu.adapter.objection_answered.v1", event);
  }
  absl::Status Assign(const std::string& authority) {
    // As the desk's call has it: from the objection's id, which names no place.
    const messaging::Cause cause{DeriveId(objection_, "assign", 0, {1, 7}), up_.At(48), {9, 9}, ""};
    const catalogue::LawInForce law{ShippedLaw()};
    return Write([&](storage::Tx& tx) {
      return AssignObjectionTo({objection_, authority, "王某", "按职责分工"}, law, cause, tx);
    });
  }
  absl::Status Write(std::function<absl::Status(storage::Tx&)> fn) {
    absl::Status written = absl::UnknownError("not run");
    rig_->database().Write(std::move(fn), [&](const absl::Status& status) { written = status; });
    while (rig_->database().RunPending() > 0) {
    }
    return written;
  }
  // What the authority was given; from now on answers are about that.
  department::v1::ObjectionGiven LastGiven() {
    const auto given =
        rig_->EmittedAs<department::v1::ObjectionGiven>("xiufu.dept.objection_given.v1");
    const std::string holder = rig_->One("SELECT hex(task) FROM objection");
    for (const auto& one : given) {
      task_ = *Id::FromBytes(one.task());
      authority_ = one.authority_code();
      if (absl::AsciiStrToUpper(HexEncode(one.task())) == holder) return one;
    }
    ADD_FAILURE() << "nobody was given it";
    return {};
  }
  v1::ObjectionChanged LastChange() {
    return rig_->EmittedAs<v1::ObjectionChanged>("xiufu.routing.objection_changed.v1").back();
  }
  std::string State() { return rig_->One("SELECT state FROM objection"); }
  std::vector<std::string> Clocks() {
    return rig_->Column(
        "SELECT kind || ' ' || start_event || ' ' || due_date FROM deadline"
        " ORDER BY kind");
  }
  // The days on which they are due.
  std::vector<std::string> Timers() {
    return rig_->Column(
        "SELECT kind || ' ' || date(due / 1000, 'unixepoch', '+8 hours')"
        " FROM timer WHERE kind LIKE 'OBJECTION%' ORDER BY kind");
  }
  std::string Late() {
    return rig_->One(
        "SELECT trim("
        "coalesce('theirs ' || date(overdue_since / 1000, 'unixepoch', '+8 hours'), '')"
        " || coalesce(' ours ' || date(undelivered_since / 1000, 'unixepoch',"
        " '+8 hours'), '')) FROM objection");
  }
  void GoTo(int month, int day) {
    rig_->clock().AdvanceTo(StartOfLegalDay(absl::CivilDay(2026, month, day)));
    rig_->RunDue();
  }
  // Wednesday, 3 June, is off for everybody.
  void LoadCalendarWithADayOff() {
    TempFolder days{"deploy/calendars"};
    days.Replace("2026.toml", "working_days = 248", "working_days = 247");
    days.Append("2026.toml", R"(
[[holiday]]
name = "停办日"
name_en = "closed"
from = 2026-06-03
to = 2026-06-03
)");
    rig_->Load(*catalogue::LoadLaw({"deploy/catalogue", days.path(), "deploy/authorities"}));
    while (rig_->One("SELECT count(*) FROM timer WHERE kind = 'CALENDAR_PASS'") != "0") {
      rig_->RunDue();
    }
  }
  std::vector<AnswerConflict> Conflicts() {
    std::vector<AnswerConflict> open;
    EXPECT_TRUE(rig_->database()
                    .Read([&](storage::Session& session) {
                      open = ConflictTable().Open(session, {}, 10);
                      return session.status();
                    })
                    .ok());
    return open;
  }

  static std::string Bytes(const Id& id) { return std::string(id.bytes()); }
  template <typename Proto>
  void Tell(const std::string& stream, const std::string& type, const Proto& proto) {
    messaging::Envelope envelope;
    envelope.type = type;
    envelope.stream = stream;
    envelope.data = proto.SerializeAsString();
    // As a restored producer says it again: under the same id.
    envelope.id = DeriveId(objection_, type + envelope.data, 0, {1, 7});
    envelope.application = objection_;
    envelope.place = {1, 7};
    envelope.epoch = 1000;
    envelope.seq = ++said_;
    rig_->Handle({envelope, messaging::EncodeEnvelope(envelope)});
  }

  RoutingRig first_;
  RoutingRig* rig_ = &first_;
  Upstream up_{RoutingRig::kStart};
  const Id objection_ = DeriveId(Id(), "objection", 1, {1, 7});
  Id task_ = DeriveId(Id(), "no task yet", 1, {1, 7});
  std::string authority_ = "transport";
  int64_t said_ = 0;
};

TEST_F(RoutingObjectionTest, GoesToTheAuthorityWithItsOwnClock) {
  File();
  EXPECT_EQ(State(), "1");
  const auto given = LastGiven();
  EXPECT_EQ(given.kind(), "PERIOD");
  // Seven working days after Friday, 29 May, itself not counted.
  EXPECT_EQ(given.decide_due(), "2026-06-09");
  EXPECT_EQ(Clocks(), (std::vector<std::string>{"DELIVER TASK_GIVEN 2026-06-01"}));
  // Read on the Saturday: counted from then on.
  Delivered(24);
  EXPECT_EQ(LastChange().deadlines(0).kind(), "DECIDE");
  EXPECT_EQ(LastChange().deadlines(0).due_date(), "2026-06-09");
  EXPECT_EQ(Clocks()[0], "DECIDE PUSHED_TO_AUTHORITY 2026-06-09");
  EXPECT_EQ(Timers(), (std::vector<std::string>{"OBJECTION_DUE 2026-06-10"}));
  EXPECT_EQ(rig_->One("SELECT count(*) FROM kase"), "0");
}

TEST_F(RoutingObjectionTest, IsAnsweredOnceAndSaysSo) {
  File();
  LastGiven();
  Delivered(1);
  EXPECT_EQ(State(), "2");
  Answered(2, "o1", true);
  EXPECT_EQ(State(), "4");
  EXPECT_EQ(LastChange().correction(), "公示截止期更正为2026-06-01");
  EXPECT_EQ(LastChange().version(), 3);
  EXPECT_TRUE(Timers().empty());
  // It says nothing to those who publish, and takes no decision.
  for (const messaging::Envelope& event : rig_->Emitted()) {
    EXPECT_NE(event.type, "xiufu.routing.answer_taken.v1");
  }
}

TEST_F(RoutingObjectionTest, ARejectionHasItsReasonsAndRemedies) {
  File();
  LastGiven();
  Answered(2, "o1", false);  // before the acknowledgement is read
  Delivered(1);
  EXPECT_EQ(State(), "5");
  EXPECT_EQ(LastChange().reasons(0), "公示期限计算无误");
  EXPECT_EQ(LastChange().remedies(), "可申请行政复议");
}

TEST_F(RoutingObjectionTest, ASecondAnswerIsKeptForAPersonAndNeverApplied) {
  File();
  LastGiven();
  Answered(2, "o1", false);
  Answered(3, "o2", true);
  EXPECT_EQ(State(), "5");
  ASSERT_EQ(Conflicts().size(), 1u);
  EXPECT_TRUE(Conflicts()[0].objection);
  EXPECT_EQ(Conflicts()[0].key.answer_id, "o2");
  EXPECT_EQ(Conflicts()[0].reason, "异议已有答复，不再采用 / the objection is answered already");
  Answered(2, "o1", true);  // other words under a known name
  EXPECT_EQ(rig_->Waiting().parked, 1);
}

TEST_F(RoutingObjectionTest, OneThatIsNotTheirsWaitsAtTheDeskAndTheNextHasItsOwnClock) {
  File();
  LastGiven();
  Returned(2, "o1");
  EXPECT_EQ(State(), "3");
  EXPECT_EQ(LastChange().reasons(0), "非本机关认定");
  EXPECT_EQ(ReasonOf(Assign("court"))->reason, "NOT_IN_SUITE");
  ASSERT_TRUE(Assign("construction").ok());
  EXPECT_EQ(State(), "1");
  const auto given = LastGiven();
  EXPECT_EQ(given.authority_code(), "construction");
  EXPECT_EQ(given.decide_due(), "2026-06-09") << "seven working days from the Sunday";
  Delivered(72);
  EXPECT_EQ(Clocks()[0], "DECIDE PUSHED_TO_AUTHORITY 2026-06-10") << "its own, not the first one's";
  for (const messaging::Envelope& event : rig_->Emitted()) {
    EXPECT_EQ(event.place.bucket, 7) << event.type;
  }
  EXPECT_EQ(ReasonOf(Assign("transport"))->reason, "NOT_TO_BE_ASSIGNED");
  Answered(60, "o1", true);
  EXPECT_EQ(State(), "4");
}

TEST_F(RoutingObjectionTest, OfNobodyHereItIsTheDesksFromTheBeginning) {
  File("no-such-authority");
  EXPECT_EQ(State(), "3");
  EXPECT_EQ(LastChange().state(), common::v1::OBJECTION_STATE_TO_BE_ASSIGNED);
  ASSERT_TRUE(Assign("construction").ok());
  EXPECT_EQ(LastGiven().authority_code(), "construction");
}

TEST_F(RoutingObjectionTest, WhatTheFormerAuthoritySaysIsRecordedOnly) {
  File();
  LastGiven();
  Returned(2, "o1");
  ASSERT_TRUE(Assign("construction").ok());
  Answered(3, "o2", true);
  EXPECT_EQ(State(), "1");
  EXPECT_EQ(Conflicts().size(), 1u);
}

TEST_F(RoutingObjectionTest, IsGivenUpUntilItIsAnswered) {
  File();
  LastGiven();
  GiveUp(1);
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(rig_->EmittedAs<department::v1::TaskCancelled>("xiufu.dept.task_cancelled.v1").size(),
            1u);
  Answered(2, "o1", true);
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(Conflicts().size(), 1u);
}

TEST_F(RoutingObjectionTest, AfterTheAnswerItIsTooLateToGiveUp) {
  File();
  LastGiven();
  Answered(1, "o1", true);
  GiveUp(2);
  EXPECT_EQ(State(), "4");
  EXPECT_EQ(rig_->Waiting().parked, 0);
}

// Under a catalogue that counts from the filing, as those before 2026.11.7 did.
TEST_F(RoutingObjectionTest, WhatStartsTheClockIsData) {
  TempFolder rules{"deploy/catalogue"};
  rules.Replace("deadlines.toml", "start_event = \"PUSHED_TO_AUTHORITY\"  # 认定单位系统收到",
                "start_event = \"RECEIVED\"  #");
  rig_->Load(*catalogue::LoadLaw({rules.path(), "deploy/calendars", "deploy/authorities"}));
  File();
  EXPECT_EQ(Clocks()[0], "DECIDE RECEIVED 2026-06-09");
  LastGiven();
  Delivered(72);
  Returned(73, "o1");
  ASSERT_TRUE(Assign("construction").ok());
  EXPECT_EQ(LastGiven().decide_due(), "2026-06-09");
  Delivered(100);
  EXPECT_EQ(Clocks()[0], "DECIDE RECEIVED 2026-06-09") << "goes on, whoever has it";
}

TEST_F(RoutingObjectionTest, OneThatWeCouldNotDeliverCountsAgainstUs) {
  File();
  LastGiven();
  GoTo(6, 20);
  EXPECT_EQ(Late(), "ours 2026-06-02");
  Delivered(24 * 25);  // 23 June
  EXPECT_EQ(Clocks()[0], "DECIDE PUSHED_TO_AUTHORITY 2026-07-02");
  Answered(24 * 26, "o1", true);
  EXPECT_EQ(Late(), "ours 2026-06-02");
}

TEST_F(RoutingObjectionTest, WhatIsDeliveredInTimeAndReadLateIsNotLate) {
  File();
  LastGiven();
  GoTo(6, 20);
  EXPECT_EQ(Late(), "ours 2026-06-02");
  Delivered(24);
  EXPECT_EQ(Late(), "");
  rig_->RunDue();
  EXPECT_EQ(Late(), "theirs 2026-06-10") << "no answer is known";
  Answered(48, "o1", true);
  EXPECT_EQ(Late(), "");
}

TEST_F(RoutingObjectionTest, AtTheDeskTheTimeIsOursAndTheFormerAuthoritysIsOver) {
  File();
  LastGiven();
  Delivered(1);
  Returned(72, "o1");  // Monday
  EXPECT_TRUE(LastChange().due_ended());
  EXPECT_EQ(Timers(), (std::vector<std::string>{"OBJECTION_DELIVER_DUE 2026-06-03"}));
  GoTo(6, 20);
  EXPECT_EQ(Late(), "ours 2026-06-03");
}

TEST_F(RoutingObjectionTest, ADueDateMovesWithTheCalendar) {
  File();
  LastGiven();
  Delivered(1);
  LoadCalendarWithADayOff();
  EXPECT_EQ(Clocks()[0], "DECIDE PUSHED_TO_AUTHORITY 2026-06-10");
  EXPECT_EQ(Timers(), (std::vector<std::string>{"OBJECTION_DUE 2026-06-11"}));
  EXPECT_EQ(LastChange().version(), 3);
  EXPECT_EQ(LastChange().state(), common::v1::OBJECTION_STATE_WITH_AUTHORITY);
  EXPECT_EQ(LastChange().deadlines(0).due_date(), "2026-06-10");
  std::vector<DueMoveRow> moves;
  EXPECT_TRUE(rig_->database()
                  .Read([&](storage::Session& session) {
                    moves = DueMoveTable().List(session, 0, 10);
                    return session.status();
                  })
                  .ok());
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_EQ(moves[0].objection, objection_);
  EXPECT_EQ(moves[0].application_number, "XYXF2106002026052900000002Y");
  EXPECT_EQ(moves[0].from_date + moves[0].to_date, "2026-06-092026-06-10");
  Answered(2, "o1", true);
  EXPECT_EQ(LastChange().version(), 4);
}

TEST_F(RoutingObjectionTest, WhatIsAnsweredDoesNotMove) {
  File();
  LastGiven();
  Delivered(1);
  Answered(2, "o1", true);
  LoadCalendarWithADayOff();
  EXPECT_EQ(Clocks()[0], "DECIDE PUSHED_TO_AUTHORITY 2026-06-09");
  EXPECT_EQ(LastChange().version(), 3);
}

TEST_F(RoutingObjectionTest, NothingEndsByALateAnswerAndTheLatenessIsKept) {
  File();
  LastGiven();
  Delivered(1);
  rig_->clock().AdvanceTo(absl::FromCivil(absl::CivilDay(2026, 6, 10), absl::FixedTimeZone(28800)));
  rig_->RunDue();
  EXPECT_EQ(State(), "2");
  EXPECT_EQ(rig_->One("SELECT overdue_since IS NOT NULL FROM objection"), "1");
  Answered(24 * 13, "o1", true);
  EXPECT_EQ(State(), "4");
  EXPECT_EQ(rig_->One("SELECT overdue_since IS NOT NULL FROM objection"), "1");
}

TEST_F(RoutingObjectionTest, AnAnswerInTimeThatIsReadLateIsNotLate) {
  File();
  LastGiven();
  Delivered(1);
  rig_->clock().AdvanceTo(absl::FromCivil(absl::CivilDay(2026, 6, 10), absl::FixedTimeZone(28800)));
  rig_->RunDue();
  Answered(24, "o1", true);
  EXPECT_EQ(rig_->One("SELECT overdue_since IS NULL FROM objection"), "1");
}

TEST_F(RoutingObjectionTest, NeitherBlocksARepairNorIsBlockedByOne) {
  rig_->Deliver({up_.Submitted()});
  File();
  LastGiven();
  // The case about the same record goes its way, with the objection open.
  rig_->Deliver({up_.Accepted(1, "a1"), up_.Decided(2, "a2"), up_.Entered(3, "a2")});
  EXPECT_EQ(rig_->One("SELECT state FROM kase"), "6");
  EXPECT_EQ(State(), "1");
  Answered(4, "o1", true);
  EXPECT_EQ(rig_->One("SELECT state FROM kase"), "6");
  EXPECT_EQ(State(), "4");
}

TEST_F(RoutingObjectionTest, TheSameAgainIsNothingAndOtherContentIsParked) {
  File();
  File();
  EXPECT_EQ(rig_->EmittedAs<department::v1::ObjectionGiven>("xiufu.dept.objection_given.v1").size(),
            1u);
  intake::v1::ObjectionFiled other = Filed();
  other.set_kind(common::v1::OBJECTION_KIND_CONTENT);
  Tell("intake", "xiufu.intake.objection_filed.v1", other);
  EXPECT_EQ(rig_->Waiting().parked, 1);
}

// A restored store reads the adapter's stream before intake's: the answer waits for the filing.
TEST_F(RoutingObjectionTest, AnAnswerThatComesBeforeTheFilingIsTakenWithIt) {
  File();
  LastGiven();
  Delivered(1);
  Answered(2, "o1", false);
  const auto said = rig_->Said();
  RoutingRig restored;
  rig_ = &restored;
  Delivered(1);
  Answered(2, "o1", false);
  EXPECT_EQ(rig_->One("SELECT count(*) FROM early_input"), "2");
  File();
  EXPECT_EQ(rig_->Said(), said);
  EXPECT_EQ(rig_->One("SELECT count(*) FROM early_input"), "0");
}

// The adapters' streams of two authorities, read before intake's: each task has its own delivery.
TEST_F(RoutingObjectionTest, DeliveriesOfTwoTasksBeforeTheFilingAreKeptApart) {
  File();
  LastGiven();
  const Id first_task = task_;
  Returned(2, "o1");
  ASSERT_TRUE(Assign("construction").ok());
  LastGiven();
  RoutingRig restored;
  rig_ = &restored;
  Delivered(50);
  task_ = first_task;
  authority_ = "transport";
  Delivered(1);
  EXPECT_EQ(rig_->One("SELECT count(*) FROM early_input"), "2");
  File();
  EXPECT_EQ(State(), "2");
  EXPECT_EQ(rig_->One("SELECT count(*) FROM objection_task WHERE delivered_at IS NOT NULL"), "1");
}

TEST_F(RoutingObjectionTest, WhereverTheFilingComesAmongTheAnswersTheOutcomeIsTheSame) {
  File();
  LastGiven();
  const std::vector<std::function<void()>> upstream = {
      [&] { Delivered(1); }, [&] { Returned(2, "o1"); }, [&] { Answered(3, "o2", true); },
      [&] { Answered(4, "o3", false); }, [&] { Returned(2, "o1"); }};
  const auto outcome = [&] {
    return rig_->Column(
        "SELECT 'state ' || state || ' ' || version || ' ' || counted_answer FROM objection"
        " UNION ALL SELECT answer_id || ' ' || counts || reason FROM objection_answer"
        " UNION ALL SELECT kind || due_date FROM deadline"
        " UNION ALL SELECT 'early' FROM early_input ORDER BY 1");
  };
  for (const auto& say : upstream) say();
  const std::vector<std::string> expected = outcome();
  for (size_t filed_at = 1; filed_at <= upstream.size(); ++filed_at) {
    RoutingRig other;
    rig_ = &other;
    for (size_t i = 0; i < upstream.size(); ++i) {
      if (i == filed_at) File();
      upstream[i]();
    }
    if (filed_at == upstream.size()) File();
    EXPECT_EQ(outcome(), expected) << "filed behind " << filed_at;
    EXPECT_EQ(rig_->Waiting().parked, 0);
    rig_ = &first_;
  }
}

TEST_F(RoutingObjectionTest, APersonSettlesAConflictOnceAndItIsOffTheList) {
  File();
  LastGiven();
  Answered(2, "o1", false);
  Answered(3, "o2", true);
  const ConflictTable table;
  const DismissAnswer dismiss(&table);
  const auto settle = [&](const std::string& answer) {
    return Write([&](storage::Tx& tx) {
      return dismiss({{objection_, task_, answer}, "李某", "以先到的答复为准"}, up_.At(5), tx);
    });
  };
  EXPECT_EQ(ReasonOf(settle("o9"))->reason, "ANSWER_NOT_FOUND");
  EXPECT_EQ(ReasonOf(settle("o1"))->reason, "ANSWER_COUNTS");
  ASSERT_TRUE(settle("o2").ok());
  EXPECT_EQ(ReasonOf(settle("o2"))->reason, "ALREADY_SETTLED");
  EXPECT_TRUE(Conflicts().empty());
  EXPECT_EQ(rig_->One("SELECT person||reason FROM settled_answer"), "李某以先到的答复为准");
  EXPECT_EQ(State(), "5");
}

}  // namespace
}  // namespace xiufu::routing
