#include "services/publication/drivers/endings_api.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
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
  absl::StatusOr<std::string> position = page_tokens_.Decode(kList, request.page_token());
  if (!position.ok()) return position.status();
  const Id after = position->empty() ? Id() : Id::FromBytes(*position).value_or(Id());
  return parts_->database->Read([&](storage::Session& session) {
    std::vector<Ending> refused = endings_.Refused(session, after, *size + 1);
    if (refused.size() > static_cast<size_t>(*size)) {
      refused.pop_back();
      response.set_next_page_token(
          page_tokens_.Encode(kList, EndingIdBytes(refused.back().decision.decision)));
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
  *out.mutable_record() = ToProto(*record, parts_->law->Get()->authorities);
  return session.status();
}

grpc::ServerUnaryReactor* EndingsApi::CarryOut(grpc::CallbackServerContext* context,
                                               const v1::CarryOutEndingRequest* request) const {
  absl::Status status = rpc::OnlyOperator(*context);
  const absl::StatusOr<Id> decision = Id::FromBytes(request->decision());
  if (status.ok() && !decision.ok()) status = FieldViolation("decision", "not an id", "16 bytes");
  const std::string why(absl::StripAsciiWhitespace(request->reason()));
  if (status.ok()) status = CheckText("reason", why, 1, 500);
  if (!status.ok()) return rpc::Reply(context, status);
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    parts_->database->Write(
        [this, id = *decision, why](storage::Tx& tx) {
          const publication::CarryOut carry_out(&records_, &endings_, &announcer_);
          return carry_out(id, why, parts_->clock->Now(), tx);
        },
        std::move(answer));
  });
}

}  // namespace xiufu::publication
