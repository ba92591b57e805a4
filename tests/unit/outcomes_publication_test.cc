// For each state of a record, and each thing that may end its publicity: what people expect of it.
#include <gtest/gtest.h>

#include <array>

#include "services/publication/domain/ending.h"
#include "services/publication/domain/reported_result.h"
#include "tests/unit/outcomes.h"

namespace xiufu::publication {
namespace {

// A state with "/D" is one that a decision has led to. The outcome is the state afterwards.
constexpr char kRecords[] = R"(
APPROVED
  ENDED/D: PUBLISHED NOT_PUBLISHED SHIELDED/D EXPIRED ENDED
  WITHDRAWN/D: WITHDRAWN
  refused: ENDED/D WITHDRAWN/D
SHIELDED
  SHIELDED/D: PUBLISHED NOT_PUBLISHED SHIELDED/D
  nothing: EXPIRED ENDED WITHDRAWN
  refused: ENDED/D WITHDRAWN/D
MOVED_OUT
  ENDED: PUBLISHED NOT_PUBLISHED SHIELDED/D
  nothing: EXPIRED ENDED ENDED/D WITHDRAWN WITHDRAWN/D
REVOKED
  WITHDRAWN: PUBLISHED NOT_PUBLISHED SHIELDED/D EXPIRED ENDED ENDED/D
  nothing: WITHDRAWN WITHDRAWN/D
ANNULLED
  WITHDRAWN: PUBLISHED NOT_PUBLISHED SHIELDED/D EXPIRED ENDED ENDED/D
  nothing: WITHDRAWN WITHDRAWN/D
DISPUTED
  nothing: PUBLISHED NOT_PUBLISHED SHIELDED/D EXPIRED ENDED ENDED/D WITHDRAWN WITHDRAWN/D
)";

Id SomeId(uint8_t n) {
  std::array<uint8_t, Id::kSize> bytes{};
  bytes[0] = n;
  return Id(bytes);
}

std::vector<Record> AllRecords() {
  std::vector<Record> records;
  for (RecordState state :
       {RecordState::kPublished, RecordState::kNotPublished, RecordState::kShielded,
        RecordState::kExpired, RecordState::kEnded, RecordState::kWithdrawn}) {
    Record record{.id = SomeId(1), .version = 4, .state = state};
    const bool over = state == RecordState::kEnded || state == RecordState::kWithdrawn;
    if (over || state != RecordState::kShielded) records.push_back(record);
    record.ended_by = SomeId(2);
    if (over || state == RecordState::kShielded) records.push_back(record);
  }
  return records;
}

std::string NameOf(const Record& record) {
  return absl::StrCat(ToString(record.state), record.ended_by.IsNone() ? "" : "/D");
}

std::string Decided(Record record, const std::string& effect) {
  const EnteredDecision decision{.decision = SomeId(9),
                                 .record = record.id,
                                 .record_version = record.version,
                                 .approved = true,
                                 .effects = {effect}};
  const uint64_t before = record.version;
  if (DecideEnding(decision, record).outcome == Ending::Outcome::kRefused) return "refused";
  return record.version == before ? "nothing" : NameOf(record);
}

std::string Reported(Record record, feed::Reported::Kind kind) {
  ReportedResult result;
  result.reported.kind = kind;
  return Apply(result, record) ? NameOf(record) : "nothing";
}

TEST(PublicationOutcomes, OfEverythingThatMayEndPublicityInEveryState) {
  Outcomes actual;
  for (const Record& record : AllRecords()) {
    const std::string name = NameOf(record);
    actual[{"APPROVED", name}] = Decided(record, "END_PUBLICITY@publication");
    actual[{"SHIELDED", name}] = Decided(record, "SHIELD@publication");
    actual[{"MOVED_OUT", name}] = Reported(record, feed::Reported::Kind::kMovedOut);
    actual[{"REVOKED", name}] = Reported(record, feed::Reported::Kind::kRevoked);
    actual[{"ANNULLED", name}] = Reported(record, feed::Reported::Kind::kAnnulled);
    actual[{"DISPUTED", name}] = Reported(record, feed::Reported::Kind::kDisputed);
  }
  const Outcomes expected = ReadOutcomes(kRecords);
  EXPECT_EQ(Differences(expected, actual), std::vector<std::string>{});
  EXPECT_TRUE(NoticesEveryChange(expected, actual));
}

}  // namespace
}  // namespace xiufu::publication
