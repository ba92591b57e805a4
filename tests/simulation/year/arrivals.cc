#include "tests/simulation/year/arrivals.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/legal_day.h"
#include "libs/base/mod31.h"
#include "tests/simulation/luck.h"

namespace xiufu::simulation {
namespace {

constexpr char kPenaltyHead[] =
    "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_WSH,CF_WFXW,CF_CFLB,CF_NR_WFFF,CF_JDRQ,CF_CFJG,CF_"
    "CFJGDM\n";
constexpr char kListHead[] =
    "名单类型,主体名称,统一社会信用代码,认定单位,认定文号,列入事由,列入日期\n";

// A kind of penalty, its class by Order 36, and how many days ago it may have been decided on.
struct Penalty {
  absl::string_view kind;
  absl::string_view amount;  // 万元
  int days[2];
};
constexpr Penalty kPenalties[] = {
    {"警告", "", {1, 85}},
    {"通报批评", "", {5, 85}},
    {"没收违法所得", "1.25", {95, 350}},
    {"没收非法财物", "0.4", {95, 350}},
    {"责令停产停业", "", {370, 1000}},
    {"吊销许可证件", "", {370, 1000}},
};

constexpr int kBatch = 8;  // every tenth eight come together

std::string Key(const Arrival& arrival) {
  return absl::StrCat(arrival.subject, "/", arrival.attempt);
}

absl::Time Moment(Luck& luck, absl::CivilDay day) {
  const bool by_day = luck.Chance(0.8);
  const int minutes = by_day ? luck.Between(8 * 60 + 30, 17 * 60 + 30) : luck.Between(120, 1430);
  return StartOfLegalDay(day) + absl::Minutes(minutes) + absl::Seconds(luck.Between(0, 59));
}

bool IsWeekend(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

std::string NameOf(int subject) { return absl::StrCat("丹东测试", subject + 1, "号有限公司"); }

}  // namespace

std::vector<Arrival> PlanArrivals(uint64_t seed, int year, int count) {
  std::vector<Arrival> arrivals;
  const absl::CivilDay first(year, 1, 1);
  const auto days = static_cast<int>(absl::CivilDay(year + 1, 1, 1) - first);
  for (int subject = 0; subject < count; ++subject) {
    const int group = subject / kBatch;
    const bool in_batch = group % 10 == 0;
    Luck luck(seed, absl::StrCat(in_batch ? group * kBatch : subject), "arrival");
    absl::CivilDay day = first + luck.Between(0, days - 1);
    if (IsWeekend(day) && luck.Chance(0.6)) day = first + luck.Between(0, days - 1);
    arrivals.push_back({subject, 1, Moment(luck, day)});
  }
  return arrivals;
}

Arrival ComingAgain(uint64_t seed, const Arrival& before) {
  Arrival again{before.subject, before.attempt + 1, before.at + absl::Minutes(1)};
  Luck luck(seed, Key(again), "coming again");
  const absl::CivilDay today = LegalDay(before.at);
  const auto left = static_cast<int>(absl::CivilDay(today.year(), 12, 31) - today);
  if (left > 0) again.at = Moment(luck, today + luck.Between(1, left));
  return again;
}

std::string UsccOf(int subject) {
  const std::string body = absl::StrFormat("MAY%05d", subject);
  std::string code = absl::StrCat("91210600", body, std::string(1, *OrganisationCheckDigit(body)));
  code.push_back(*Mod31CheckCharacter(code));
  return code;
}

DayFeeds::DayFeeds(uint64_t seed, const catalogue::AuthorityRegistry* authorities) : seed_(seed) {
  for (const catalogue::Authority& authority : authorities->all()) {
    if (authority.handling == catalogue::Handling::kInSuite) in_suite_.push_back(&authority);
  }
}

void DayFeeds::Add(const Arrival& arrival) {
  Luck luck(seed_, Key(arrival), "records");
  const int most[] = {1, 1, 1, 2, 2, 3, 4, 5};
  const int records = most[luck.Between(0, std::size(most) - 1)];
  for (int number = 1; number <= records; ++number) {
    const int who = luck.Between(0, static_cast<int>(in_suite_.size()) - 1);
    if (luck.Chance(0.06)) {
      AddListed(arrival, number, *in_suite_[who]);
    } else {
      AddPenalty(arrival, number, *in_suite_[who]);
    }
  }
}

void DayFeeds::AddPenalty(const Arrival& arrival, int number,
                          const catalogue::Authority& authority) {
  Luck luck(seed_, absl::StrCat(Key(arrival), "/", number), "penalty");
  const Penalty& penalty = kPenalties[luck.Between(0, std::size(kPenalties) - 1)];
  const absl::CivilDay decided =
      LegalDay(arrival.at) - luck.Between(penalty.days[0], penalty.days[1]);
  if (penalties_.empty()) penalties_ = kPenaltyHead;
  absl::StrAppend(&penalties_, NameOf(arrival.subject), ",法人及非法人组织,",
                  UsccOf(arrival.subject), ",丹罚〔", arrival.attempt, "〕", arrival.subject, "-",
                  number, "号,测试违法行为,", penalty.kind, ",", penalty.amount, ",",
                  FormatDay(decided), ",", authority.name, ",", authority.uscc, "\n");
}

void DayFeeds::AddListed(const Arrival& arrival, int number,
                         const catalogue::Authority& authority) {
  Luck luck(seed_, absl::StrCat(Key(arrival), "/", number), "listed");
  const absl::CivilDay listed = LegalDay(arrival.at) - luck.Between(370, 1000);
  if (lists_.empty()) lists_ = kListHead;
  absl::StrAppend(&lists_, "测试行业严重失信主体名单,", NameOf(arrival.subject), ",",
                  UsccOf(arrival.subject), ",", authority.name, ",丹列〔", arrival.attempt, "〕",
                  arrival.subject, "-", number, "号,多次违法,", FormatDay(listed), "\n");
}

}  // namespace xiufu::simulation
