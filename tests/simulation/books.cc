#include "tests/simulation/books.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/routing/domain/case_states.h"
#include "tests/simulation/published.h"

namespace xiufu::simulation {
namespace {

using routing::CaseResult;
using routing::CaseState;

struct CaseRow {
  Id application;
  Id record;
  std::string authority;
  CaseState state;
  CaseResult result;
  Id decision;
  absl::Duration taken;
};
struct LedgerRow {
  Id decision;
  CaseResult result;
};

bool IsApproved(const CaseRow& kase) {
  return kase.state == CaseState::kConcluded && kase.result == CaseResult::kApproved;
}

absl::string_view EndOf(const CaseRow& kase) {
  if (kase.state != CaseState::kConcluded) return routing::InfoOf(kase.state).name;
  switch (kase.result) {
    case CaseResult::kApproved:
      return "APPROVED";
    case CaseResult::kRefused:
      return "REFUSED";
    case CaseResult::kRecordWithdrawn:
      return "RECORD_WITHDRAWN";
    case CaseResult::kNone:
      break;
  }
  return "CONCLUDED";
}

class Auditor {
 public:
  explicit Auditor(SimWorld& world) : world_(world) {}

  Books Run() {
    ReadCases();
    CheckIntake();
    CheckLedger();
    CheckPublication();
    ReadFigures();
    return std::move(books_);
  }

 private:
  void Fault(const Id& id, absl::string_view what) {
    books_.faults.push_back(absl::StrCat(id.ToString(), ": ", what));
  }

  void ReadCases() {
    world_.Read("routing", [&](storage::Session& session) {
      storage::Query row = session.Sql(
          "SELECT id, application, record, authority_code, state, result, decision,"
          " changed_at - opened_at FROM kase");
      while (row.Next()) {
        const CaseRow kase{row.IdAt(1),
                           row.IdAt(2),
                           std::string(row.Text(3)),
                           static_cast<CaseState>(row.Int(4)),
                           static_cast<CaseResult>(row.Int(5)),
                           row.IsNull(6) ? Id() : row.IdAt(6),
                           absl::Milliseconds(row.Int(7))};
        cases_.emplace(row.IdAt(0), kase);
      }
    });
    for (const auto& [id, kase] : cases_) {
      ++books_.cases;
      if (!case_of_.try_emplace({kase.application, kase.record}, &kase).second) {
        Fault(kase.record, "more than one case");
      }
      if (!routing::IsFinal(kase.state)) {
        ++books_.unfinished;
        ++books_.open_in[std::string(routing::InfoOf(kase.state).name)];
      } else {
        ++books_.by_state[std::string(EndOf(kase))];
      }
    }
  }

  // Every record of every application has one case, and its applicant sees it as it is.
  void CheckIntake() {
    size_t records = 0;
    world_.Read("intake", [&](storage::Session& session) {
      storage::Query row = session.Sql(
          "SELECT r.application, r.record, r.hold FROM application_record r"
          " JOIN application a ON a.id = r.application WHERE a.submitted IS NOT NULL");
      for (; row.Next(); ++records) {
        auto found = case_of_.find({row.IdAt(0), row.IdAt(1)});
        if (found == case_of_.end()) {
          ++books_.unfinished;
          Fault(row.IdAt(1), "no case");
          continue;
        }
        const bool open = !routing::IsFinal(found->second->state);
        if (open != (row.Int(2) == static_cast<int>(intake::Hold::kOpen))) {
          Fault(row.IdAt(1), open ? "not held by its open case" : "held by a case that has ended");
        }
      }
    });
    if (records != cases_.size()) Fault(Id(), "there are cases that nobody applied for");
    CheckViews();
  }

  void CheckViews() {
    size_t views = 0;
    world_.Read("intake", [&](storage::Session& session) {
      storage::Query row = session.Sql("SELECT case_id, state, result FROM case_view");
      for (; row.Next(); ++views) {
        auto kase = cases_.find(row.IdAt(0));
        if (kase == cases_.end()) {
          Fault(row.IdAt(0), "shown, but no case");
          continue;
        }
        if (static_cast<CaseState>(row.Int(1)) != kase->second.state ||
            (kase->second.state == CaseState::kConcluded &&
             static_cast<CaseResult>(row.Int(2)) != kase->second.result)) {
          Fault(row.IdAt(0), "shown otherwise than it is");
        }
      }
    });
    if (views != cases_.size()) Fault(Id(), "there are cases that nobody is shown");
  }

