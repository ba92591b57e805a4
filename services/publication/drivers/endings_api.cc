#include "services/publication/drivers/endings_api.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "services/publication/app/carry_out.h"
#include "services/publication/drivers/record_codec.h"

namespace xiufu::publication {
namespace {

constexpr int kEndingsPage = 50;
constexpr int kLargestEndingsPage = 200;
constexpr char kList[] = "ListRefusedEndings";

std::string EndingIdBytes(const Id& id) { return std::string(id.bytes()); }

}  // namespace

grpc::ServerUnaryReactor* EndingsApi::List(grpc::CallbackServerContext* context,
                                           const v1::ListRefusedEndingsRequest* request,
                                           v1::ListRefusedEndingsResponse* response) const {
  const absl::Status status = rpc::OnlyOperator(*context);
  return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
}

absl::Status EndingsApi::Fill(const v1::ListRefusedEndingsRequest& request,
                              v1::ListRefusedEndingsResponse& response) const {
  absl::StatusOr<int> size = rpc::PageSize(request.page_size(), kEndingsPage, kLargestEndingsPage);
  if (!size.ok()) return size.status();
  const bool let_stand = request.let_stand();
  const std::string bound = absl::StrCat(kList, let_stand ? "/let_stand" : "");
  absl::StatusOr<std::string> position = page_tokens_.Decode(bound, request.page_token());
  if (!position.ok()) return position.status();
  const Id after = position->empty() ? Id() : Id::FromBytes(*position).value_or(Id());
  return parts_->database->Read([&](storage::Session& session) {
    std::vector<Ending> refused = let_stand ? endings_.LetStandOnes(session, after, *size + 1)
                                            : endings_.Refused(session, after, *size + 1);
    if (refused.size() > static_cast<size_t>(*size)) {
      refused.pop_back();
      response.set_next_page_token(
          page_tokens_.Encode(bound, EndingIdBytes(refused.back().decision.decision)));
    }
    for (const Ending& ending : refused) {
      if (absl::Status status = Add(session, ending, response); !status.ok()) return status;
    }
    return session.status();
  });
}

absl::Status EndingsApi::Add(storage::Session& session, const Ending& ending,
                             v1::ListRefusedEndingsResponse& response) const {
  const EnteredDecision& decision = ending.decision;
  const std::optional<Record> record = records_.Find(session, decision.record);
  if (!record) return absl::DataLossError("the record of a decision is gone");
  v1::RefusedEnding& out = *response.add_endings();
  out.set_decision(EndingIdBytes(decision.decision));
  out.set_case_id(EndingIdBytes(decision.case_id));
  out.set_application(EndingIdBytes(decision.application));
  out.set_decided_version(decision.record_version);
  out.set_reason(ending.reason);
  out.mutable_entered_at()->set_seconds(absl::ToUnixSeconds(decision.entered_at));
  if (ending.let_stand) {
    out.set_let_stand_by(ending.let_stand->person);
    out.set_let_stand_because(ending.let_stand->why);
    out.mutable_let_stand_at()->set_seconds(absl::ToUnixSeconds(ending.let_stand->at));
  }
  *out.mutable_record() = ToProto(*record, parts_->law->Get()->authorities);
  return session.status();
}

grpc::ServerUnaryReactor* EndingsApi::CarryOut(grpc::CallbackServerContext* context,
                                               const v1::CarryOutEndingRequest* request) const {
  absl::Status status = rpc::OnlyOperator(*context);
  const absl::StatusOr<Id> decision = Id::FromBytes(request->decision());
  if (status.ok() && !decision.ok()) status = FieldViolation("decision", "not an id", "16 bytes");
  LetStand by{std::string(absl::StripAsciiWhitespace(request->person())),
              std::string(absl::StripAsciiWhitespace(request->reason())), parts_->clock->Now()};
  if (status.ok()) status = CheckText("person", by.person, 1, 50);
  if (status.ok()) status = CheckText("reason", by.why, 1, 500);
  if (!status.ok()) return rpc::Reply(context, status);
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    parts_->database->Write(
        [this, id = *decision, by = std::move(by)](storage::Tx& tx) {
          const publication::CarryOut carry_out(&records_, &endings_, &announcer_);
          return carry_out(id, by, tx);
        },
        std::move(answer));
  });
}

}  // namespace xiufu::publication
