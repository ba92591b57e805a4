#include "services/routing/drivers/review_api.h"

#include <utility>
#include <vector>

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
#include "services/routing/domain/route.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/drivers/review_table.h"
#include "services/routing/wiring.h"
#include "xiufu/routing/v1/review.grpc.pb.h"

namespace xiufu::routing {
namespace {

constexpr int kReviewPage = 50;
constexpr int kLargestReviewPage = 200;
constexpr char kListReviews[] = "ListReviews";
constexpr int kMostDefects = 20;
constexpr size_t kLongestDefect = 200;

std::string Stripped(const std::string& text) {
  return std::string(absl::StripAsciiWhitespace(text));
}

// Collects everything that is wrong with a request.
class ReviewReader {
 public:
  Id CaseId(const std::string& bytes) {
    const absl::StatusOr<Id> id = Id::FromBytes(bytes);
    if (!id.ok()) Add(FieldViolation("case_id", "not an id", "16 bytes"));
    return id.value_or(Id());
  }
  std::string Text(absl::string_view field, const std::string& text, size_t least, size_t most) {
    std::string stripped = Stripped(text);
    Add(CheckText(field, stripped, least, most));
    return stripped;
  }
  template <typename Repeated>
  std::vector<std::string> Defects(const Repeated& defects) {
    std::vector<std::string> read;
    if (defects.empty() || defects.size() > kMostDefects) {
      Add(FieldViolation("defects", absl::StrCat(defects.size(), " defects"),
                         absl::StrCat("1 to ", kMostDefects, ", all that is missing")));
    }
    for (const std::string& defect : defects) {
      read.push_back(Text("defects", defect, 1, kLongestDefect));
      // Kept one a line.
      if (absl::StrContains(read.back(), '\n')) {
        Add(FieldViolation("defects", "more than one line", "one line each"));
      }
    }
    return read;
  }
  absl::Status ToStatus() const { return FieldViolations(wrong_); }

 private:
  void Add(const absl::Status& status) {
    for (Violation& one : ViolationsOf(status)) wrong_.push_back(std::move(one));
  }
  std::vector<Violation> wrong_;
};

absl::StatusOr<ReviewCase::Command> CommandOf(const v1::PassReviewRequest& request) {
  ReviewReader reader;
  ReviewCase::Command command{.case_id = reader.CaseId(request.case_id()),
                              .person = reader.Text("person", request.person(), 1, 50),
                              .note = reader.Text("note", request.note(), 0, 500)};
  if (absl::Status status = reader.ToStatus(); !status.ok()) return status;
  return command;
}

absl::StatusOr<ReviewCase::Command> CommandOf(const v1::ReportDefectsRequest& request) {
  ReviewReader reader;
  ReviewCase::Command command{.case_id = reader.CaseId(request.case_id()),
                              .defects = reader.Defects(request.defects()),
                              .person = reader.Text("person", request.person(), 1, 50)};
  if (absl::Status status = reader.ToStatus(); !status.ok()) return status;
  return command;
}

absl::StatusOr<ReviewCase::OpinionCommand> CommandOf(const v1::GiveOpinionRequest& request) {
  ReviewReader reader;
  ReviewCase::OpinionCommand command{reader.CaseId(request.case_id()),
                                     reader.Text("person", request.person(), 1, 50),
                                     reader.Text("text", request.text(), 1, 500)};
  if (absl::Status status = reader.ToStatus(); !status.ok()) return status;
  return command;
}

absl::Status Carry(const ReviewCase::Command& command, const catalogue::LawInForce& law,
                   const messaging::Cause& cause, storage::Tx& tx) {
  return ReviewCaseOf(command, law, cause, tx);
}
absl::Status Carry(const ReviewCase::OpinionCommand& command, const catalogue::LawInForce& law,
                   const messaging::Cause& cause, storage::Tx& tx) {
  return GiveOpinionOn(command, law, cause, tx);
}

// A page token holds "<milliseconds> <case>"; it was signed by us, and what cannot be read begins
// anew.
std::pair<absl::Time, Id> ReviewPositionOf(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, ' ');
  int64_t millis = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &millis))
    return {absl::InfinitePast(), Id()};
  return {absl::FromUnixMillis(millis), Id::Parse(parts[1]).value_or(Id())};
}

class ReviewGrpc final : public v1::ReviewService::CallbackService {
 public:
  explicit ReviewGrpc(const ServiceParts& parts)
      : parts_(parts), page_tokens_(parts.page_token_key) {}

