#include "services/xiufuctl/due_moves.h"

#include <grpcpp/grpcpp.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"
#include "services/xiufuctl/command.h"
#include "xiufu/routing/v1/routing.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using routing::v1::DueMove;

constexpr absl::Duration kMovesLimit = absl::Seconds(10);

absl::StatusOr<std::vector<DueMove>> AskForMoves(const std::string& target,
                                                 const std::string& credentials) {
  const absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  const auto stub = routing::v1::RoutingService::NewStub(rpc::NewChannel(target, *token));
  std::vector<DueMove> moves;
  routing::v1::ListDueMovesRequest request;
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kMovesLimit);
    routing::v1::ListDueMovesResponse page;
    const grpc::Status status = stub->ListDueMoves(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    moves.insert(moves.end(), page.moves().begin(), page.moves().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return moves;
}

std::string MovedId(const std::string& bytes) {
  const absl::StatusOr<Id> id = Id::FromBytes(bytes);
  return id.ok() ? id->ToString() : "";
}

nlohmann::json MoveJson(const DueMove& move) {
  return {{"case", MovedId(move.case_id())},
          {"application", MovedId(move.application())},
          {"number", move.application_number()},
          {"authority", {{"code", move.authority().code()}, {"name", move.authority().name()}}},
          {"kind", move.kind()},
          {"from", move.from_date()},
          {"to", move.to_date()},
          {"was_provisional", move.was_provisional()},
          {"from_calendar", move.from_calendar()},
          {"to_calendar", move.to_calendar()},
          {"moved_at",
           absl::FormatTime(absl::RFC3339_sec, absl::FromUnixSeconds(move.moved_at().seconds()),
                            absl::UTCTimeZone())}};
}

void PrintMove(const DueMove& move) {
  std::cout << move.application_number() << "  " << move.authority().name() << "  " << move.kind()
            << "  " << move.from_date() << " → " << move.to_date() << '\n'
            << "  办件 / case: " << MovedId(move.case_id()) << '\n'
            << "  日历 / calendar: " << move.from_calendar() << " → " << move.to_calendar() << '\n';
}

}  // namespace

int ListDueMoves(const std::string& target, const std::string& credentials, bool json) {
  const absl::StatusOr<std::vector<DueMove>> moves = AskForMoves(target, credentials);
  if (!moves.ok()) {
    std::cerr << "未成功 / failed: " << absl::StatusCodeToString(moves.status().code()) << ": "
              << moves.status().message() << '\n';
    return kExitFailed;
  }
  nlohmann::json list = nlohmann::json::array();
  for (const DueMove& move : *moves) {
    json ? list.push_back(MoveJson(move)) : PrintMove(move);
  }
  if (json) {
    std::cout << nlohmann::json{{"moves", list}}.dump() << '\n';
  } else if (moves->empty()) {
    std::cout << "没有变动的期限 / no due date has moved\n";
  }
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

}  // namespace xiufu::ctl
