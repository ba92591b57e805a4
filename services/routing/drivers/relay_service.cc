#include "services/routing/drivers/relay_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/idempotent_write.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/drivers/told_table.h"
#include "services/routing/wiring.h"
#include "xiufu/department/v1/department.pb.h"
#include "xiufu/routing/v1/relay.grpc.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kRelayed[] = "ListRelayedCases";
constexpr int kRelayedPage = 50;
constexpr int kMostRelayed = 200;
constexpr int kMostReasons = 20;

// Reads what a person tells and collects everything that is wrong with it.
class ToldReader {
 public:
  void Text(absl::string_view field, const std::string& text, size_t least, size_t most) {
    Add(CheckText(field, text, least, most));
  }
  void Day(absl::string_view field, const std::string& day) {
    if (!ParseDay(day).ok()) Add(FieldViolation(field, "no date", "2026-06-30"));
  }
  template <typename Proto>
  std::vector<std::string> Reasons(absl::string_view field, const Proto& proto) {
    if (proto.reasons().empty() || proto.reasons_size() > kMostReasons) {
      Add(FieldViolation(field, absl::StrCat(proto.reasons_size(), " reasons"),
                         absl::StrCat("1 to ", kMostReasons)));
    }
    for (const std::string& reason : proto.reasons()) Text(field, reason, 1, 500);
    return {proto.reasons().begin(), proto.reasons().end()};
  }
  void Add(const absl::Status& status) {
    for (Violation& one : ViolationsOf(status)) wrong_.push_back(std::move(one));
  }
  absl::Status status() const { return FieldViolations(wrong_); }

 private:
  std::vector<Violation> wrong_;
};

void Read(const v1::TellRelayedRequest::Filed& proto, ToldReader& reader, Told& told) {
  reader.Text("filed.upstream_no", proto.upstream_no(), 1, 64);
  reader.Day("filed.day", proto.day());
  told.kind = Told::Filed{proto.upstream_no(), proto.day()};
}

void Read(const v1::TellRelayedRequest::Accepted& proto, ToldReader& reader, Told& told) {
  reader.Text("accepted.document_no", proto.document_no(), 0, 100);
  told.kind = Accepted{proto.document_no()};
}

void Read(const v1::TellRelayedRequest::NotAccepted& proto, ToldReader& reader, Told& told) {
  reader.Text("not_accepted.document_no", proto.document_no(), 0, 100);
  reader.Text("not_accepted.remedies", proto.remedies(), 1, 500);
  told.kind = NotAccepted{proto.document_no(), reader.Reasons("not_accepted.reasons", proto),
                          proto.remedies()};
}

// As the authority would have answered a task.
void Read(const v1::TellRelayedRequest::Refused& proto, ToldReader& reader, Told& told) {
  reader.Text("refused.decision_no", proto.decision_no(), 1, 64);
  reader.Day("refused.decision_date", proto.decision_date());
  reader.Text("refused.remedies", proto.remedies(), 1, 500);
  told.kind = Decided{{CaseResult::kRefused, proto.decision_no(), proto.decision_date(),
                       reader.Reasons("refused.reasons", proto), proto.remedies()}};
  department::v1::Answer answer;
  answer.set_answer_id(told.answer_id);
  department::v1::Answer::Decided& decided = *answer.mutable_decided();
  decided.set_outcome(department::v1::Answer::REFUSED);
  decided.set_decision_no(proto.decision_no());
  decided.set_decision_date(proto.decision_date());
  *decided.mutable_reasons() = proto.reasons();
  decided.set_remedies(proto.remedies());
  told.content = answer.SerializeAsString();
}

absl::StatusOr<TellRelayed::Command> CommandOf(const v1::TellRelayedRequest& request) {
  ToldReader reader;
  TellRelayed::Command command;
  const absl::StatusOr<Id> case_id = Id::FromBytes(request.case_id());
  if (!case_id.ok()) reader.Add(FieldViolation("case_id", "not an id", "16 bytes"));
  command.case_id = case_id.value_or(Id());
  Told& told = command.told;
  told.answer_id = absl::StrCat("told/", request.request_id());
  told.person = std::string(absl::StripAsciiWhitespace(request.person()));
  told.source = std::string(absl::StripAsciiWhitespace(request.source()));
  reader.Text("person", told.person, 1, 50);
  reader.Text("source", told.source, 1, 200);
  switch (request.what_case()) {
    case v1::TellRelayedRequest::kFiled:
      Read(request.filed(), reader, told);
      break;
    case v1::TellRelayedRequest::kAccepted:
      Read(request.accepted(), reader, told);
      break;
    case v1::TellRelayedRequest::kNotAccepted:
      Read(request.not_accepted(), reader, told);
      break;
    case v1::TellRelayedRequest::kRefused:
      Read(request.refused(), reader, told);
      break;
    case v1::TellRelayedRequest::WHAT_NOT_SET:
      reader.Add(FieldViolation("what", "empty", "filed, accepted, not_accepted or refused"));
      break;
  }
  if (absl::Status status = reader.status(); !status.ok()) return status;
  return command;
}

