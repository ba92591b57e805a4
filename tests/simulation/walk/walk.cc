#include "tests/simulation/walk/walk.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/publication/app/carry_out.h"
#include "services/publication/app/take_report.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/sql_endings.h"
#include "services/publication/drivers/sql_records.h"
#include "services/publication/drivers/sql_reports.h"
#include "services/routing/drivers/desk_table.h"

namespace xiufu::simulation {
namespace {

constexpr char kHead[] =
    "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_WSH,CF_WFXW,CF_CFLB,CF_NR_WFFF,CF_JDRQ,CF_CFJG,CF_"
    "CFJGDM\n";
constexpr absl::string_view kSubjects[] = {"91210600MAYY000188", "91210600MAYY00229P"};
constexpr absl::string_view kAuthorities[] = {"transport", "environment", "construction"};
struct Penalty {
  absl::string_view kind;
  absl::string_view amount;
  absl::string_view day;
};
// Of the three classes; the first of them ends by itself within weeks.
constexpr Penalty kPenalties[] = {{"警告", "", "2026-06-01"},
                                  {"没收违法所得", "1.25", "2026-02-01"},
                                  {"责令停产停业", "", "2025-03-02"}};
// A Wednesday morning.
const absl::Time kBeginning = absl::FromUnixSeconds(1'781'659'800);

SimSettings SettingsOf(uint64_t seed, const std::string& folder) {
  SimSettings settings;
  settings.seed = seed;
  settings.weather = {.lost = 0.1, .doubled = 0.2, .late = 0.2};
  settings.folder = folder;
  settings.beginning = kBeginning;
  settings.law = &ShippedLaw();
  return settings;
}

}  // namespace

Walk::Walk(uint64_t seed, const std::string& folder)
    : random_(seed),
      world_([&] {
        SimSettings settings = SettingsOf(seed, folder);
        settings.system = [this](const catalogue::Authority& authority, const Clock* clock) {
          auto system = std::make_unique<WalkAuthority>(authority.code, clock, &random_);
          if (authority.handling == catalogue::Handling::kInSuite) {
            authorities_.push_back(system.get());
          }
          return system;
        };
        return settings;
      }()),
      invariants_(&world_) {
  words_.assign(std::size(kSubjects) * std::size(kPenalties), "测试违法行为");
  ImportRecords();
}

std::string Walk::Row(int subject, int record) const {
  const catalogue::Authority& authority =
      *world_.registry().FindByCode(kAuthorities[record % std::size(kAuthorities)]);
  const Penalty& penalty = kPenalties[record];
  return absl::StrCat("丹东测试有限公司,法人及非法人组织,", kSubjects[subject], ",丹罚字", record,
                      "号,", words_[subject * std::size(kPenalties) + record], ",", penalty.kind,
                      ",", penalty.amount, ",", penalty.day, ",", authority.name, ",",
                      authority.uscc, "\n");
}

void Walk::ImportRecords() {
  std::string csv = kHead;
  for (size_t subject = 0; subject < std::size(kSubjects); ++subject) {
    for (size_t record = 0; record < std::size(kPenalties); ++record) {
      absl::StrAppend(&csv, Row(static_cast<int>(subject), static_cast<int>(record)));
    }
  }
  world_.Import(csv);
  world_.Read("publication", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT id FROM record ORDER BY id");
    while (row.Next()) records_.push_back(row.IdAt(0));
  });
}

void Walk::Step() {
  const int dice = Below(200);
  if (dice < 60) {
    Work();
  } else if (dice < 106) {
    Answer();
  } else if (dice < 120) {
    Apply();
  } else if (dice < 134) {
    Supplement();
  } else if (dice < 136) {
    Withdraw();
  } else if (dice < 146) {
    Assign();
  } else if (dice < 151) {
    Allow();
  } else if (dice < 152) {
    Report();
  } else if (dice < 154) {
    CorrectRecord();
  } else if (dice < 157) {
    LetStand();
  } else if (dice < 182) {
    PassTime();
  } else {
    Rest();
  }
  invariants_.AtAnyMoment();
}

void Walk::Rest() {
  Did("rest");
  world_.Settle();
  invariants_.AtAnyMoment();
  invariants_.AtRest();
}

void Walk::Work() {
  Did("work");
  for (int i = 1 + Below(4); i > 0; --i) world_.WorkOne(random_);
}

void Walk::Answer() {
  WalkAuthority* authority = AnyOf(authorities_);
  if (authority->SayAnything()) Did(absl::StrCat("answer of ", authority->code()));
}

void Walk::Apply() {
  const size_t subject = Below(static_cast<int>(std::size(kSubjects)));
  std::vector<Id> chosen;
  world_.Read("publication", [&](storage::Session& session) {
    storage::Query row =
        session.Sql("SELECT id FROM record WHERE subject_uscc = ? ORDER BY id", kSubjects[subject]);
    while (row.Next()) {
      if (Below(2) == 0) chosen.push_back(row.IdAt(0));
    }
  });
  const bool taken =
      !chosen.empty() && world_.TryApply(std::string(kSubjects[subject]), chosen).ok();
  Did(absl::StrCat("apply for ", chosen.size(), taken ? "" : ": refused"));
}

std::vector<Walk::Case> Walk::Cases() {
  std::vector<Case> cases;
  world_.Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT id, application, state FROM kase ORDER BY id");
    while (row.Next()) {
      cases.push_back({row.IdAt(0), row.IdAt(1), static_cast<routing::CaseState>(row.Int(2))});
    }
  });
  return cases;
}

