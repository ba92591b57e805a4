#include "tests/simulation/year/year_persons.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/routing/drivers/objection_table.h"
#include "tests/simulation/report.h"

namespace xiufu::simulation {
namespace {

constexpr char kReturning[] = "health";  // whatever it gets it may return
constexpr int kAtOnce = 1000;

}  // namespace

YearPersons::YearPersons(const YearStage* stage) : stage_(*stage) {
  for (const catalogue::Authority& authority : stage_.world->registry().all()) {
    if (authority.handling == catalogue::Handling::kInSuite) in_suite_.push_back(authority.code);
  }
}

void YearPersons::Work() {
  Review();
  AssignCases();
  AllowSupplements();
  AskUpstream();
  AssignObjections();
}

// A quarter is never looked at and passed on when its time is up.
void YearPersons::Review() {
  struct InPreCheck {
    Id case_id;
    absl::Time since;
    int64_t step, rounds;
  };
  std::vector<InPreCheck> waiting;
  stage_.world->Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql(
        "SELECT id, changed_at, step, review_rounds FROM kase WHERE state = 13 ORDER BY id");
    while (row.Next()) waiting.push_back({row.IdAt(0), row.TimeAt(1), row.Int(2), row.Int(3)});
  });
  for (const InPreCheck& one : waiting) {
    Luck luck = stage_.LuckOf(one.case_id, absl::StrCat("review ", one.step, "/", one.rounds));
    if (luck.Chance(0.25)) continue;
    if (stage_.Now() - one.since < absl::Hours(luck.Between(0, 60))) continue;
    const bool defects = one.rounds == 0 && luck.Chance(0.15);
    std::vector<std::string> missing;
    if (defects) missing = {"缺整改报告"};
    Must(stage_.world->desk().Review({one.case_id, missing, "预审员丙", "已核对"}));
    ++(defects ? stage_.acts->defects : stage_.acts->reviewed);
  }
}

// What a door has pushed and is decided in another system stays here until that is told.
void YearPersons::AssignCases() {
  struct Unassigned {
    Id case_id, record;
    absl::Time since;
  };
  std::vector<Unassigned> unassigned;
  stage_.world->Read("routing", [&](storage::Session& session) {
    storage::Query row =
        session.Sql("SELECT id, record, changed_at FROM kase WHERE state = 8 ORDER BY id");
    while (row.Next()) unassigned.push_back({row.IdAt(0), row.IdAt(1), row.TimeAt(2)});
  });
  for (const Unassigned& one : unassigned) {
    Luck luck = stage_.LuckOf(one.case_id, "desk");
    if (stage_.Now() - one.since < absl::Hours(luck.Between(0, 72))) continue;
    const absl::Status assigned =
        stage_.world->desk().Assign({one.case_id, AnyAuthority(one.case_id, kReturning), "分办员甲",
                                     "按处罚决定书落款单位分办"});
    stage_.acts->assigned += assigned.ok() ? 1 : 0;
    const bool elsewhere = HasReason(assigned, "NOT_IN_SUITE");
    if (!elsewhere) Must(assigned);
    if (elsewhere && upstream_.insert(one.case_id).second) PlanUpstream(one.case_id, one.record);
  }
}

std::string YearPersons::AnyAuthority(const Id& whom, const std::string& but) const {
  Luck luck = stage_.LuckOf(whom, "assigned to");
  std::string code = but;
  while (code == but) code = in_suite_[luck.Between(0, static_cast<int>(in_suite_.size()) - 1)];
  return code;
}

void YearPersons::AllowSupplements() {
  std::vector<routing::UncountedAnswer> uncounted;
  stage_.world->Read("routing", [&](storage::Session& session) {
    uncounted = routing::DeskTable().Uncounted(session, looked_through_, kAtOnce);
  });
  for (const routing::UncountedAnswer& one : uncounted) {
    looked_through_ = {one.received_at, one.key.case_id, one.key.task, one.key.answer_id};
    if (one.kind != "SUPPLEMENT_REQUESTED") continue;
    Luck luck = stage_.LuckOf(one.key.case_id, one.key.answer_id);
    const bool allowed = luck.Chance(0.6) && stage_.world->desk()
                                                 .Allow({one.key.case_id, one.key.answer_id,
                                                         "督办员乙", "新的理由成立"})
                                                 .ok();
    ++(allowed ? stage_.acts->supplements_allowed : stage_.acts->supplements_not_allowed);
  }
}

void YearPersons::AskUpstream() {
  std::vector<std::pair<Id, Id>> waiting;
  stage_.world->Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT id, record FROM kase WHERE state = 14 ORDER BY id");
    while (row.Next()) waiting.emplace_back(row.IdAt(0), row.IdAt(1));
  });
  for (const auto& [case_id, record] : waiting) {
    if (upstream_.insert(case_id).second) PlanUpstream(case_id, record);
  }
}

// The other system's decision comes back as a report about the record; a no is told.
void YearPersons::PlanUpstream(const Id& case_id, const Id& record) {
  Luck luck = stage_.LuckOf(case_id, "upstream");
  const std::string suffix = case_id.ToString();
  const auto told = [&](const char* what, decltype(routing::Told::kind) kind) {
    return routing::Told{absl::StrCat("told/", what, "-", suffix), what, "联络员丁", "上级系统",
                         std::move(kind)};
  };
  TellLater(luck, 1, 3, case_id,
            told("filed", routing::Told::Filed{absl::StrCat("GJ", suffix.substr(24)),
                                               FormatDay(LegalDay(stage_.Now()))}));
  if (luck.Chance(0.08)) {
    return TellLater(luck, 4, 20, case_id,
                     told("not-accepted", routing::NotAccepted{"", {"材料不符"}, "可依法复议"}));
  }
  TellLater(luck, 4, 8, case_id, told("accepted", routing::Accepted{}));
  if (luck.Chance(0.12)) {
    return TellLater(luck, 10, 40, case_id,
                     ToldRefusal(case_id, FormatDay(LegalDay(stage_.Now()))));
  }
  stage_.agenda->At(stage_.Within(luck, 24 * 10, 24 * 40), [this, record] {
    const absl::Status reported =
        ReportByAuthority(*stage_.world, record, feed::Reported::Kind::kMovedOut);
    stage_.acts->decided_upstream += reported.ok() ? 1 : 0;
  });
}

void YearPersons::TellLater(Luck& luck, int from_day, int to_day, const Id& case_id,
                            routing::Told told) {
  stage_.agenda->At(stage_.Within(luck, 24 * from_day, 24 * to_day),
                    [this, case_id, told = std::move(told)] {
                      // Withdrawn meanwhile: nobody asks any more.
                      const bool taken = stage_.world->desk().Tell({case_id, told}).ok();
                      stage_.acts->told_of_upstream += taken ? 1 : 0;
                    });
}

void YearPersons::AssignObjections() {
  std::vector<routing::Objection> all;
  stage_.world->Read("routing", [&](storage::Session& session) {
    all = routing::ObjectionTable().List(session, Id(), true, kAtOnce);
  });
  for (const routing::Objection& one : all) {
    Must(stage_.world->desk().AssignObjection(
        {one.id, AnyAuthority(one.id, one.authority.code), "分办员甲", "按认定单位分办"}));
  }
}

}  // namespace xiufu::simulation
