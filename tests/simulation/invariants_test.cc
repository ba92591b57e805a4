// That each invariant of the walks can fail: stores are spoilt by hand, and the look at them says
// so.
#include "tests/simulation/walk/invariants.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/simulation/walk/walk.h"
#include "xiufu/intake/v1/front_door.pb.h"

namespace xiufu::simulation {
namespace {

constexpr uint64_t kFirstSeed = 20260501;
constexpr int kWorlds = 40;

struct Spoiling {
  const char* name;
  const char* complaint;
  const char* service;
  std::vector<const char*> sql;  // the last of them changes a row where it can
};

// Open are all states but 6, 9, 10 and 11.
const std::vector<Spoiling>& Spoilings() {
  static const auto* const all = new std::vector<Spoiling>{
      {"TwoOpenCases",
       "two open cases",
       "routing",
       {"UPDATE kase SET record = (SELECT record FROM kase WHERE state IN (1, 2, 3) ORDER BY id)"
        " WHERE id = (SELECT id FROM kase WHERE state NOT IN (6, 9, 10, 11) ORDER BY id DESC)"
        " AND (SELECT count(*) FROM kase WHERE state IN (1, 2, 3)) > 1"}},
      {"TwoOpenCasesBeforeRoutingKnows",
       "two open cases",
       "intake",
       {"UPDATE application SET submitted = created WHERE submitted IS NULL AND id IN"
        " (SELECT application FROM application_record WHERE record IN"
        " (SELECT record FROM application_record WHERE hold = 1))"}},
      {"PushedIntoNothing",
       "pushed, and in no case",
       "intake",
       {"UPDATE pushed SET state = 4 WHERE state IN (2, 3, 5)"}},
      {"AnotherEnd",
       "its end has changed",
       "routing",
       {"UPDATE kase SET result = 3 - result WHERE state = 6 AND result IN (1, 2)"}},
      {"OpenAgain", "open again", "routing", {"UPDATE kase SET state = 2 WHERE state IN (9, 10)"}},
      {"ClockInAPause",
       "OVERALL runs while it is paused",
       "routing",
       {"INSERT INTO timer (kind, subject, due, payload, attempts)"
        " SELECT 'OVERALL_DUE', id, 0, x'', 0 FROM kase WHERE state = 4"}},
      {"ClockAfterTheEnd",
       "DECIDE runs while it is paused",
       "routing",
       {"INSERT INTO timer (kind, subject, due, payload, attempts)"
        " SELECT 'DECIDE_DUE', id, 0, x'', 0 FROM kase WHERE state IN (9, 10)"}},
      {"LateInAPause",
       "ACCEPT grows late while it is paused",
       "routing",
       {"INSERT INTO overdue (case_id, kind, since)"
        " SELECT id, 'ACCEPT', 1 FROM kase WHERE state = 4"}},
      {"MissedInAPause",
       "OVERALL was missed while it was paused",
       "routing",
       {"INSERT INTO overdue (case_id, kind, since, until)"
        " SELECT case_id, 'OVERALL', (asked_at + until) / 2, until FROM case_pause"
        " WHERE until > asked_at + 10"}},
      {"NoPause",
       "the clock is not paused exactly while the applicant has the turn",
       "routing",
       {"DELETE FROM case_pause WHERE until IS NULL"}},
      {"NoDecisionCounts",
       "not exactly one decision counts",
       "routing",
       {"UPDATE answer SET counts = 0 WHERE kind = 'DECIDED' AND counts = 1"}},
      {"AnotherLine",
       "its line in the ledger has changed",
       "result_sync",
       {"DROP TRIGGER decision_is_final", "UPDATE decision SET result = 3 - result"}},
      {"NoLine",
       "a line of the ledger is gone",
       "result_sync",
       {"DROP TRIGGER decision_stays", "DELETE FROM decision"}},
      {"AnotherAnswer",
       "the ledger has another decision than the case",
       "routing",
       {"UPDATE kase SET counted_answer = 'other' WHERE state = 6"}},
      {"ConcludedByNobody",
       "concluded, and nobody decided",
       "routing",
       {"UPDATE kase SET state = 6 WHERE state IN (1, 2, 3)"}},
      {"ConcludedWithoutTheLedger",
       "concluded without a line of the ledger",
       "routing",
       {"UPDATE kase SET state = 6 WHERE state IN (1, 2, 3)"}},
      {"NotAcceptedByNobody",
       "not accepted, and nobody said so",
       "routing",
       {"UPDATE kase SET state = 9 WHERE state IN (1, 2, 3)"}},
      {"WithdrawnByNobody",
       "withdrawn, and nobody asked for it",
       "routing",
       {"UPDATE kase SET state = 10 WHERE state IN (1, 2, 3)"}},
      {"ClosedWithoutARequest",
       "closed without a request for a supplement",
       "routing",
       {"UPDATE kase SET state = 11 WHERE state IN (1, 2, 3) AND rounds = 0"}},
      {"ClosedTooEarly",
       "closed before its time was over",
       "routing",
       {"UPDATE kase SET state = 11 WHERE state = 4 AND id IN"
        " (SELECT case_id FROM deadline WHERE kind = 'SUPPLEMENT')"}},
      {"ClosedByAnotherTime",
       "its time does not begin with the request",
       "routing",
       {"UPDATE deadline SET start_date = '2020-01-01' WHERE kind = 'SUPPLEMENT'",
        "UPDATE kase SET state = 11 WHERE state = 4 AND id IN"
        " (SELECT case_id FROM deadline WHERE kind = 'SUPPLEMENT')"}},
      {"ClosedThoughItCame",
       "closed, though the supplement came",
       "routing",
       {"UPDATE kase SET state = 11, changed_at = changed_at + 99999999999"
        " WHERE state IN (1, 2, 3) AND id IN"
        " (SELECT case_id FROM deadline WHERE kind = 'SUPPLEMENT')"}},
      {"EndedByNobody",
       "ended, and nobody said so",
       "publication",
       {"UPDATE record SET state = 3 WHERE state = 1"}},
      {"EndedByNoDecision",
       "ended by a decision that nobody took",
       "publication",
       {"UPDATE record SET state = 3, ended_by = id WHERE state = 1"}},
      {"EndedByARevokedDecision",
       "ended by a revoked decision",
       "publication",
       {"INSERT OR IGNORE INTO revocation (decision, id, case_id, record, kind, document_no,"
        " found_on, breach, entered_at)"
        " SELECT decision, decision, case_id, record, '', '', '', 0, 0 FROM ending"
        " WHERE outcome = 1"}},
      {"WithdrawnByNobodyInPublic",
       "withdrawn exactly when its authority annuls it",
       "publication",
       {"UPDATE record SET state = 5 WHERE state = 1"}},
      {"PublicThoughRepaired",
       "public, though a valid decision was carried out",
       "publication",
       {"UPDATE record SET state = 1 WHERE state = 3 AND ended_by IS NOT NULL"}},
      {"PublicThoughDecided",
       "and published as PUBLISHED",
       "publication",
       {"UPDATE record SET state = 1 WHERE state = 3 AND ended_by IS NOT NULL"}},
      {"EndedByWhatIsNotValidAnyMore",
       "ended by a decision that is not valid any more",
       "result_sync",
       {"INSERT OR IGNORE INTO revocation SELECT case_id, id, id, application, record,"
        " subject_uscc, authority_code, authority_name, authority_uscc, answer_id, content, '', '',"
        " '', '', 0, '', '', '', '' FROM decision WHERE result = 1"}},
      {"PublicBeyondItsLastDay",
       "public beyond its last day",
       "publication",
       {"UPDATE record SET ends_on = '2020-01-01' WHERE state = 1"}},
      {"PublicThoughMovedOut",
       "public, though its authority has ended it",
       "publication",
       {"UPDATE record SET state = 1, ended_by = NULL WHERE id IN"
        " (SELECT record FROM reported_result WHERE kind = 1)"
        " AND id NOT IN (SELECT record FROM reported_result WHERE kind IN (2, 3))"
        " AND id NOT IN (SELECT record FROM ending)"}},
      {"ObjectionEndedByNobody",
       "an objection has ended without the answer that says so",
       "routing",
       {"UPDATE objection SET state = 4 WHERE state IN (1, 2, 3)"}},
      {"ObjectionOpenAgain",
       "an objection is open again",
       "routing",
       {"UPDATE objection SET state = 1 WHERE state IN (4, 5, 6)"}},
      {"AnotherEndOfAnObjection",
       "the end of an objection has changed",
       "routing",
       {"UPDATE objection SET state = 9 - state WHERE state IN (4, 5)"}},
      {"ShownOtherwise",
       "shown otherwise than it is",
       "intake",
       {"UPDATE case_view SET state = 10 WHERE state IN (6, 9)"}},
      {"EventsWait",
       "events wait: spoilt",
       "routing",
       {"INSERT INTO waiting (state, attempts, first_now, reason, stream, epoch, seq, type, bytes)"
        " VALUES (1, 1, 0, 'spoilt', 'intake', 1, 1, '', x'')"}},
      {"NotHeld",
       "not held by its open case",
       "intake",
       {"UPDATE application_record SET hold = NULL WHERE hold = 1"}},
  };
  return *all;
}

// Whether a row was changed.
bool Spoil(SimWorld& world, const Spoiling& spoiling) {
  int64_t changed = 0;
  Must(world.database(spoiling.service).WriteAndWait([&](storage::Tx& tx) {
    for (const char* sql : spoiling.sql) tx.Run(sql);
    storage::Query count = tx.Sql("SELECT changes()");
    if (count.Next()) changed = count.Int(0);
    return tx.status();
  }));
  return changed > 0;
}

class InvariantsTest : public ::testing::TestWithParam<Spoiling> {
 protected:
  InvariantsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "xiufu-spoil-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~InvariantsTest() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

TEST_P(InvariantsTest, Fails) {
  for (int world = 0; world < kWorlds; ++world) {
    Walk walk(kFirstSeed + world, folder_);
    for (int i = 0; i < 80 + 5 * world; ++i) walk.Step();
    walk.Rest();
    ASSERT_EQ(walk.invariants().broken(), std::vector<std::string>{});
    if (!Spoil(walk.world(), GetParam())) continue;
    walk.invariants().AtAnyMoment();
    walk.invariants().AtRest();
    const std::vector<std::string>& broken = walk.invariants().broken();
    EXPECT_TRUE(std::any_of(broken.begin(), broken.end(), [&](const std::string& one) {
      return absl::StrContains(one, GetParam().complaint);
    })) << absl::StrJoin(broken, "\n");
    return;
  }
  FAIL() << "no world in which this could be spoilt";
}

INSTANTIATE_TEST_SUITE_P(Spoilt, InvariantsTest, ::testing::ValuesIn(Spoilings()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(SimDoorTest, SeesReturnsThatAreOutOfOrderOrChanged) {
  SimDoor door(1, 0);
  intake::v1::UpstreamReturn second;
  second.set_return_id("b");
  second.set_upstream_no("XYXF1");
  second.set_sequence(2);
  ASSERT_TRUE(door.Return(second.SerializeAsString(), absl::InfiniteFuture()).ok());
  EXPECT_EQ(door.faults(), std::vector<std::string>{"XYXF1: 2 before 1"});
  second.set_kind("RESULT");
  ASSERT_TRUE(door.Return(second.SerializeAsString(), absl::InfiniteFuture()).ok());
  EXPECT_EQ(door.faults().back(), "b came anew");
}

}  // namespace
}  // namespace xiufu::simulation
