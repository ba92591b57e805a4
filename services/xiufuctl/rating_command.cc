#include "services/xiufuctl/rating_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_join.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/intake/v1/rating.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using intake::v1::Rating;
using Figures = intake::v1::SummarizeRatingsResponse::Figures;
using Ratings = Operator<intake::v1::RatingService>;

constexpr char kRatingUsage[] =
    "  rating list [--to-follow-up] [--authority CODE] [--json] [WHERE]\n"
    "                       列出评价，新的在前；--to-follow-up 只列待回访的差评 / ratings, newest\n"
    "                       first; only bad ones that nobody has seen to\n"
    "  rating figures [--by authority|came-through] [--from DATE] [--to DATE] [--json]\n"
    "                       按认定单位或者按窗口、门户统计 / counts by authority, or by window or\n"
    "                       portal\n"
    "  rating follow-up NUMBER --person NAME --note TEXT\n"
    "                       记录差评的回访和整改 / what was done about a bad rating\n";

nlohmann::json RatingJson(const Rating& one) {
  nlohmann::json authorities = nlohmann::json::array();
  for (const auto& authority : one.authorities()) authorities.push_back(authority.code());
  return {{"number", one.number()},
          {"satisfaction", intake::v1::Satisfaction_Name(one.satisfaction())},
          {"reasons", std::vector<std::string>(one.reasons().begin(), one.reasons().end())},
          {"text", one.text()},
          {"rated", ZonedTime(one.rate_time())},
          {"authorities", authorities},
          {"came_through", one.came_through()},
          {"follow_up", one.follow_up_note()}};
}

nlohmann::json RatingJson(const Figures& one) {
  return {{"code", one.code()},
          {"name", one.name()},
          {"very_satisfied", one.very_satisfied()},
          {"satisfied", one.satisfied()},
          {"neutral", one.neutral()},
          {"dissatisfied", one.dissatisfied()},
          {"very_dissatisfied", one.very_dissatisfied()}};
}

void PrintRating(const Rating& one) {
  std::cout << one.number() << "  " << intake::v1::Satisfaction_Name(one.satisfaction()) << "  "
            << absl::StrJoin(one.reasons(), ",") << "  " << ZonedTime(one.rate_time()) << '\n';
  if (!one.text().empty()) std::cout << "  " << one.text() << '\n';
  for (const auto& authority : one.authorities()) std::cout << "  " << authority.name() << '\n';
  if (!one.follow_up_note().empty()) {
    std::cout << "  回访 / seen to by " << one.follow_up_person() << ": " << one.follow_up_note()
              << '\n';
  }
}

void PrintRating(const Figures& one) {
  const int64_t all = one.very_satisfied() + one.satisfied() + one.neutral() + one.dissatisfied() +
                      one.very_dissatisfied();
  std::cout << one.code() << "  " << one.name() << "  " << all << "  非常满意 / very satisfied "
            << one.very_satisfied() << "，满意 / satisfied " << one.satisfied()
            << "，基本满意 / neutral " << one.neutral() << "，不满意 / dissatisfied "
            << one.dissatisfied() << "，非常不满意 / very dissatisfied " << one.very_dissatisfied()
            << '\n';
}

int ListRatings(const Ratings& ratings, const Arguments& args) {
  intake::v1::ListRatingsRequest request;
  request.set_to_follow_up(args.Has("to-follow-up"));
  request.set_authority_code(args.Value("authority"));
  return TellRows(ratings.All(
                      &Ratings::Stub::ListRatings, request,
                      [](const auto& page) -> const auto& { return page.ratings(); }),
                  "ratings", "没有评价 / none", args.Has("json"), RatingJson, PrintRating);
}

absl::StatusOr<std::vector<Figures>> FetchFigures(const Ratings& ratings, const Arguments& args) {
  using Request = intake::v1::SummarizeRatingsRequest;
  Request request;
  request.set_by(args.Value("by", "authority") == "authority" ? Request::AUTHORITY
                                                              : Request::CAME_THROUGH);
  request.set_from_date(args.Value("from"));
  request.set_to_date(args.Value("to"));
  const auto response = ratings.Call(&Ratings::Stub::SummarizeRatings, request);
  if (!response.ok()) return response.status();
  return std::vector<Figures>(response->figures().begin(), response->figures().end());
}

int FollowUpNow(const Ratings& ratings, const Arguments& args) {
  intake::v1::FollowUpRatingRequest request;
  request.set_request_id(NewRequestId());
  request.set_number(args.word(1));
  request.set_person(args.Value("person"));
  request.set_note(args.Value("note"));
  return Done(ratings.Call(&Ratings::Stub::FollowUpRating, request).status(), "已记录 / kept");
}

int RunRating(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args,
      {"authority", "by", "from", "to", "person", "note", "config", "target", "credentials"},
      {"to-follow-up", "json"});
  if (!args.ok()) return UsageError(kRatingUsage, args.status());
  const std::string by = args->Value("by", "authority");
  const bool alone = args->words().size() == 1;
  const bool list = alone && args->word(0) == "list";
  const bool figures =
      alone && args->word(0) == "figures" && (by == "authority" || by == "came-through");
  const bool follow_up = args->words().size() == 2 && args->word(0) == "follow-up" &&
                         !args->Value("person").empty() && !args->Value("note").empty();
  if (!list && !figures && !follow_up) return UsageError(kRatingUsage);
  const absl::StatusOr<Ratings> ratings = Ratings::Of(*args, "intake");
  if (!ratings.ok()) return Failed(ratings.status());
  if (follow_up) return FollowUpNow(*ratings, *args);
  if (list) return ListRatings(*ratings, *args);
  return TellRows(FetchFigures(*ratings, *args), "figures", "没有评价 / none", args->Has("json"),
                  RatingJson, PrintRating);
}

}  // namespace

CommandFamily RatingCommands() { return {"rating", kRatingUsage, RunRating}; }

}  // namespace xiufu::ctl
