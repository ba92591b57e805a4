#include "services/intake/drivers/grpc_rating_service.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/idempotent_write.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/intake/domain/violations.h"
#include "services/intake/drivers/grpc_write.h"
#include "services/intake/drivers/rating_codec.h"
#include "xiufu/intake/v1/rating.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr int kRatingPage = 50;
constexpr int kLargestRatingPage = 200;

class GrpcRatingService final : public v1::RatingService::CallbackService {
 public:
  explicit GrpcRatingService(RatingServiceParts parts)
      : parts_(std::move(parts)), page_tokens_(parts_.page_token_key) {}

  grpc::ServerUnaryReactor* RateApplication(grpc::CallbackServerContext* context,
                                            const v1::RateApplicationRequest* request,
                                            v1::Rating* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      (*parts_.rate)(CallOf(*context), CommandOf(*request),
                     GrpcWrite<Rating>(parts_.database, parts_.clock, CallOf(*context),
                                       "RateApplication", *request, response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* ListRatingReasons(grpc::CallbackServerContext* context,
                                              const v1::ListRatingReasonsRequest* /*request*/,
                                              v1::ListRatingReasonsResponse* response) override {
    for (const RatingReason& reason : parts_.rate->reasons()) {
      if (reason.retired) continue;
      v1::ListRatingReasonsResponse::Reason& added = *response->add_reasons();
      added.set_id(reason.id);
      added.set_text(reason.text.zh);
      added.set_text_en(reason.text.en);
    }
    return rpc::Reply(context, absl::OkStatus());
  }

  grpc::ServerUnaryReactor* ListRatings(grpc::CallbackServerContext* context,
                                        const v1::ListRatingsRequest* request,
                                        v1::ListRatingsResponse* response) override {
    const absl::Status operators = rpc::OnlyOperator(*context);
    return rpc::Reply(context, operators.ok() ? List(*request, *response) : operators);
  }

  grpc::ServerUnaryReactor* SummarizeRatings(grpc::CallbackServerContext* context,
                                             const v1::SummarizeRatingsRequest* request,
                                             v1::SummarizeRatingsResponse* response) override {
    const absl::Status operators = rpc::OnlyOperator(*context);
    return rpc::Reply(context, operators.ok() ? Summarize(*request, *response) : operators);
  }

  grpc::ServerUnaryReactor* FollowUpRating(grpc::CallbackServerContext* context,
                                           const v1::FollowUpRatingRequest* request,
                                           v1::Rating* response) override {
    absl::Status status = rpc::OnlyOperator(*context);
    if (!status.ok()) return rpc::Reply(context, status);
    const std::string person(absl::StripAsciiWhitespace(request->person()));
    const std::string note(absl::StripAsciiWhitespace(request->note()));
    Violations violations;
    violations.Take(CheckText("number", request->number(), 1, 50));
    violations.Take(CheckText("person", person, 1, 50));
    violations.Take(CheckMultilineText("note", note, 1, 500));
    if (!violations.empty()) return rpc::Reply(context, violations.ToStatus());
    rpc::IdempotentWrite write;
    write.method = "FollowUpRating";
    write.principal = rpc::PrincipalOf(*context);
    write.request_id = request->request_id();
    write.body_sha256 = rpc::BodySha256(*request);
    write.response = response;
    const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(parts_.clock->Now()));
    write.fn = [this, request, response, person, note, now](storage::Tx& tx, const Id&) {
      absl::StatusOr<Rating> rating =
          FollowUp(*parts_.ratings, request->number(), person, note, now, tx);
      if (rating.ok()) *response = ToProto(*rating);
      return rating.status();
    };
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      rpc::Submit(*parts_.database, *parts_.clock, std::move(write), std::move(answer));
    });
  }

 private:
  absl::Status List(const v1::ListRatingsRequest& request,
                    v1::ListRatingsResponse& response) const {
    Violations violations;
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kRatingPage, kLargestRatingPage);
    violations.Take(size.status());
    violations.Take(CheckText("authority_code", request.authority_code(), 0, 32));
    const std::string bound =
        absl::StrCat("ListRatings/", request.authority_code(), "/", request.to_follow_up() ? 1 : 0);
    const absl::StatusOr<std::string> position = page_tokens_.Decode(bound, request.page_token());
    violations.Take(position.status());
    if (!violations.empty()) return violations.ToStatus();
    RatingFilter filter{request.to_follow_up(), request.authority_code(), 0, *size + 1};
    // The token was signed by us: what cannot be read begins anew.
    if (!absl::SimpleAtoi(*position, &filter.before)) filter.before = 0;
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<ListedRating> listed = parts_.ratings->List(session, filter);
      if (listed.size() > static_cast<size_t>(*size)) {
        listed.pop_back();
        response.set_next_page_token(
            page_tokens_.Encode(bound, absl::StrCat(listed.back().position)));
      }
      for (const ListedRating& one : listed) *response.add_ratings() = ToProto(one);
      return session.status();
    });
  }

  absl::Status Summarize(const v1::SummarizeRatingsRequest& request,
                         v1::SummarizeRatingsResponse& response) const {
    Violations violations;
    if (request.by() != v1::SummarizeRatingsRequest::AUTHORITY &&
        request.by() != v1::SummarizeRatingsRequest::CAME_THROUGH) {
      violations.Add("by", "not given or unknown", "AUTHORITY or CAME_THROUGH");
    }
    absl::Time from = absl::UnixEpoch(), to = parts_.clock->Now() + absl::Seconds(1);
    const auto read = [&](const char* field, const std::string& text, int days, absl::Time& time) {
      if (text.empty()) return;
      const absl::StatusOr<absl::CivilDay> day = ParseDay(text);
      if (day.ok()) {
        time = StartOfLegalDay(*day + days);
      } else {
        violations.Add(field, "not a date", "yyyy-mm-dd");
      }
    };
    read("from_date", request.from_date(), 0, from);
    read("to_date", request.to_date(), 1, to);
    if (violations.empty() && to <= from) {
      violations.Add("to_date", "before from_date", "from_date or a later day");
    }
    if (!violations.empty()) return violations.ToStatus();
    const FiguresBy by = request.by() == v1::SummarizeRatingsRequest::AUTHORITY
                             ? FiguresBy::kAuthority
                             : FiguresBy::kCameThrough;
    return parts_.database->Read([&](storage::Session& session) {
      for (const RatingFigures& figures : parts_.ratings->Figures(session, by, from, to)) {
        *response.add_figures() = ToProto(figures);
      }
      return session.status();
    });
  }

  const RatingServiceParts parts_;
  const rpc::PageTokens page_tokens_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGrpcRatingService(RatingServiceParts parts) {
  return std::make_unique<GrpcRatingService>(std::move(parts));
}

}  // namespace xiufu::intake