std::optional<Walk::Case> Walk::SomeCase(routing::CaseState state) {
  std::vector<Case> cases = Cases();
  if (cases.empty()) return std::nullopt;
  std::vector<Case> fitting;
  for (const Case& one : cases) {
    if (one.state == state) fitting.push_back(one);
  }
  return fitting.empty() || Below(5) == 0 ? AnyOf(cases) : AnyOf(fitting);
}

void Walk::Supplement() {
  const std::optional<Case> one = SomeCase(routing::CaseState::kSupplementRequested);
  if (!one.has_value()) return;
  const bool taken = world_.TrySupplement(one->application, one->id).ok();
  Did(absl::StrCat("supplement to ", one->id.ToString(), taken ? "" : ": refused"));
}

void Walk::Withdraw() {
  const std::optional<Case> one = SomeCase(routing::CaseState::kWithAuthority);
  if (!one.has_value()) return;
  std::vector<Id> cases;
  if (Below(4) > 0) cases.push_back(one->id);
  const bool taken = world_.TryWithdraw(one->application, cases).ok();
  Did(absl::StrCat("withdraw ", one->id.ToString(), taken ? "" : ": refused"));
}

void Walk::Assign() {
  const std::optional<Case> one = SomeCase(routing::CaseState::kToBeAssigned);
  if (!one.has_value()) return;
  const std::string code(kAuthorities[Below(static_cast<int>(std::size(kAuthorities)))]);
  const bool done =
      world_.TryAssign(one->application, {one->id, code, "分办员", "按落款单位分办"}).ok();
  Did(absl::StrCat("assign ", one->id.ToString(), " to ", code, done ? "" : ": refused"));
}

void Walk::Allow() {
  std::vector<routing::UncountedAnswer> uncounted;
  world_.Read("routing", [&](storage::Session& session) {
    uncounted = routing::DeskTable().Uncounted(session, {}, 200);
  });
  if (uncounted.empty()) return;
  const routing::UncountedAnswer& one = AnyOf(uncounted);
  const bool done =
      world_.TryAllow(one.application, {one.key.case_id, one.key.answer_id, "督办员", "新的理由"})
          .ok();
  Did(absl::StrCat("allow ", one.key.answer_id, done ? "" : ": refused"));
}

void Walk::Report() {
  using Reported = publication::Reported;
  const publication::SqlRecords records;
  const publication::SqlReports reports;
  const publication::OutboxReportAnnouncer announcer;
  const publication::TakeReport take(&records, &reports, &announcer, &world_.law());
  const Id& record = AnyOf(records_);
  Reported reported;
  constexpr Reported::Kind kKinds[] = {Reported::Kind::kMovedOut, Reported::Kind::kRevoked,
                                       Reported::Kind::kAnnulled};
  reported.kind = kKinds[Below(3)];
  reported.day = LegalDay(world_.clock().Now());
  reported.reason = "自行纠正";
  const absl::Status told =
      world_.node("publication").database().WriteAndWait([&](storage::Tx& tx) {
        return take(record, reported, "walk", publication::TakeReport::Audience::kAll,
                    world_.clock().Now(), tx)
            .status();
      });
  Did(absl::StrCat("report about ", record.ToString(), " ", told.ToString()));
}

void Walk::CorrectRecord() {
  const int subject = Below(static_cast<int>(std::size(kSubjects)));
  const int record = Below(static_cast<int>(std::size(kPenalties)));
  words_[subject * std::size(kPenalties) + record] = absl::StrCat("更正后的违法行为", Below(1000));
  world_.ImportAsItIs(absl::StrCat(kHead, Row(subject, record)));
  Did(absl::StrCat("correction of record ", record, " of subject ", subject));
}

void Walk::LetStand() {
  const publication::SqlRecords records;
  const publication::SqlEndings endings;
  const publication::OutboxAnnouncer announcer;
  const publication::CarryOut carry_out(&records, &endings, &announcer);
  Must(world_.node("publication").database().WriteAndWait([&](storage::Tx& tx) {
    for (const publication::Ending& refused : endings.Refused(tx, Id(), 10)) {
      carry_out(refused.decision.decision, "人工核对一致", world_.clock().Now(), tx).IgnoreError();
    }
    return tx.status();
  }));
  Did("let stand");
}

void Walk::PassTime() {
  absl::Time to = world_.clock().Now();
  const int dice = Below(20);
  if (dice < 15) {
    to += absl::Minutes(1 + Below(60 * 30));
  } else if (dice < 19) {
    to = StartOfLegalDay(LegalDay(to) + 1) + absl::Seconds(Below(2));
  } else {
    to += absl::Hours(24 * (1 + Below(20)));
  }
  world_.clock().AdvanceTo(to);
  Did(absl::StrCat("time ", absl::FormatTime(to, ShanghaiZone())));
}

}  // namespace xiufu::simulation
