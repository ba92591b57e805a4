// Objections that an agent files: only by a power of attorney that covers it on that day.
#include <gtest/gtest.h>

#include "tests/unit/intake_window_rig.h"

namespace xiufu::intake {
namespace {

class ObjectionAgentTest : public WindowTest {
 protected:
  // It names objecting, and nothing else.
  static PowerCommand ToObject() {
    PowerCommand power = Power();
    power.acts = {static_cast<int>(Act::kObject)};
    return power;
  }
  absl::StatusOr<ObjectionView> CreateObjection(const std::optional<PowerCommand>& power,
                                                Capacity capacity = Capacity::kAgent) {
    const ObjectionCommand command{.subject_uscc = kSubject,
                                   .record = RecordName(TestId(1)),
                                   .kind = ObjectionKind::kContent,
                                   .statement = "公示的罚款金额与决定书不一致",
                                   .applicant = {"李代理", "0415-1234567", capacity},
                                   .power = power};
    return Run<ObjectionView>([&](ClientWrite<ObjectionView> write) {
      intake().objections.Create(call_, command, std::move(write));
    });
  }
  Id Draft(const PowerCommand& power) {
    absl::StatusOr<ObjectionView> draft = CreateObjection(power);
    EXPECT_TRUE(draft.ok()) << draft.status();
    return draft->objection.id;
  }
  absl::StatusOr<Material> Paper(const Id& id) {
    UploadCommand header = Header(id, "M5", kPdf);
    header.application = ObjectionName(id);
    return Send(header, kPdf);
  }
  absl::StatusOr<ObjectionView> FileObjection(const Id& id,
                                              Capacity acting = Capacity::kUnspecified) {
    return Run<ObjectionView>([&](ClientWrite<ObjectionView> write) {
      intake().objections.File(call_, ObjectionName(id), std::move(write), acting);
    });
  }
  absl::StatusOr<ObjectionView> GiveUp(const Id& id, Capacity acting = Capacity::kUnspecified) {
    return Run<ObjectionView>([&](ClientWrite<ObjectionView> write) {
      intake().objections.GiveUp(call_, ObjectionName(id), std::move(write), acting);
    });
  }
  static void ExpectLacking(const absl::Status& status, const std::string& field) {
    EXPECT_TRUE(HasReason(status, "POWER_OF_ATTORNEY_LACKING")) << status;
    EXPECT_EQ(FieldsIn(status), (std::vector<std::string>{field}));
  }
};

TEST_F(ObjectionAgentTest, AnAgentShowsAPowerAndNobodyElseDoes) {
  const std::vector<std::string> power = {"power_of_attorney"};
  EXPECT_EQ(FieldsIn(CreateObjection(std::nullopt).status()), power);
  EXPECT_EQ(FieldsIn(CreateObjection(ToObject(), Capacity::kLegalRepresentative).status()), power);
}

TEST_F(ObjectionAgentTest, ThePowerNamesTheActTheRecordAndTheDay) {
  ExpectLacking(CreateObjection(Power()).status(), "power_of_attorney.acts");
  PowerCommand narrow = ToObject();
  narrow.records = {RecordName(TestId(2))};
  ExpectLacking(CreateObjection(narrow).status(), "records[0]");
  PowerCommand expired = ToObject();
  expired.valid_to = "2026-06-14";
  ExpectLacking(CreateObjection(expired).status(), "power_of_attorney.valid_to");
  EXPECT_TRUE(CreateObjection(ToObject()).ok());
}

TEST_F(ObjectionAgentTest, FilingNeedsThePaperAndAPowerThatHasNotExpired) {
  const Id id = Draft(ToObject());
  EXPECT_EQ(ReasonOf(FileObjection(id).status())->reason, "MATERIALS_MISSING");
  ASSERT_TRUE(Paper(id).ok());
  clock_.AdvanceTo(StartOfLegalDay(absl::CivilDay(2026, 7, 1)));
  ExpectLacking(FileObjection(id).status(), "power_of_attorney.valid_to");
  EXPECT_TRUE(FileObjection(id, Capacity::kLegalRepresentative).ok()) << "the subject itself";
  EXPECT_EQ(CountRows("SELECT count(*) FROM act WHERE act = 5 AND capacity = 1"), 1);
}

TEST_F(ObjectionAgentTest, AnAgentWithdrawsByAPowerThatNamesIt) {
  const Id id = Draft(ToObject());
  ASSERT_TRUE(Paper(id).ok());
  ASSERT_TRUE(FileObjection(id).ok());
  ExpectLacking(GiveUp(id).status(), "power_of_attorney.acts");
  EXPECT_EQ(FieldsIn(GiveUp(id, static_cast<Capacity>(77)).status()),
            (std::vector<std::string>{"acting"}));
  EXPECT_TRUE(GiveUp(id, Capacity::kLegalRepresentative).ok());
}

}  // namespace
}  // namespace xiufu::intake
