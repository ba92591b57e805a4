#include "tests/simulation/year/year_authority.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::simulation {
namespace {

constexpr double kLostCalls = 0.02;  // of either direction
constexpr char kRemedies[] = "可依法申请行政复议或者提起行政诉讼";

// A few characters that tell tasks apart.
std::string ShortNo(const Id& task) { return HexEncode(Sha256(task.bytes())).substr(0, 10); }

}  // namespace

Luck YearAuthority::LuckOf(const Work& work, absl::string_view what) const {
  return Luck(seed_, work.task.id.bytes(), what);
}

absl::Time YearAuthority::After(absl::Time at, const int (&hours)[2], Luck& luck) const {
  return OfficeTime(at + absl::Minutes(luck.Between(hours[0] * 60, hours[1] * 60)));
}

absl::Time YearAuthority::OfficeTime(absl::Time at) const {
  if (!character_.only_fridays) return at;
  absl::CivilDay friday = LegalDay(at);
  if (absl::GetWeekday(friday) != absl::Weekday::friday ||
      at > StartOfLegalDay(friday) + absl::Hours(16)) {
    friday = absl::NextWeekday(friday, absl::Weekday::friday);
  }
  return std::max(at, StartOfLegalDay(friday) + absl::Hours(15));
}

absl::StatusOr<department::Receipt> YearAuthority::Deliver(const department::Task& task,
                                                           const department::ApplicationFile&,
                                                           absl::Time) {
  Luck luck(seed_, task.id.bytes(), absl::StrCat("call ", ++calls_[task.id]));
  if (luck.Chance(kLostCalls)) return absl::UnavailableError("the call was lost on its way");
  auto [work, first] = works_.try_emplace(task.id, Work{task});
  if (first && task.is_objection()) {
    AnswerObjection(work->second);
  } else if (first) {
    Begin(work->second);
  }
  if (luck.Chance(kLostCalls)) return absl::UnavailableError("the answer was lost on its way");
  return department::Receipt{absl::StrCat(code(), "-", ShortNo(task.id)), std::nullopt};
}

absl::StatusOr<department::Receipt> YearAuthority::Query(const department::Task& task, absl::Time) {
  if (!works_.contains(task.id)) return absl::NotFoundError("never arrived");
  return department::Receipt{absl::StrCat(code(), "-", ShortNo(task.id)), std::nullopt};
}

void YearAuthority::Begin(const Work& work) {
  Luck luck = LuckOf(work, "begin");
  const absl::Time at = After(Now(), character_.accepts_after, luck);
  if (luck.Chance(character_.silent)) {
    silent_[work.task.case_id] = work.task.id;
    return;
  }
  const bool first = returned_.insert(work.task.case_id).second;
  if (first && luck.Chance(character_.returns)) {
    return Say(work, at, "returned", department::Returned{"非本单位认定，请核实"});
  }
  TakeUp(work, at);
}

void YearAuthority::AnswerObjection(const Work& work) {
  Luck luck = LuckOf(work, "objection");
  const absl::Time at =
      After(After(Now(), character_.accepts_after, luck), character_.decides_after, luck);
  const bool first = returned_.insert(work.task.case_id).second;
  if (first && luck.Chance(character_.returns + 0.05)) {
    return Say(work, at, "returned", department::Returned{"非本单位认定，请核实"});
  }
  if (luck.Chance(0.35)) {
    return Say(work, at, "upheld", department::ObjectionUpheld{"", "更正处罚种类", {"经核实有误"}});
  }
  Say(work, at, "rejected", department::ObjectionRejected{"", {"经核实无误"}, kRemedies});
}

void YearAuthority::TakeUp(const Work& work, absl::Time at) {
  Luck luck = LuckOf(work, "take up");
  if (luck.Chance(character_.not_accepts)) {
    return Say(work, at, "not-accepted",
               department::NotAccepted{"", {"申请材料与失信信息不符"}, kRemedies});
  }
  Say(work, at, "accepted", department::Accepted{absl::StrCat("受理", ShortNo(work.task.id))});
  const absl::Time next = After(at, character_.decides_after, luck);
  if (luck.Chance(character_.asks)) return Ask(work, at + (next - at) / 2, "1");
  if (luck.Chance(character_.extends)) {
    Say(work, OfficeTime(at + (next - at) / 3), "extended",
        department::Extended{"", "需要实地核查"});
    return Decide(work, OfficeTime(next + absl::Hours(24 * 5)), "");
  }
  Decide(work, next, "");
}

