#include "tests/simulation/walk/said.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/feed/record_content.h"

namespace xiufu::simulation {
namespace {

using routing::CaseState;

// First instant at which the time is over: the last day, on which it may still be met, is a
// working day.
absl::Time OverAt(const calendar::Calendar& calendar, absl::CivilDay start, int days,
                  bool working_days) {
  absl::CivilDay day = start;
  for (int left = days; left > 0; --left) {
    do {
      ++day;
    } while (working_days && !calendar.IsWorkingDay(day));
  }
  while (!calendar.IsWorkingDay(day)) ++day;
  return StartOfLegalDay(day + 1);
}

bool DecisionWasGiven(SimWorld& world, const Id& case_id) {
  std::string answer;
  Id task, record;
  bool said = false;
  world.Read("routing", [&](storage::Session& session) {
    storage::Query row =
        session.Sql("SELECT counted_answer, task, record FROM kase WHERE id = ?", case_id);
    if (!row.Next()) return;
    answer = std::string(row.Text(0));
    task = row.IdAt(1);
    record = row.IdAt(2);
    said =
        session.Sql("SELECT 1 FROM told WHERE case_id = ? AND told_id = ?", case_id, answer).Next();
  });
  world.Read("department_adapter", [&](storage::Session& session) {
    said |=
        session.Sql("SELECT 1 FROM answer WHERE task = ? AND answer_id = ?", task, answer).Next();
  });
  world.Read("publication", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT kind FROM reported_result WHERE record = ?", record);
    while (row.Next()) {
      const auto kind = static_cast<feed::Reported::Kind>(row.Int(0));
      said |= answer == absl::StrCat("records/", record.ToString(), "/", ToString(kind));
    }
  });
  return said;
}

bool NoWasGiven(SimWorld& world, const Id& case_id) {
  bool said = false;
  world.Read("routing", [&](storage::Session& session) {
    said = session
               .Sql(
                   "SELECT 1 FROM answer WHERE case_id = ?1 AND kind = 'NOT_ACCEPTED' AND counts ="
                   " 1 UNION SELECT 1 FROM told WHERE case_id = ?1 AND kind = 'TOLD_NOT_ACCEPTED'",
                   case_id)
               .Next();
  });
  return said;
}

bool WithdrawalWasAsked(SimWorld& world, const Id& case_id) {
  bool said = false;
  world.Read("intake", [&](storage::Session& session) {
    said = session.Sql("SELECT 1 FROM withdrawal WHERE case_id = ?", case_id).Next();
  });
  return said;
}

std::string WhyNotMissed(SimWorld& world, const Id& case_id) {
  std::string why = "closed without a request for a supplement";
  int64_t round = 0;
  const calendar::Calendar calendar = world.law().Get()->calendar;
  world.Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT p.round, p.asked_at, d.start_date, d.days, d.working_days, k.changed_at,"
        " k.authority_code, k.authority_kind"
        " FROM kase k JOIN case_pause p ON p.case_id = k.id AND p.round = k.rounds"
        " JOIN deadline d ON d.case_id = k.id AND d.kind = 'SUPPLEMENT' WHERE k.id = ?",
        case_id);
    if (!row.Next()) return;
    round = row.Int(0);
    const absl::CivilDay asked = LegalDay(row.TimeAt(1));
    if (FormatDay(asked) != row.Text(2)) {
      why = "its time does not begin with the request";
      return;
    }
    const absl::Time over = OverAt(calendar.For(row.Text(6), row.Text(7)), asked,
                                   static_cast<int>(row.Int(3)), row.Int(4) != 0);
    why = row.TimeAt(5) < over ? "closed before its time was over" : "";
  });
  if (!why.empty()) return why;
  world.Read("intake", [&](storage::Session& session) {
    const bool came =
        session.Sql("SELECT 1 FROM supplement WHERE case_id = ? AND round = ?", case_id, round)
            .Next();
    if (came) why = "closed, though the supplement came";
  });
  return why;
}

}  // namespace

std::string EndedBySilence(SimWorld& world, const Id& case_id, CaseState end) {
  switch (end) {
    case CaseState::kConcluded:
      return DecisionWasGiven(world, case_id) ? "" : "concluded, and nobody decided";
    case CaseState::kNotAccepted:
      return NoWasGiven(world, case_id) ? "" : "not accepted, and nobody said so";
    case CaseState::kWithdrawn:
      return WithdrawalWasAsked(world, case_id) ? "" : "withdrawn, and nobody asked for it";
    case CaseState::kClosedNoSupplement:
      return WhyNotMissed(world, case_id);
    default:
      return "no end";
  }
}

}  // namespace xiufu::simulation