  // A concluded case has its line in the ledger, and no other case has one.
  void CheckLedger() {
    world_.Read("result_sync", [&](storage::Session& session) {
      storage::Query row = session.Sql("SELECT case_id, id, result FROM decision");
      while (row.Next()) {
        ledger_[row.IdAt(0)] = {row.IdAt(1), static_cast<CaseResult>(row.Int(2))};
      }
      storage::Query revoked = session.Sql("SELECT case_id FROM revocation");
      while (revoked.Next()) revoked_.insert(revoked.IdAt(0));
      storage::Query conflict = session.Sql("SELECT case_id FROM conflict");
      while (conflict.Next()) disputed_.insert(conflict.IdAt(0));
      storage::Query open = session.Sql("SELECT case_id FROM effect WHERE confirmed_at IS NULL");
      while (open.Next()) {
        if (!disputed_.contains(open.IdAt(0))) Fault(open.IdAt(0), "an effect is not confirmed");
      }
    });
    books_.disputed = static_cast<int>(disputed_.size());
    books_.revoked = static_cast<int>(revoked_.size());
    for (const auto& [id, kase] : cases_) {
      auto line = ledger_.find(id);
      const bool concluded = kase.state == CaseState::kConcluded;
      if (concluded != (line != ledger_.end())) {
        Fault(id, "ledger and case differ");
      } else if (concluded &&
                 (line->second.decision != kase.decision || line->second.result != kase.result)) {
        Fault(id, "the ledger has another decision");
      }
    }
    for (const auto& [id, line] : ledger_) {
      if (!cases_.contains(id)) Fault(id, "in the ledger, but no case");
    }
  }

  // A record is repaired exactly when a decision in the ledger says so, which nobody has revoked.
  void CheckPublication() {
    for (const auto& look : {PublishedWithoutGround, PublishedOtherwiseThanDecided}) {
      for (std::string& fault : look(world_)) books_.faults.push_back(std::move(fault));
    }
    std::set<Id> repaired;
    for (const auto& [id, kase] : cases_) {
      if (!IsApproved(kase) || revoked_.contains(id) || disputed_.contains(id)) continue;
      if (!repaired.insert(kase.record).second) Fault(kase.record, "repaired twice");
    }
  }

  void ReadFigures() {
    std::set<Id> overdue, supplemented;
    world_.Read("routing", [&](storage::Session& session) {
      storage::Query late = session.Sql(
          "SELECT DISTINCT case_id FROM overdue"
          " WHERE kind IN ('ACCEPT', 'DECIDE', 'EXTEND', 'OVERALL')");
      while (late.Next()) overdue.insert(late.IdAt(0));
      storage::Query asked = session.Sql("SELECT id FROM kase WHERE rounds > 0");
      while (asked.Next()) supplemented.insert(asked.IdAt(0));
    });
    for (const auto& [id, kase] : cases_) {
      AuthorityFigures& figures = books_.by_authority[kase.authority];
      ++figures.cases;
      figures.overdue += overdue.contains(id);
      figures.supplemented += supplemented.contains(id);
      figures.gross_days.push_back(absl::ToDoubleHours(kase.taken) / 24);
    }
  }

  SimWorld& world_;
  Books books_;
  std::map<Id, CaseRow> cases_;
  std::map<std::pair<Id, Id>, const CaseRow*> case_of_;  // by application and record
  std::map<Id, LedgerRow> ledger_;                       // by case
  std::set<Id> disputed_;                                // cases
  std::set<Id> revoked_;                                 // cases
};

}  // namespace

double AuthorityFigures::MedianDays() const {
  if (gross_days.empty()) return 0;
  std::vector<double> sorted = gross_days;
  std::sort(sorted.begin(), sorted.end());
  return sorted[sorted.size() / 2];
}

Books ReadBooks(SimWorld& world) { return Auditor(world).Run(); }

}  // namespace xiufu::simulation