void YearAuthority::Ask(const Work& work, absl::Time at, absl::string_view round) {
  Say(work, OfficeTime(at), absl::StrCat("supplement-", round),
      department::SupplementRequested{{absl::StrCat("缺少缴款凭证（", round, "）")}, {}});
}

absl::Status YearAuthority::PassOn(const department::Task& task,
                                   const department::Supplement& supplement,
                                   const department::ApplicationFile&, absl::Time) {
  Work& work = works_.at(task.id);
  // Rounds of a case begin with what a reviewer asked for.
  if (supplement.round <= work.last_round || work.over) return absl::OkStatus();
  work.last_round = supplement.round;
  ++work.supplements;
  Luck luck = LuckOf(work, absl::StrCat("round ", supplement.round));
  const absl::Time next = After(Now(), character_.decides_after, luck);
  if (work.supplements > 1) return absl::OkStatus();  // what it will decide is on its way
  if (!luck.Chance(character_.asks_again)) {
    Decide(work, next, "");
    return absl::OkStatus();
  }
  Ask(work, Now() + (next - Now()) / 2, "2");
  Decide(work, OfficeTime(next + absl::Hours(24 * 20)), "");  // whether it is let or not
  return absl::OkStatus();
}

void YearAuthority::Decide(const Work& work, absl::Time at, absl::string_view suffix) {
  Luck luck = LuckOf(work, "decide");
  department::Decided decided;
  decided.approved = !luck.Chance(character_.refuses);
  decided.decision_no =
      absl::StrCat("丹信修〔", LegalDay(at).year(), "〕", ShortNo(work.task.id), suffix);
  decided.decision_date = FormatDay(LegalDay(at));
  decided.record_version = work.task.record.version;
  if (!decided.approved) {
    decided.reasons = {"尚未履行完毕"};
    if (!luck.Chance(character_.forgets_remedies) || !suffix.empty()) decided.remedies = kRemedies;
  }
  const bool contradicts = suffix.empty() && luck.Chance(character_.contradicts);
  if (luck.Chance(0.05)) Say(work, at + absl::Minutes(1), "decided", decided);  // sent twice
  Say(work, at, absl::StrCat("decided", suffix), decided);
  if (decided.approved && luck.Chance(character_.finds)) Find(work, at);
  if (!contradicts) return;
  decided.approved = !decided.approved;
  decided.reasons = {"经复核，原结论有误"};
  decided.remedies = kRemedies;
  decided.decision_no += "之二";
  const int hours[2] = {1, 24 * 20};
  const absl::Time again = After(at, hours, luck);
  decided.decision_date = FormatDay(LegalDay(again));
  Say(work, again, "decided-otherwise", decided);
}

void YearAuthority::Find(const Work& work, absl::Time decided) {
  Luck luck = LuckOf(work, "finding");
  const char* kinds[] = {"FALSE_MATERIAL", "NON_PERFORMANCE", "DECISION_ANNULLED"};
  const int hours[2] = {24 * 15, 24 * 60};
  const absl::Time at = After(decided, hours, luck);
  Say(work, at, "revoked",
      department::Revoked{
          .kind = kinds[luck.Between(0, 2)],
          .document_no = absl::StrCat("丹撤〔", LegalDay(at).year(), "〕", ShortNo(work.task.id)),
          .found_on = FormatDay(LegalDay(at)),
          .reasons = {"查实"},
          .remedies = kRemedies});
}

absl::Status YearAuthority::Complain(const department::Task& task, const department::Fault& fault,
                                     absl::Time) {
  const Work& work = works_.at(task.id);
  if (!work.over)
    Decide(work, OfficeTime(Now() + absl::Hours(20)), absl::StrCat("-", fault.answer_id));
  return absl::OkStatus();
}

absl::Status YearAuthority::Cancel(const department::Task& task, const department::Cancellation&,
                                   absl::Time) {
  Forget(task.id);
  silent_.erase(task.case_id);
  if (auto work = works_.find(task.id); work != works_.end()) work->second.over = true;
  return absl::OkStatus();
}

void YearAuthority::Remind(const Id& case_id) {
  auto silent = silent_.find(case_id);
  if (silent == silent_.end()) return;
  const Work& work = works_.at(silent->second);
  silent_.erase(silent);
  Luck luck = LuckOf(work, "reminded");
  const int hours[2] = {4, 72};
  TakeUp(work, After(Now(), hours, luck));
}

void YearAuthority::Say(const Work& work, absl::Time at, absl::string_view name,
                        decltype(department::Answer::kind) kind) {
  AnswerAt(at,
           {absl::StrCat(name, "-", work.task.id.ToString()), work.task.id, "", std::move(kind)});
}

}  // namespace xiufu::simulation
