#include "tests/simulation/walk/invariants.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/routing/domain/case_states.h"
#include "services/routing/domain/objection.h"
#include "tests/simulation/books.h"
#include "tests/simulation/published.h"
#include "tests/simulation/walk/said.h"

namespace xiufu::simulation {

using routing::CaseResult;
using routing::CaseState;

namespace {

// Which clocks stand still when, said apart from the services' own table.
bool MayRun(CaseState state, CaseResult result, absl::string_view kind) {
  const bool of_effects = kind == "EXECUTE" || kind == "SHARE";
  if (routing::IsFinal(state)) {
    return of_effects && state == CaseState::kConcluded && result == CaseResult::kApproved;
  }
  if (of_effects) return false;
  if (state == CaseState::kSupplementRequested) return kind == "SUPPLEMENT";
  if (kind == "SUPPLEMENT") return false;
  if (kind == "PRE_CHECK") return state == CaseState::kPreCheck;
  if (kind == "DELIVER") return state == CaseState::kReceived;
  if (kind == "ACCEPT") return state == CaseState::kWithAuthority;
  if (kind == "EXTEND") return state == CaseState::kExtended;
  if (kind == "DECIDE") {
    return state == CaseState::kWithAuthority || state == CaseState::kAccepted;
  }
  return true;
}

bool HasDecision(CaseState state) {
  return state == CaseState::kDecided || state == CaseState::kConcluded;
}

}  // namespace

void Invariants::Break(const Id& id, absl::string_view what) {
  broken_.push_back(absl::StrCat(id.ToString(), ": ", what));
}

void Invariants::AtAnyMoment() {
  ReadCases();
  CheckOneOpenCase();
  CheckTimers();
  CheckOverdue();
  CheckPauses();
  ReadLedger();
  CheckDecisions();
  CheckNewEnds();
  CheckObjections();
  for (const std::string& fault : PublishedWithoutGround(*world_)) broken_.push_back(fault);
}

void Invariants::AtRest() {
  for (const std::string& fault : ReadBooks(*world_).faults) broken_.push_back(fault);
  for (const std::string& fault : world_->door().faults()) broken_.push_back(fault);
  for (const std::string& fault : world_->EventsThatWait()) broken_.push_back(fault);
}

void Invariants::ReadCases() {
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT id, application, record, state, result, decision, version, counted_answer"
        " FROM kase");
    while (row.Next()) {
      const Id id = row.IdAt(0);
      const CaseRow kase{row.IdAt(1),
                         row.IdAt(2),
                         static_cast<CaseState>(row.Int(3)),
                         static_cast<CaseResult>(row.Int(4)),
                         row.IsNull(5) ? Id() : row.IdAt(5),
                         row.Int(6),
                         std::string(row.Text(7))};
      cases_[id] = kase;
      if (!routing::IsFinal(kase.state)) {
        if (ended_.contains(id)) Break(id, "open again");
        continue;
      }
      auto [before, first] = ended_.try_emplace(id, kase);
      if (first) newly_ended_.push_back(id);
      if (before->second != kase) Break(id, "its end has changed");
    }
  });
}

void Invariants::CheckOneOpenCase() {
  std::set<Id> open;
  std::set<std::pair<Id, Id>> opened;  // application, record
  for (const auto& [id, kase] : cases_) {
    opened.insert({kase.application, kase.record});
    if (routing::IsFinal(kase.state)) continue;
    if (!open.insert(kase.record).second) Break(kase.record, "two open cases");
  }
  world_->Read("intake", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT r.application, r.record FROM application_record r"
        " JOIN application a ON a.id = r.application WHERE a.submitted IS NOT NULL");
    while (row.Next()) {
      if (opened.contains({row.IdAt(0), row.IdAt(1)})) continue;
      if (!open.insert(row.IdAt(1)).second) Break(row.IdAt(1), "two open cases");
    }
    // What a door has pushed is in the case of its record, whatever door that came by.
    storage::Query push = session.Sql(
        "SELECT p.id FROM pushed p LEFT JOIN application_record r"
        " ON r.application = p.application AND r.record = p.record"
        " WHERE p.state = 4 AND r.record IS NULL");
    while (push.Next()) Break(push.IdAt(0), "pushed, and in no case");
  });
}

void Invariants::CheckTimers() {
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query timer = session.Sql("SELECT kind, subject FROM timer");
    while (timer.Next()) {
      absl::string_view kind = timer.Text(0);
      const bool of_case = absl::ConsumeSuffix(&kind, "_DUE") && cases_.contains(timer.IdAt(1));
      if (of_case) CheckClock(timer.IdAt(1), kind, "runs while it is paused");
    }
  });
}