void Write(const RelayedCase& from, v1::RelayedCase* proto) {
  proto->set_case_id(IdBytes(from.case_id));
  proto->set_application(IdBytes(from.application));
  proto->set_application_number(from.application_number);
  proto->mutable_record()->ParseFromString(from.snapshot);
  proto->set_handling(from.handling);
  proto->set_door(from.door);
  proto->set_upstream_no(from.upstream_no);
  WriteTime(from.since, proto->mutable_since());
}

class RelayGrpc final : public v1::RelayService::CallbackService {
 public:
  explicit RelayGrpc(const ServiceParts& parts)
      : parts_(parts), page_tokens_(parts.page_token_key) {}

  grpc::ServerUnaryReactor* ListRelayedCases(grpc::CallbackServerContext* context,
                                             const v1::ListRelayedCasesRequest* request,
                                             v1::ListRelayedCasesResponse* response) override {
    const absl::Status status = rpc::OnlyOperator(*context);
    return rpc::Reply(context, status.ok() ? List(*request, *response) : status);
  }

  grpc::ServerUnaryReactor* TellRelayed(grpc::CallbackServerContext* context,
                                        const v1::TellRelayedRequest* request,
                                        v1::TellRelayedResponse* response) override {
    if (absl::Status status = rpc::OnlyOperator(*context); !status.ok()) {
      return rpc::Reply(context, status);
    }
    absl::StatusOr<routing::TellRelayed::Command> command = CommandOf(*request);
    if (!command.ok()) return rpc::Reply(context, command.status());
    const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(parts_.clock->Now()));
    const messaging::Cause cause{parts_.ids->NewV7(now), now, PlaceOf(command->case_id),
                                 rpc::TraceparentOf(*context)};
    rpc::IdempotentWrite write;
    write.method = "TellRelayed";
    write.principal = rpc::PrincipalOf(*context);
    write.request_id = request->request_id();
    write.body_sha256 = rpc::BodySha256(*request);
    write.fn = [this, cause, command = *std::move(command)](storage::Tx& tx, const Id&) {
      return TellRelayedCase(command, *parts_.law, cause, tx);
    };
    write.response = response;
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      rpc::Submit(*parts_.database, *parts_.clock, std::move(write), std::move(answer));
    });
  }

 private:
  absl::Status List(const v1::ListRelayedCasesRequest& request,
                    v1::ListRelayedCasesResponse& response) const {
    const absl::StatusOr<int> size = rpc::PageSize(request.page_size(), kRelayedPage, kMostRelayed);
    if (!size.ok()) return size.status();
    const absl::StatusOr<std::string> after = page_tokens_.Decode(kRelayed, request.page_token());
    if (!after.ok()) return after.status();
    // "<milliseconds> <case>"; the token was signed by us.
    const std::vector<std::string> position = absl::StrSplit(*after, ' ');
    int64_t millis = 0;
    if (position.size() == 2 && !absl::SimpleAtoi(position[0], &millis)) millis = 0;
    const Id last = position.size() == 2 ? Id::Parse(position[1]).value_or(Id()) : Id();
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<RelayedCase> cases =
          RelayedAfter(session, absl::FromUnixMillis(millis), last, *size + 1);
      if (cases.size() > static_cast<size_t>(*size)) {
        cases.pop_back();
        response.set_next_page_token(
            page_tokens_.Encode(kRelayed, absl::StrCat(absl::ToUnixMillis(cases.back().since), " ",
                                                       cases.back().case_id.ToString())));
      }
      for (const RelayedCase& one : cases) Write(one, response.add_cases());
      return session.status();
    });
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewRelayService(const ServiceParts& parts) {
  return std::make_unique<RelayGrpc>(parts);
}

}  // namespace xiufu::routing
