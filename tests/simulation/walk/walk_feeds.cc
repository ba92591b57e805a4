#include "tests/simulation/walk/walk_feeds.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/publication/app/carry_out.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/sql_endings.h"
#include "services/publication/drivers/sql_records.h"
#include "tests/simulation/report.h"

namespace xiufu::simulation {
namespace {

constexpr char kHead[] =
    "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_WSH,CF_WFXW,CF_CFLB,CF_NR_WFFF,CF_JDRQ,CF_CFJG,CF_"
    "CFJGDM\n";
// Of the three classes of NDRC Order 36, the first of which ends by itself within weeks; the last
// two are decided in another system.
struct Penalty {
  absl::string_view authority;
  absl::string_view kind;
  absl::string_view amount;
  int days_ago;
};
constexpr Penalty kPenalties[] = {{"transport", "警告", "", 16},
                                  {"environment", "没收违法所得", "1.25", 136},
                                  {"construction", "责令停产停业", "", 472},
                                  {"tax", "没收违法所得", "3", 140},
                                  {"market-regulation", "没收非法财物", "0.5", 150}};
constexpr int kKinds = static_cast<int>(std::size(kPenalties));

}  // namespace

WalkFeeds::WalkFeeds(SimWorld* world, Dice dice)
    : world_(world),
      dice_(dice),
      first_(LegalDay(world->clock().Now())),
      subjects_({"91210600MAYY000188", "91210600MAYY00229P"}),
      words_(subjects_.size() * kKinds, "测试违法行为") {
  std::string csv = kHead;
  for (size_t i = 0; i < words_.size(); ++i) absl::StrAppend(&csv, Row(static_cast<int>(i)));
  world_->Import(csv);
  world_->Read("publication", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT id FROM record ORDER BY id");
    while (row.Next()) records_.push_back(row.IdAt(0));
  });
}

const std::vector<std::string>& WalkFeeds::Authorities() {
  static const auto* const codes =
      new std::vector<std::string>{"transport", "environment", "construction"};
  return *codes;
}

std::string WalkFeeds::Row(int number) const {
  const Penalty& penalty = kPenalties[number % kKinds];
  const catalogue::Authority& authority =
      *world_->registry().FindByCode(std::string(penalty.authority));
  return absl::StrCat("丹东测试有限公司,法人及非法人组织,", subjects_[number / kKinds], ",丹罚字",
                      number % kKinds, "号,", words_[number], ",", penalty.kind, ",",
                      penalty.amount, ",", FormatDay(first_ - penalty.days_ago), ",",
                      authority.name, ",", authority.uscc, "\n");
}

std::vector<Id> WalkFeeds::RecordsOf(const std::string& uscc) {
  std::vector<Id> records;
  world_->Read("publication", [&](storage::Session& session) {
    storage::Query row =
        session.Sql("SELECT id FROM record WHERE subject_uscc = ? ORDER BY id", uscc);
    while (row.Next()) records.push_back(row.IdAt(0));
  });
  return records;
}

std::string WalkFeeds::SubjectOf(const Id& record) {
  std::string uscc;
  world_->Read("publication", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT subject_uscc FROM record WHERE id = ?", record);
    if (row.Next()) uscc = std::string(row.Text(0));
  });
  return uscc;
}

SimDoor::About WalkFeeds::AnyAbout() {
  const int number = dice_.Below(static_cast<int>(words_.size()));
  const catalogue::Authority& authority =
      *world_->registry().FindByCode(std::string(kPenalties[number % kKinds].authority));
  const bool unknown = dice_.OneIn(12);
  return {subjects_[number / kKinds], authority.uscc,
          absl::StrCat(unknown ? "未归集字" : "丹罚字", number % kKinds, "号")};
}

WalkStep WalkFeeds::Correct() {
  const int number = dice_.Below(static_cast<int>(words_.size()));
  words_[number] = absl::StrCat("更正后的违法行为", dice_.Below(1000));
  world_->ImportAsItIs(absl::StrCat(kHead, Row(number)));
  return {absl::StrCat("row ", number), true};
}

WalkStep WalkFeeds::Report() {
  using enum feed::Reported::Kind;
  // Mostly what is a repair: the rest puts an end to the record for good.
  const feed::Reported::Kind kind = dice_.AnyOf(std::vector<feed::Reported::Kind>{
      kMovedOut, kMovedOut, kMovedOut, kMovedOut, kRevoked, kAnnulled});
  const Id& record = dice_.AnyOf(records_);
  return Tried(absl::StrCat(record.ToString(), " ", ToString(kind)),
               ReportByAuthority(*world_, record, kind));
}

WalkStep WalkFeeds::LetStand() {
  const publication::SqlRecords records;
  const publication::SqlEndings endings;
  const publication::OutboxAnnouncer announcer;
  const publication::CarryOut carry_out(&records, &endings, &announcer);
  int carried_out = 0;
  Must(world_->database("publication").WriteAndWait([&](storage::Tx& tx) {
    for (const publication::Ending& refused : endings.Refused(tx, Id(), 10)) {
      carried_out += carry_out(refused.decision.decision,
                               {"核对员", "人工核对一致", world_->clock().Now()}, tx)
                         .ok();
    }
    return tx.status();
  }));
  return {absl::StrCat(carried_out, " decisions"), carried_out > 0};
}

}  // namespace xiufu::simulation
