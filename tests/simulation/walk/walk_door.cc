#include "tests/simulation/walk/walk_door.h"

#include "absl/strings/str_cat.h"

namespace xiufu::simulation {

WalkStep WalkDoor::Push() {
  if (pushed_.empty() || !dice_.OneIn(4)) {
    pushed_.push_back({absl::StrCat("XYXF", pushed_.size() + 1), feeds_->AnyAbout(),
                       world_->clock().Now() - absl::Minutes(dice_.Below(600))});
  }
  const Pushed& one = dice_.OneIn(4) ? dice_.AnyOf(pushed_) : pushed_.back();
  return Tried(absl::StrCat(one.number, " ", one.about.document_no),
               world_->door().Push(one.number, one.about, one.at).status());
}

WalkStep WalkDoor::SendPapers() {
  if (pushed_.empty()) return {};
  const std::string& number = dice_.OneIn(3) ? dice_.AnyOf(pushed_).number : pushed_.back().number;
  return Tried(number, world_->door().SendPapers(number));
}

WalkStep WalkDoor::Supplement() {
  if (pushed_.empty()) return {};
  std::vector<std::string> asked;
  for (const Pushed& one : pushed_) {
    if (world_->door().Asked(one.number) > 0) asked.push_back(one.number);
  }
  const std::string number =
      asked.empty() || dice_.OneIn(5) ? dice_.AnyOf(pushed_).number : dice_.AnyOf(asked);
  const int round = std::max(1, world_->door().Asked(number));
  return Tried(absl::StrCat(number, " round ", round), world_->door().Supplement(number, round));
}

WalkStep WalkDoor::Withdraw() {
  if (pushed_.empty()) return {};
  const std::string& number = dice_.AnyOf(pushed_).number;
  return Tried(number, world_->door().Withdraw(number));
}

WalkStep WalkDoor::TakeUp() {
  std::vector<Id> waiting;
  world_->Read("intake", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT id FROM pushed WHERE state IN (2, 3, 5) ORDER BY id");
    while (row.Next()) waiting.push_back(row.IdAt(0));
  });
  if (waiting.empty()) return {};
  const Id& one = dice_.AnyOf(waiting);
  const Id record = dice_.OneIn(2) ? dice_.AnyOf(feeds_->records()) : Id();
  return Tried(one.ToString(), world_->door().TakeUp(one, record));
}

}  // namespace xiufu::simulation
