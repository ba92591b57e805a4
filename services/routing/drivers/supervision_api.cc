#include "services/routing/drivers/supervision_api.h"

#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/idempotent_write.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/drivers/supervision_codec.h"
#include "services/routing/drivers/supervision_list.h"
#include "services/routing/drivers/supervision_order_table.h"
#include "services/routing/wiring.h"
#include "xiufu/routing/v1/supervision.grpc.pb.h"

namespace xiufu::routing {
namespace {

constexpr int kSupervisionPage = 50;
constexpr int kLargestSupervisionPage = 200;

// A page token holds "<milliseconds> <case> <kind> <light or step>".
std::string TokenOf(const SupervisionPosition& end) {
  return absl::StrCat(absl::ToUnixMillis(end.at), " ", end.case_id.ToString(), " ", end.kind, " ",
                      end.last);
}

// The token was signed by us: what cannot be read begins anew.
SupervisionPosition PositionIn(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, ' ');
  SupervisionPosition position;
  int64_t millis = 0;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[0], &millis) ||
      !absl::SimpleAtoi(parts[3], &position.last)) {
    return {};
  }
  position.at = absl::FromUnixMillis(millis);
  position.case_id = Id::Parse(parts[1]).value_or(Id());
  position.kind = parts[2];
  return position;
}

SupervisionPosition EndAt(const OverdueRow& row) { return {row.since, row.case_id, row.kind, 0}; }
SupervisionPosition EndAt(const ReminderRow& row) {
  return {row.at, row.case_id, row.kind, static_cast<int>(row.light)};
}
SupervisionPosition EndAt(const EscalationRow& row) {
  return {row.note.at, row.case_id, row.note.kind, row.note.step};
}

absl::Status CheckAuthorityCode(const std::string& code) {
  return code.empty() ? absl::OkStatus() : CheckText("authority_code", code, 1, 32);
}

// What is wrong with the fields of a request, all of it.
class Checks {
 public:
  void Add(const absl::Status& status) {
    for (Violation& one : ViolationsOf(status)) wrong_.push_back(std::move(one));
  }
  absl::Status ToStatus() const { return FieldViolations(wrong_); }

 private:
  std::vector<Violation> wrong_;
};

std::string Trimmed(const std::string& text) {
  return std::string(absl::StripAsciiWhitespace(text));
}

absl::StatusOr<Supervise::Issue> ReadIssue(const v1::IssueOrderRequest& request, absl::Time now) {
  Checks checks;
  const absl::StatusOr<Id> case_id = Id::FromBytes(request.case_id());
  if (!case_id.ok()) checks.Add(FieldViolation("case_id", "not an id", "16 bytes"));
  if (!absl::c_linear_search(kDeadlineKinds, request.kind())) {
    checks.Add(FieldViolation("kind", "not a kind of deadline", "ACCEPT, DECIDE, OVERALL, ..."));
  }
  Supervise::Issue issue{case_id.value_or(Id()), request.kind(), Trimmed(request.person()),
                         Trimmed(request.demand()), now};
  checks.Add(CheckText("person", issue.person, 1, 50));
  checks.Add(CheckMultilineText("demand", issue.demand, 1, 1000));
  if (absl::Status status = checks.ToStatus(); !status.ok()) return status;
  return issue;
}

absl::StatusOr<Supervise::Reply> ReadReply(const v1::RecordReplyRequest& request, absl::Time now) {
  Checks checks;
  Supervise::Reply reply{absl::AsciiStrToUpper(Trimmed(request.number())),
                         Trimmed(request.person()), Trimmed(request.reply()), now};
  checks.Add(CheckText("number", reply.number, 1, 40));
  checks.Add(CheckText("person", reply.person, 1, 50));
  checks.Add(CheckMultilineText("reply", reply.text, 1, 2000));
  if (absl::Status status = checks.ToStatus(); !status.ok()) return status;
  return reply;
}

