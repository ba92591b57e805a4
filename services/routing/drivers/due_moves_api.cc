#include "services/routing/drivers/due_moves_api.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "services/routing/drivers/proto_fields.h"

namespace xiufu::routing {
namespace {

constexpr int kMovesPage = 200;
constexpr int kLargestMovesPage = 1000;
constexpr char kListDueMoves[] = "ListDueMoves";

void WriteMove(const DueMoveRow& move, v1::DueMove* proto) {
  if (move.objection.IsNone()) {
    proto->set_case_id(IdBytes(move.case_id));
    proto->set_application(IdBytes(move.application));
  } else {
    proto->set_objection(IdBytes(move.objection));
  }
  proto->set_application_number(move.application_number);
  proto->mutable_authority()->set_code(move.authority.code);
  proto->mutable_authority()->set_name(move.authority.name);
  proto->mutable_authority()->set_uscc(move.authority.uscc);
  proto->set_kind(move.kind);
  proto->set_from_date(move.from_date);
  proto->set_to_date(move.to_date);
  proto->set_from_calendar(move.from_calendar);
  proto->set_to_calendar(move.to_calendar);
  proto->set_was_provisional(move.was_provisional);
  WriteTime(move.at, proto->mutable_moved_at());
}

}  // namespace

grpc::ServerUnaryReactor* DueMovesApi::List(grpc::CallbackServerContext* context,
                                            const v1::ListDueMovesRequest* request,
                                            v1::ListDueMovesResponse* response) const {
  const absl::Status status = rpc::OnlyOperator(*context);
  return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
}

absl::Status DueMovesApi::Fill(const v1::ListDueMovesRequest& request,
                               v1::ListDueMovesResponse& response) const {
  absl::StatusOr<int> size = rpc::PageSize(request.page_size(), kMovesPage, kLargestMovesPage);
  if (!size.ok()) return size.status();
  absl::StatusOr<std::string> position = page_tokens_.Decode(kListDueMoves, request.page_token());
  if (!position.ok()) return position.status();
  int64_t after = 0;
  if (!position->empty() && !absl::SimpleAtoi(*position, &after)) after = 0;
  return database_->Read([&](storage::Session& session) {
    std::vector<DueMoveRow> moves = moves_.List(session, after, *size + 1);
    if (moves.size() > static_cast<size_t>(*size)) {
      moves.pop_back();
      response.set_next_page_token(
          page_tokens_.Encode(kListDueMoves, absl::StrCat(moves.back().id)));
    }
    for (const DueMoveRow& move : moves) WriteMove(move, response.add_moves());
    return session.status();
  });
}

}  // namespace xiufu::routing