void Invariants::CheckOverdue() {
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query late = session.Sql("SELECT case_id, kind FROM overdue WHERE until IS NULL");
    while (late.Next()) {
      CheckClock(late.IdAt(0), late.Text(1), "grows late while it is paused");
    }
    storage::Query in_pause = session.Sql(
        "SELECT o.case_id, o.kind FROM overdue o JOIN case_pause p ON p.case_id = o.case_id"
        " AND o.since > p.asked_at AND o.since < p.until"
        // From the day of the decision on, also where that was given early: these never pause.
        " WHERE o.kind NOT IN ('EXECUTE', 'SHARE')");
    while (in_pause.Next()) {
      Break(in_pause.IdAt(0), absl::StrCat(in_pause.Text(1), " was missed while it was paused"));
    }
  });
}

void Invariants::CheckClock(const Id& case_id, absl::string_view kind, absl::string_view what) {
  const CaseRow& kase = cases_.at(case_id);
  if (!MayRun(kase.state, kase.result, kind)) Break(case_id, absl::StrCat(kind, " ", what));
}

void Invariants::CheckPauses() {
  std::map<Id, int> open;
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query pause = session.Sql("SELECT case_id FROM case_pause WHERE until IS NULL");
    while (pause.Next()) ++open[pause.IdAt(0)];
  });
  for (const auto& [id, kase] : cases_) {
    const int expected = kase.state == CaseState::kSupplementRequested ? 1 : 0;
    const auto found = open.find(id);
    if ((found == open.end() ? 0 : found->second) != expected) {
      Break(id, "the clock is not paused exactly while the applicant has the turn");
    }
  }
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

// A concluded case is the one line of the ledger about it, and that line is the one answer that
// counts.
void Invariants::CheckDecisions() {
  std::map<Id, std::vector<std::string>> counted;
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query row =
        session.Sql("SELECT case_id, answer_id FROM answer WHERE kind = 'DECIDED' AND counts = 1");
    while (row.Next()) counted[row.IdAt(0)].emplace_back(row.Text(1));
  });
  for (const auto& [id, kase] : cases_) {
    std::vector<std::string> expected;
    if (HasDecision(kase.state)) expected = {kase.counted_answer};
    if (counted[id] != expected) Break(id, "not exactly one decision counts");
    const auto line = ledger_.find(id);
    if (line == ledger_.end()) {
      if (kase.state == CaseState::kConcluded) Break(id, "concluded without a line of the ledger");
      continue;
    }
    const bool same = HasDecision(kase.state) && line->second.answer == kase.counted_answer &&
                      line->second.record == kase.record &&
                      (kase.state == CaseState::kDecided ||
                       (line->second.id == kase.decision && line->second.result == kase.result));
    if (!same) Break(id, "the ledger has another decision than the case");
  }
}

void Invariants::CheckNewEnds() {
  for (const Id& id : newly_ended_) {
    const CaseRow& end = ended_.at(id);
    std::string name(routing::InfoOf(end.state).name);
    if (end.state == CaseState::kConcluded) absl::StrAppend(&name, "/", end.result);
    ++ends_[name];
    const std::string silence = EndedBySilence(*world_, id, end.state);
    if (!silence.empty()) Break(id, silence);
  }
  newly_ended_.clear();
}

void Invariants::CheckObjections() {
  world_->Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT o.id, o.state, o.counted_answer, a.answer_id FROM objection o"
        " LEFT JOIN objection_answer a ON a.objection = o.id AND a.counts = 1"
        " AND a.kind <> 'RETURNED'");
    while (row.Next()) {
      const auto state = static_cast<routing::ObjectionState>(row.Int(1));
      const std::string answer(row.Text(2));
      if (!routing::IsFinal(state)) {
        if (objections_.contains(row.IdAt(0))) Break(row.IdAt(0), "an objection is open again");
        continue;
      }
      const std::string end = absl::StrCat(row.Int(1), " ", answer);
      if (objections_.try_emplace(row.IdAt(0), end).first->second != end) {
        Break(row.IdAt(0), "the end of an objection has changed");
      }
      const bool answered = state != routing::ObjectionState::kWithdrawn;
      if (answered != !row.IsNull(3) || (answered && row.Text(3) != answer)) {
        Break(row.IdAt(0), "an objection has ended without the answer that says so");
      }
    }
  });
}

}  // namespace xiufu::simulation
