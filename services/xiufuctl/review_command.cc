#include "services/xiufuctl/review_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/routing/v1/review.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using Reviews = Operator<routing::v1::ReviewService>;

constexpr char kReviewUsage[] =
    "  review list [--json] [WHERE]\n"
    "                       列出预审中的子办件 / cases that wait for a reviewer\n"
    "  review show CASE [--json] [WHERE]\n"
    "                       某件的预审记录和意见 / what reviewers said about a case\n"
    "  review pass CASE --person NAME [--note TEXT] [WHERE]\n"
    "                       材料齐全，转下一环节 / all papers are there: on to the next step\n"
    "  review defects CASE --person NAME --missing TEXT[;TEXT...] [WHERE]\n"
    "                       一次告知全部缺少的材料 / tells all that is missing, once\n"
    "  review opinion CASE --person NAME --text TEXT [WHERE]\n"
    "                       对已推送办件的预审意见 / an opinion on a case that was pushed\n";

nlohmann::json ReviewJson(const routing::v1::CaseInPreCheck& one) {
  return {{"case", IdText(one.case_id())},
          {"application", IdText(one.application())},
          {"number", one.application_number()},
          {"document_no", one.record().document_no()},
          {"determined_by", one.record().authority().name()},
          {"reviewer", one.reviewer()},
          {"due_date", one.due_date()},
          {"since", ZonedTime(one.since())}};
}

nlohmann::json ReviewJson(const routing::v1::Review& one) {
  return {{"kind", one.kind()},
          {"person", one.person()},
          {"note", one.note()},
          {"defects", std::vector<std::string>(one.defects().begin(), one.defects().end())},
          {"at", ZonedTime(one.at())}};
}

void PrintReview(const routing::v1::CaseInPreCheck& one) {
  std::cout << "子办件 / case  " << IdText(one.case_id()) << '\n'
            << "  申请 / application: " << one.application_number() << '\n'
            << "  记录 / record: " << one.record().document_no() << "  "
            << one.record().authority().name() << '\n'
            << "  预审 / reviewer: " << one.reviewer() << "，最迟 / by " << one.due_date() << '\n';
}

void PrintReview(const routing::v1::Review& one) {
  std::cout << ZonedTime(one.at()) << "  " << one.kind() << "  " << one.person() << "  "
            << one.note() << absl::StrJoin(one.defects(), "；") << '\n';
}

int ListWaiting(const Reviews& reviews, bool json) {
  return TellRows(reviews.All(
                      &Reviews::Stub::ListReviews, routing::v1::ListReviewsRequest(),
                      [](const auto& page) -> const auto& { return page.cases(); }),
                  "cases", "没有预审中的子办件 / nothing waits for a reviewer", json, ReviewJson,
                  PrintReview);
}

int ListOf(const Reviews& reviews, const Id& case_id, bool json) {
  routing::v1::ListReviewsRequest request;
  request.set_case_id(std::string(case_id.bytes()));
  return TellRows(reviews.All(
                      &Reviews::Stub::ListReviews, request,
                      [](const auto& page) -> const auto& { return page.reviews(); }),
                  "reviews", "没有预审记录 / nobody has said anything", json, ReviewJson,
                  PrintReview);
}

// A person's act, with a request id of its own.
template <typename Request>
Request ReviewAct(const Id& case_id, const Arguments& args) {
  Request request;
  request.set_request_id(NewRequestId());
  request.set_case_id(std::string(case_id.bytes()));
  request.set_person(args.Value("person"));
  return request;
}

absl::Status ActOnReview(const Reviews& reviews, const Id& case_id, const Arguments& args) {
  if (args.word(0) == "pass") {
    auto request = ReviewAct<routing::v1::PassReviewRequest>(case_id, args);
    request.set_note(args.Value("note"));
    return reviews.Call(&Reviews::Stub::PassReview, request).status();
  }
  if (args.word(0) == "opinion") {
    auto request = ReviewAct<routing::v1::GiveOpinionRequest>(case_id, args);
    request.set_text(args.Value("text"));
    return reviews.Call(&Reviews::Stub::GiveOpinion, request).status();
  }
  auto request = ReviewAct<routing::v1::ReportDefectsRequest>(case_id, args);
  for (absl::string_view defect :
       absl::StrSplit(args.Value("missing"), ';', absl::SkipWhitespace())) {
    request.add_defects(std::string(defect));
  }
  return reviews.Call(&Reviews::Stub::ReportDefects, request).status();
}

// A person acts: with what is said, where the act needs it.
bool IsReviewAct(const Arguments& args) {
  if (args.words().size() != 2 || args.Value("person").empty()) return false;
  return args.word(0) == "pass" || (args.word(0) == "defects" && !args.Value("missing").empty()) ||
         (args.word(0) == "opinion" && !args.Value("text").empty());
}

int RunReview(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args, {"config", "target", "credentials", "person", "note", "missing", "text"}, {"json"});
  if (!args.ok()) return UsageError(kReviewUsage, args.status());
  const bool list = args->words().size() == 1 && args->word(0) == "list";
  const absl::StatusOr<Id> case_id = Id::Parse(args->word(1));
  const bool show = args->words().size() == 2 && args->word(0) == "show" && case_id.ok();
  const bool act = case_id.ok() && IsReviewAct(*args);
  if (!list && !show && !act) return UsageError(kReviewUsage);
  const absl::StatusOr<Reviews> reviews = Reviews::Of(*args, "routing");
  if (!reviews.ok()) return Failed(reviews.status());
  if (list) return ListWaiting(*reviews, args->Has("json"));
  if (show) return ListOf(*reviews, *case_id, args->Has("json"));
  return Done(ActOnReview(*reviews, *case_id, *args), "已记录 / done, and kept");
}

}  // namespace

CommandFamily ReviewCommands() { return {"review", kReviewUsage, RunReview}; }

}  // namespace xiufu::ctl