absl::StatusOr<SupervisionOrder> Act(const Supervise::Issue& issue,
                                     const catalogue::LawInForce& law,
                                     const messaging::Cause& cause, storage::Tx& tx) {
  return IssueOrder(issue, law, cause, tx);
}
absl::StatusOr<SupervisionOrder> Act(const Supervise::Reply& reply,
                                     const catalogue::LawInForce& law, const messaging::Cause&,
                                     storage::Tx& tx) {
  return RecordReply(reply, law, tx);
}

Id About(const Supervise::Issue& issue) { return issue.case_id; }
Id About(const Supervise::Reply&) { return Id(); }

class SupervisionGrpc final : public v1::SupervisionService::CallbackService {
 public:
  explicit SupervisionGrpc(const ServiceParts& parts)
      : parts_(parts), page_tokens_(parts.page_token_key) {}

  grpc::ServerUnaryReactor* ListClocks(grpc::CallbackServerContext* context,
                                       const v1::ListClocksRequest* request,
                                       v1::ListClocksResponse* response) override {
    return Answer(context, *request, *response);
  }
  grpc::ServerUnaryReactor* ListOverdue(grpc::CallbackServerContext* context,
                                        const v1::ListOverdueRequest* request,
                                        v1::ListOverdueResponse* response) override {
    return Answer(context, *request, *response);
  }
  grpc::ServerUnaryReactor* ListReminders(grpc::CallbackServerContext* context,
                                          const v1::ListRemindersRequest* request,
                                          v1::ListRemindersResponse* response) override {
    return Answer(context, *request, *response);
  }
  grpc::ServerUnaryReactor* ListEscalations(grpc::CallbackServerContext* context,
                                            const v1::ListEscalationsRequest* request,
                                            v1::ListEscalationsResponse* response) override {
    return Answer(context, *request, *response);
  }
  grpc::ServerUnaryReactor* ListAuthorityFigures(
      grpc::CallbackServerContext* context, const v1::ListAuthorityFiguresRequest* request,
      v1::ListAuthorityFiguresResponse* response) override {
    return Answer(context, *request, *response);
  }
  grpc::ServerUnaryReactor* ListOrders(grpc::CallbackServerContext* context,
                                       const v1::ListOrdersRequest* request,
                                       v1::ListOrdersResponse* response) override {
    return Answer(context, *request, *response);
  }
  grpc::ServerUnaryReactor* IssueOrder(grpc::CallbackServerContext* context,
                                       const v1::IssueOrderRequest* request,
                                       v1::SupervisionOrder* response) override {
    return Once(context, "IssueOrder", *request, ReadIssue(*request, Now()), response);
  }
  grpc::ServerUnaryReactor* RecordReply(grpc::CallbackServerContext* context,
                                        const v1::RecordReplyRequest* request,
                                        v1::SupervisionOrder* response) override {
    return Once(context, "RecordReply", *request, ReadReply(*request, Now()), response);
  }

