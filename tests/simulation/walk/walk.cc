#include "tests/simulation/walk/walk.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::simulation {
namespace {

absl::Time BeginningOf(uint64_t seed) {
  // Wednesdays; the first with five weeks of Order 58 to come.
  const absl::CivilDay day =
      seed % 2 == 1 ? absl::CivilDay(2026, 2, 25) : absl::CivilDay(2026, 6, 17);
  return StartOfLegalDay(day) + absl::Minutes(9 * 60 + 30);
}

}  // namespace

Walk::Walk(uint64_t seed, const std::string& folder) : random_(seed) {
  SimSettings settings;
  settings.seed = seed;
  settings.weather = {.lost = 0.1, .doubled = 0.2, .late = 0.2};
  settings.folder = folder;
  settings.beginning = BeginningOf(seed);
  settings.law = &FullLaw();
  settings.returns_lost_in = 10;
  settings.system = [this](const catalogue::Authority& authority, const Clock* clock) {
    auto system = std::make_unique<WalkAuthority>(authority.code, clock, &random_);
    const auto& codes = WalkFeeds::Authorities();
    if (std::count(codes.begin(), codes.end(), authority.code) > 0) {
      authorities_.push_back(system.get());
    }
    return system;
  };
  world_ = std::make_unique<SimWorld>(settings);
  invariants_ = std::make_unique<Invariants>(world_.get());
  feeds_ = std::make_unique<WalkFeeds>(world_.get(), dice_);
  subjects_ = std::make_unique<WalkSubjects>(world_.get(), feeds_.get(), dice_);
  desk_ = std::make_unique<WalkDesk>(world_.get(), dice_);
  door_ = std::make_unique<WalkDoor>(world_.get(), feeds_.get(), dice_);
  WireKinds();
}

void Walk::WireKinds() {
  kinds_ = {
      {60, "work", [this] { return Work(); }},
      {46, "answer", [this] { return Answer(); }},
      {20, "apply", [this] { return subjects_->Apply(); }},
      {14, "supplement", [this] { return subjects_->Supplement(); }},
      {3, "withdraw", [this] { return subjects_->Withdraw(); }},
      {3, "object", [this] { return subjects_->Object(); }},
      {1, "give up objection", [this] { return subjects_->GiveUpObjection(); }},
      {8, "push", [this] { return door_->Push(); }},
      {8, "push papers", [this] { return door_->SendPapers(); }},
      {6, "push supplement", [this] { return door_->Supplement(); }},
      {1, "push withdrawal", [this] { return door_->Withdraw(); }},
      {1, "take up push", [this] { return door_->TakeUp(); }},
      {10, "assign", [this] { return desk_->Assign(); }},
      {5, "allow supplement", [this] { return desk_->Allow(); }},
      {8, "review", [this] { return desk_->Review(); }},
      {1, "opinion", [this] { return desk_->Think(); }},
      {4, "tell of upstream", [this] { return desk_->Tell(); }},
      {3, "revoke", [this] { return desk_->Revoke(); }},
      {2, "assign objection", [this] { return desk_->AssignObjection(); }},
      {1, "report", [this] { return feeds_->Report(); }},
      {2, "correct record", [this] { return feeds_->Correct(); }},
      {3, "let stand", [this] { return feeds_->LetStand(); }},
      {25, "time", [this] { return PassTime(); }},
      {2, "clock set back", [this] { return SetClockBack(); }},
      {16, "rest",
       [this] {
         Rest();
         return WalkStep{"", true};
       }},
  };
  for (const Kind& kind : kinds_) weights_ += kind.weight;
}

void Walk::Step() {
  int dice = dice_.Below(weights_);
  const Kind* kind = kinds_.data();
  for (; dice >= kind->weight; ++kind) dice -= kind->weight;
  const WalkStep step = kind->take();
  trail_.push_back(absl::StrCat(kind->name, " ", step.what));
  if (step.taken) ++taken_[kind->name];
  invariants_->AtAnyMoment();
}

void Walk::Rest() {
  world_->Settle();
  invariants_->AtAnyMoment();
  invariants_->AtRest();
}

WalkStep Walk::Work() {
  for (int i = 1 + dice_.Below(4); i > 0; --i) world_->WorkOne(random_);
  return {"", true};
}

WalkStep Walk::Answer() {
  WalkAuthority* authority = dice_.AnyOf(authorities_);
  return {authority->code(), authority->SayAnything()};
}

WalkStep Walk::PassTime() {
  absl::Time to = world_->clock().Now();
  const int dice = dice_.Below(20);
  if (dice < 15) {
    to += absl::Minutes(1 + dice_.Below(60 * 30));
  } else if (dice < 19) {
    to = StartOfLegalDay(LegalDay(to) + 1) + absl::Seconds(dice_.Below(2));
  } else {
    to += absl::Hours(24 * (1 + dice_.Below(20)));
  }
  world_->clock().AdvanceTo(to);
  return {absl::FormatTime(to, ShanghaiZone()), true};
}

WalkStep Walk::SetClockBack() {
  const absl::Time to = world_->clock().Now() - absl::Minutes(1 + dice_.Below(60 * 20));
  world_->clock().JumpTo(to);
  return {absl::FormatTime(to, ShanghaiZone()), true};
}

}  // namespace xiufu::simulation