  grpc::ServerUnaryReactor* ListReviews(grpc::CallbackServerContext* context,
                                        const v1::ListReviewsRequest* request,
                                        v1::ListReviewsResponse* response) override {
    const absl::Status status = rpc::OnlyOperator(*context);
    return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
  }
  grpc::ServerUnaryReactor* PassReview(grpc::CallbackServerContext* context,
                                       const v1::PassReviewRequest* request,
                                       v1::PassReviewResponse* response) override {
    return Once(context, "PassReview", *request, response);
  }
  grpc::ServerUnaryReactor* ReportDefects(grpc::CallbackServerContext* context,
                                          const v1::ReportDefectsRequest* request,
                                          v1::ReportDefectsResponse* response) override {
    return Once(context, "ReportDefects", *request, response);
  }
  grpc::ServerUnaryReactor* GiveOpinion(grpc::CallbackServerContext* context,
                                        const v1::GiveOpinionRequest* request,
                                        v1::GiveOpinionResponse* response) override {
    return Once(context, "GiveOpinion", *request, response);
  }

 private:
  absl::Status Fill(const v1::ListReviewsRequest& request,
                    v1::ListReviewsResponse& response) const {
    if (!request.case_id().empty()) return FillReviews(request.case_id(), response);
    absl::StatusOr<int> size = rpc::PageSize(request.page_size(), kReviewPage, kLargestReviewPage);
    if (!size.ok()) return size.status();
    absl::StatusOr<std::string> token = page_tokens_.Decode(kListReviews, request.page_token());
    if (!token.ok()) return token.status();
    const auto [at, after] = ReviewPositionOf(*token);
    return parts_.database->Read([&, at = at, after = after](storage::Session& session) {
      std::vector<CaseInPreCheck> cases = reviews_.Waiting(session, at, after, *size + 1);
      if (cases.size() > static_cast<size_t>(*size)) {
        cases.pop_back();
        response.set_next_page_token(
            page_tokens_.Encode(kListReviews, absl::StrCat(absl::ToUnixMillis(cases.back().since),
                                                           " ", cases.back().case_id.ToString())));
      }
      for (const CaseInPreCheck& one : cases) Write(one, *response.add_cases());
      return session.status();
    });
  }

  absl::Status FillReviews(const std::string& bytes, v1::ListReviewsResponse& response) const {
    ReviewReader reader;
    const Id case_id = reader.CaseId(bytes);
    if (absl::Status status = reader.ToStatus(); !status.ok()) return status;
    return parts_.database->Read([&](storage::Session& session) {
      for (const ReviewRow& row : reviews_.Of(session, case_id)) {
        v1::Review& added = *response.add_reviews();
        added.set_kind(row.kind);
        added.set_person(row.person);
        added.set_note(row.note);
        *added.mutable_defects() = {row.defects.begin(), row.defects.end()};
        WriteTime(row.at, added.mutable_at());
      }
      return session.status();
    });
  }

  void Write(const CaseInPreCheck& from, v1::CaseInPreCheck& proto) const {
    proto.set_case_id(IdBytes(from.case_id));
    proto.set_application(IdBytes(from.application));
    proto.set_application_number(from.application_number);
    proto.mutable_record()->ParseFromString(from.snapshot);
    proto.set_reviewer(from.reviewer);
    proto.set_due_date(from.due_date);
    WriteTime(from.since, proto.mutable_since());
  }

  // What a person did, once per request id.
  template <typename Request>
  grpc::ServerUnaryReactor* Once(grpc::CallbackServerContext* context, const char* method,
                                 const Request& request, google::protobuf::Message* response) {
    if (absl::Status status = rpc::OnlyOperator(*context); !status.ok()) {
      return rpc::Reply(context, status);
    }
    auto command = CommandOf(request);
    if (!command.ok()) return rpc::Reply(context, command.status());
    const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(parts_.clock->Now()));
    const messaging::Cause cause{parts_.ids->NewV7(now), now, PlaceOf(command->case_id),
                                 rpc::TraceparentOf(*context)};
    rpc::IdempotentWrite write;
    write.method = method;
    write.principal = rpc::PrincipalOf(*context);
    write.request_id = request.request_id();
    write.body_sha256 = rpc::BodySha256(request);
    write.fn = [this, cause, command = *std::move(command)](storage::Tx& tx, const Id&) {
      return Carry(command, *parts_.law, cause, tx);
    };
    write.response = response;
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      rpc::Submit(*parts_.database, *parts_.clock, std::move(write), std::move(answer));
    });
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
  const ReviewTable reviews_{};
};

}  // namespace

std::unique_ptr<grpc::Service> NewReviewService(const ServiceParts& parts) {
  return std::make_unique<ReviewGrpc>(parts);
}

}  // namespace xiufu::routing