 private:
  absl::Time Now() const { return absl::FromUnixMillis(absl::ToUnixMillis(parts_.clock->Now())); }

  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, const Request& request,
                                   Response& response) const {
    absl::Status status = rpc::OnlyOperator(*context);
    if (status.ok()) status = Fill(request, response);
    return rpc::Reply(context, status);
  }

  // What a person did, once per request id.
  template <typename Request, typename Command>
  grpc::ServerUnaryReactor* Once(grpc::CallbackServerContext* context, const char* method,
                                 const Request& request, absl::StatusOr<Command> command,
                                 v1::SupervisionOrder* response) const {
    if (absl::Status status = rpc::OnlyOperator(*context); !status.ok()) {
      return rpc::Reply(context, status);
    }
    if (!command.ok()) return rpc::Reply(context, command.status());
    rpc::IdempotentWrite write;
    write.method = method;
    write.principal = rpc::PrincipalOf(*context);
    write.request_id = request.request_id();
    write.body_sha256 = rpc::BodySha256(request);
    const messaging::Cause cause{parts_.ids->NewV7(command->at), command->at,
                                 PlaceOf(About(*command)), rpc::TraceparentOf(*context)};
    write.fn = [this, response, cause, command = *std::move(command)](storage::Tx& tx, const Id&) {
      const absl::StatusOr<SupervisionOrder> order = Act(command, *parts_.law, cause, tx);
      if (!order.ok()) return order.status();
      Put(*order, ReplyLight(*order, *parts_.law->Get(), command.at), response);
      return absl::OkStatus();
    };
    write.response = response;
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      rpc::Submit(*parts_.database, *parts_.clock, std::move(write), std::move(answer));
    });
  }

  // A page of what happened: `read` gives the rows after a position, `add` takes one.
  template <typename Request, typename Response, typename Read, typename Add>
  absl::Status FillPage(const Request& request, Response& response, absl::string_view filter,
                        const Read& read, const Add& add) const {
    if (absl::Status status = CheckAuthorityCode(request.authority_code()); !status.ok()) {
      return status;
    }
    absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kSupervisionPage, kLargestSupervisionPage);
    if (!size.ok()) return size.status();
    absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    return parts_.database->Read([&](storage::Session& session) {
      auto rows = read(session, PositionIn(*position), *size + 1);
      if (rows.size() > static_cast<size_t>(*size)) {
        rows.pop_back();
        response.set_next_page_token(page_tokens_.Encode(filter, TokenOf(EndAt(rows.back()))));
      }
      for (const auto& row : rows) add(row);
      return session.status();
    });
  }

  absl::Status Fill(const v1::ListOverdueRequest& request,
                    v1::ListOverdueResponse& response) const {
    return FillPage(
        request, response,
        absl::StrCat("ListOverdue ", request.authority_code(), " ", request.open_only()),
        [&](storage::Session& session, const SupervisionPosition& after, int limit) {
          return list_.Overdue(session, request.authority_code(), request.open_only(), after,
                               limit);
        },
        [&](const OverdueRow& row) { Put(row, response.add_overdue()); });
  }

  absl::Status Fill(const v1::ListRemindersRequest& request,
                    v1::ListRemindersResponse& response) const {
    return FillPage(
        request, response, absl::StrCat("ListReminders ", request.authority_code()),
        [&](storage::Session& session, const SupervisionPosition& after, int limit) {
          return list_.Reminders(session, request.authority_code(), after, limit);
        },
        [&](const ReminderRow& row) { Put(row, response.add_reminders()); });
  }

  absl::Status Fill(const v1::ListEscalationsRequest& request,
                    v1::ListEscalationsResponse& response) const {
    const catalogue::LawSnapshot law = parts_.law->Get();
    return FillPage(
        request, response,
        absl::StrCat("ListEscalations ", request.authority_code(), " ", request.open_proposals()),
        [&](storage::Session& session, const SupervisionPosition& after, int limit) {
          return list_.Escalations(session, request.authority_code(), request.open_proposals(),
                                   after, limit);
        },
        [&](const EscalationRow& row) { Put(row, law->authorities, response.add_escalations()); });
  }

  absl::Status Fill(const v1::ListClocksRequest& request, v1::ListClocksResponse& response) const {
    Checks checks;
    checks.Add(CheckAuthorityCode(request.authority_code()));
    SupervisionList::Which which{request.authority_code(), std::nullopt,
                                 static_cast<Light>(std::max<int>(1, request.at_least()))};
    if (!request.case_id().empty()) {
      const absl::StatusOr<Id> case_id = Id::FromBytes(request.case_id());
      if (case_id.ok()) which.case_id = *case_id;
      if (!case_id.ok()) checks.Add(FieldViolation("case_id", "not an id", "16 bytes"));
    }
    if (!v1::Light_IsValid(request.at_least())) {
      checks.Add(FieldViolation("at_least", "not a light", "LIGHT_YELLOW or LIGHT_RED"));
    }
    if (absl::Status status = checks.ToStatus(); !status.ok()) return status;
    absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kSupervisionPage, kLargestSupervisionPage);
    if (!size.ok()) return size.status();
    const std::string filter =
        absl::StrCat("ListClocks ", request.authority_code(), " ", request.at_least());
    absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    const Id after = Id::Parse(*position).value_or(Id());
    const catalogue::LawSnapshot law = parts_.law->Get();
    return parts_.database->Read([&](storage::Session& session) {
      const auto enough = static_cast<size_t>(*size);
      const std::vector<ClockRow> rows =
          list_.Clocks(session, which, after, enough, *law, parts_.clock->Now());
      for (const ClockRow& row : rows) Put(row, response.add_clocks());
      if (!which.case_id && rows.size() >= enough) {
        response.set_next_page_token(page_tokens_.Encode(filter, rows.back().kase.id.ToString()));
      }
      return session.status();
    });
  }

  absl::Status Fill(const v1::ListOrdersRequest& request, v1::ListOrdersResponse& response) const {
    if (absl::Status status = CheckAuthorityCode(request.authority_code()); !status.ok()) {
      return status;
    }
    absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kSupervisionPage, kLargestSupervisionPage);
    if (!size.ok()) return size.status();
    const std::string filter =
        absl::StrCat("ListOrders ", request.authority_code(), " ", request.open_only());
    absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(*position, absl::MaxSplits(' ', 1));
    int64_t millis = 0;
    if (!absl::SimpleAtoi(parts.first, &millis)) millis = 0;
    const catalogue::LawSnapshot law = parts_.law->Get();
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<SupervisionOrder> orders =
          orders_.List(session, absl::FromUnixMillis(millis), parts.second,
                       request.authority_code(), request.open_only(), *size + 1);
      if (orders.size() > static_cast<size_t>(*size)) {
        orders.pop_back();
        const SupervisionOrder& last = orders.back();
        response.set_next_page_token(page_tokens_.Encode(
            filter, absl::StrCat(absl::ToUnixMillis(last.issued_at), " ", last.number)));
      }
      for (const SupervisionOrder& order : orders) {
        Put(order, ReplyLight(order, *law, parts_.clock->Now()), response.add_orders());
      }
      return session.status();
    });
  }

  absl::Status Fill(const v1::ListAuthorityFiguresRequest& request,
                    v1::ListAuthorityFiguresResponse& response) const {
    absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kSupervisionPage, kLargestSupervisionPage);
    if (!size.ok()) return size.status();
    absl::StatusOr<std::string> after =
        page_tokens_.Decode("ListAuthorityFigures", request.page_token());
    if (!after.ok()) return after.status();
    const catalogue::LawSnapshot law = parts_.law->Get();
    return parts_.database->Read([&](storage::Session& session) {
      for (const catalogue::Authority& authority : law->authorities.all()) {
        if (authority.code <= *after) continue;
        if (response.figures_size() == *size) {
          response.set_next_page_token(page_tokens_.Encode(
              "ListAuthorityFigures",
              response.figures(response.figures_size() - 1).authority().code()));
          break;
        }
        Put(authority, list_.CountsOf(session, authority.code), response.add_figures());
      }
      return session.status();
    });
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
  const SupervisionList list_{};
  const SupervisionOrderTable orders_{};
};

}  // namespace

std::unique_ptr<grpc::Service> NewSupervisionService(const ServiceParts& parts) {
  return std::make_unique<SupervisionGrpc>(parts);
}

std::vector<std::unique_ptr<observability::GaugeReader>> WatchOverdue(const ServiceParts& parts) {
  std::vector<std::unique_ptr<observability::GaugeReader>> gauges;
  for (const catalogue::Authority& authority : parts.law->Get()->authorities.all()) {
    gauges.push_back(observability::ReadGauge(
        "xiufu_routing_overdue", "Deadlines that an authority has missed and not met yet",
        {{"authority", authority.code}}, [database = parts.database, code = authority.code] {
          int64_t overdue = 0;
          database
              ->Read([&](storage::Session& session) {
                overdue = SupervisionList().OverdueNow(session, code);
                return absl::OkStatus();
              })
              .IgnoreError();  // a store that is closing shows nothing
          return static_cast<double>(overdue);
        }));
  }
  return gauges;
}

}  // namespace xiufu::routing
