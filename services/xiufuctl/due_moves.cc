#include "services/xiufuctl/due_moves.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/routing/v1/routing.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using routing::v1::DueMove;

using Routing = Operator<routing::v1::RoutingService>;

nlohmann::json MoveJson(const DueMove& move) {
  return {{"case", IdText(move.case_id())},
          {"application", IdText(move.application())},
          {"objection", IdText(move.objection())},
          {"number", move.application_number()},
          {"authority", {{"code", move.authority().code()}, {"name", move.authority().name()}}},
          {"kind", move.kind()},
          {"from", move.from_date()},
          {"to", move.to_date()},
          {"was_provisional", move.was_provisional()},
          {"from_calendar", move.from_calendar()},
          {"to_calendar", move.to_calendar()},
          {"moved_at", ZonedTime(move.moved_at())}};
}

void PrintMove(const DueMove& move) {
  std::cout << move.application_number() << "  " << move.authority().name() << "  " << move.kind()
            << "  " << move.from_date() << " → " << move.to_date() << '\n'
            << (move.objection().empty() ? "  办件 / case: " + IdText(move.case_id())
                                         : "  异议 / objection: " + IdText(move.objection()))
            << '\n'
            << "  日历 / calendar: " << move.from_calendar() << " → " << move.to_calendar() << '\n';
}

}  // namespace

int ListDueMoves(const Arguments& args) {
  const absl::StatusOr<Routing> routing = Routing::Of(args, "routing");
  if (!routing.ok()) return Failed(routing.status());
  return TellRows(routing->All(
                      &Routing::Stub::ListDueMoves, routing::v1::ListDueMovesRequest(),
                      [](const auto& page) -> const auto& { return page.moves(); }),
                  "moves", "没有变动的期限 / no due date has moved", args.Has("json"), MoveJson,
                  PrintMove);
}

}  // namespace xiufu::ctl
