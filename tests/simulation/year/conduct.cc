#include "tests/simulation/year/conduct.h"

#include <algorithm>
#include <set>
#include <vector>

#include "libs/base/legal_day.h"

namespace xiufu::simulation {
namespace {

// The answers of one task, as they come.
struct TaskAnswers {
  std::string authority;
  absl::Time given;
  int decisions = 0, requests = 0;
};

class Reader {
 public:
  std::map<std::string, Conduct> Read(SimWorld& world) {
    world.Read("routing", [this](storage::Session& session) {
      ReadEscalations(session);
      ReadAnswers(session);
    });
    for (const auto& [task, answers] : tasks_) {
      Conduct& conduct = conducts_[answers.authority];
      conduct.contradicted += answers.decisions > 1;
      conduct.asked_again += answers.requests > 1;
    }
    for (auto& [authority, days] : days_) {
      std::sort(days.begin(), days.end());
      conducts_[authority].median_days = days[days.size() / 2];
    }
    return std::move(conducts_);
  }

 private:
  void ReadEscalations(storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT case_id, min(at) FROM escalation WHERE sent_to <> 'OPERATOR' GROUP BY case_id");
    while (row.Next()) escalated_[row.IdAt(0)] = row.TimeAt(1);
  }

  void ReadAnswers(storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT a.task, t.authority_code, t.given_at, a.kind, a.received_at, a.fault_reason = '',"
        " a.case_id FROM answer a JOIN task t ON t.id = a.task"
        " WHERE a.answer_id NOT LIKE 'records/%' AND a.answer_id NOT LIKE 'told/%'"
        " ORDER BY a.received_at, a.task, a.answer_id");
    while (row.Next()) {
      auto [task, first] =
          tasks_.try_emplace(row.IdAt(0), TaskAnswers{std::string(row.Text(1)), row.TimeAt(2)});
      Take(task->second, row.Text(3), row.TimeAt(4), row.Int(5) != 0);
      auto escalated = escalated_.find(row.IdAt(6));
      if (first && escalated != escalated_.end() && row.TimeAt(4) > escalated->second) {
        ++conducts_[task->second.authority].after_escalation;
      }
    }
  }

  void Take(TaskAnswers& task, absl::string_view kind, absl::Time at, bool faultless) {
    Conduct& conduct = conducts_[task.authority];
    ++conduct.answers;
    conduct.on_fridays += absl::GetWeekday(LegalDay(at)) == absl::Weekday::friday;
    conduct.returned += kind == "RETURNED";
    conduct.found += kind == "REVOKED";
    task.requests += kind == "SUPPLEMENT_REQUESTED";
    if (kind != "DECIDED") return;
    if (task.decisions == 0) {
      days_[task.authority].push_back(absl::ToDoubleHours(at - task.given) / 24);
    }
    task.decisions += faultless;
  }

  std::map<std::string, Conduct> conducts_;
  std::map<std::string, std::vector<double>> days_;
  std::map<Id, TaskAnswers> tasks_;
  std::map<Id, absl::Time> escalated_;  // cases
};

}  // namespace

std::map<std::string, Conduct> ReadConduct(SimWorld& world) { return Reader().Read(world); }

}  // namespace xiufu::simulation
