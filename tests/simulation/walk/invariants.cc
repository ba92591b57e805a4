#include "tests/simulation/walk/invariants.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/routing/app/clocks.h"
#include "services/routing/domain/case_states.h"
#include "services/routing/domain/deadline.h"
#include "tests/simulation/books.h"

namespace xiufu::simulation {

using routing::CaseResult;
using routing::CaseState;

void Invariants::Break(const Id& id, absl::string_view what) {
  broken_.push_back(absl::StrCat(id.ToString(), ": ", what));
}

void Invariants::AtAnyMoment() {
  ReadCases();
  CheckClocks();
  ReadLedger();
  CheckRecords();
  CheckNewEnds();
}

void Invariants::AtRest() {
  for (const std::string& fault : ReadBooks(*world_).faults) broken_.push_back(fault);
}

void Invariants::ReadCases() {
  std::set<Id> open_records;
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT id, record, state, result, decision FROM kase");
    while (row.Next()) {
      const Id id = row.IdAt(0);
      const auto state = static_cast<CaseState>(row.Int(2));
      states_[id] = state;
      if (!routing::IsFinal(state)) {
        if (ended_.contains(id)) Break(id, "open again");
        if (!open_records.insert(row.IdAt(1)).second) Break(row.IdAt(1), "two open cases");
        continue;
      }
      const End end{state, static_cast<CaseResult>(row.Int(3)), row.IsNull(4) ? Id() : row.IdAt(4)};
      auto [before, first] = ended_.try_emplace(id, end);
      if (first) newly_ended_.push_back(id);
      if (before->second != end) Break(id, "its end has changed");
    }
  });
}

void Invariants::CheckClocks() {
  // Those of an approval's effects run after the case, and are no part of its own time.
  const auto runs = [this](const Id& id, absl::string_view kind) {
    if (kind == routing::kExecuteDeadline || kind == routing::kShareDeadline) {
      return ended_.contains(id) && ended_.at(id).result == CaseResult::kApproved;
    }
    auto state = states_.find(id);
    return state != states_.end() && routing::Runs(state->second, kind);
  };
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query timer = session.Sql("SELECT kind, subject FROM timer");
    while (timer.Next()) {
      for (absl::string_view kind : routing::kDeadlineKinds) {
        if (timer.Text(0) == routing::Clocks::TimerKind(kind) && !runs(timer.IdAt(1), kind)) {
          Break(timer.IdAt(1), absl::StrCat(kind, " runs while it is paused"));
        }
      }
    }
    storage::Query late = session.Sql("SELECT case_id, kind FROM overdue WHERE until IS NULL");
    while (late.Next()) {
      if (!runs(late.IdAt(0), late.Text(1))) {
        Break(late.IdAt(0), absl::StrCat(late.Text(1), " grows late while it is paused"));
      }
    }
  });
}

void Invariants::ReadLedger() {
  size_t lines = 0;
  world_->Read("result_sync", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT case_id, id, record, result, answer_id FROM decision");
    for (; row.Next(); ++lines) {
      const Line line{row.IdAt(1), row.IdAt(2), static_cast<CaseResult>(row.Int(3)),
                      std::string(row.Text(4))};
      if (ledger_.try_emplace(row.IdAt(0), line).first->second != line) {
        Break(row.IdAt(0), "its line in the ledger has changed");
      }
    }
  });
  if (lines != ledger_.size()) Break(Id(), "a line of the ledger is gone");
}

void Invariants::CheckRecords() {
  world_->Read("publication", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT id, ended_by FROM record WHERE ended_by IS NOT NULL");
    while (row.Next()) {
      const Id record = row.IdAt(0);
      const Id decision = row.IdAt(1);
      const bool decided = std::any_of(ledger_.begin(), ledger_.end(), [&](const auto& line) {
        return line.second.id == decision && line.second.record == record &&
               line.second.result == CaseResult::kApproved;
      });
      if (!decided) Break(record, "ended, and nobody decided so");
    }
  });
}

void Invariants::CheckNewEnds() {
  for (const Id& id : newly_ended_) {
    const End& end = ended_.at(id);
    std::string name(routing::InfoOf(end.state).name);
    if (end.state == CaseState::kConcluded) absl::StrAppend(&name, "/", end.result);
    ++ends_[name];
    if (!WasSaid(id, end)) Break(id, absl::StrCat(name, " without anybody having said so"));
  }
  newly_ended_.clear();
}

bool Invariants::WasSaid(const Id& case_id, const End& end) {
  const storage::Blob id{case_id.bytes()};
  bool said = false;
  switch (end.state) {
    case CaseState::kConcluded: {
      auto line = ledger_.find(case_id);
      return line != ledger_.end() && line->second.id == end.decision &&
             line->second.result == end.result && end.result != CaseResult::kNone &&
             !line->second.answer.empty();
    }
    case CaseState::kNotAccepted:
      world_->Read("routing", [&](storage::Session& session) {
        said = session
                   .Sql(
                       "SELECT 1 FROM answer WHERE case_id = ? AND kind = 'NOT_ACCEPTED'"
                       " AND counts = 1",
                       id)
                   .Next();
      });
      return said;
    case CaseState::kWithdrawn:
      world_->Read("intake", [&](storage::Session& session) {
        said = session.Sql("SELECT 1 FROM withdrawal WHERE case_id = ?", id).Next();
      });
      return said;
    case CaseState::kClosedNoSupplement: {
      // Asked for, its time over, and nothing given for that round.
      int64_t rounds = 0;
      world_->Read("routing", [&](storage::Session& session) {
        storage::Query row = session.Sql(
            "SELECT kase.rounds FROM kase JOIN deadline ON deadline.case_id = kase.id"
            " WHERE kase.id = ? AND deadline.kind = 'SUPPLEMENT'",
            id);
        if (row.Next()) rounds = row.Int(0);
      });
      world_->Read("intake", [&](storage::Session& session) {
        said = rounds > 0 &&
               !session.Sql("SELECT 1 FROM supplement WHERE case_id = ? AND round = ?", id, rounds)
                    .Next();
      });
      return said;
    }
    default:
      return false;
  }
}

}  // namespace xiufu::simulation
