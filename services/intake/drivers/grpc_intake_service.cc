#include "services/intake/drivers/grpc_intake_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/intake/domain/violations.h"
#include "services/intake/drivers/grpc_write.h"
#include "services/intake/drivers/next_step_codec.h"
#include "services/intake/drivers/notice_codec.h"
#include "services/intake/drivers/request_codec.h"
#include "services/intake/drivers/upload_call.h"
#include "services/intake/drivers/view_codec.h"
#include "services/intake/drivers/watch_call.h"
#include "xiufu/intake/v1/intake.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 200;

class GrpcIntakeService final : public v1::IntakeService::CallbackService {
 public:
  explicit GrpcIntakeService(GrpcParts parts)
      : parts_(std::move(parts)), page_tokens_(parts_.page_token_key) {}

  grpc::ServerUnaryReactor* SearchRecords(grpc::CallbackServerContext* context,
                                          const v1::SearchRecordsRequest* request,
                                          v1::SearchRecordsResponse* response) override {
    absl::StatusOr<int> size = rpc::PageSize(request->page_size(), kDefaultPage, kLargestPage);
    if (!size.ok()) return rpc::Reply(context, size.status());
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->search_records(
          {request->uscc(), request->name(), *size, request->page_token()},
          [response, answer = std::move(answer)](absl::StatusOr<SearchResult> result) mutable {
            if (result.ok()) Fill(*result, *response);
            answer(result.status());
          });
    });
  }

  grpc::ServerUnaryReactor* CheckEligibility(grpc::CallbackServerContext* context,
                                             const v1::CheckEligibilityRequest* request,
                                             v1::CheckEligibilityResponse* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->check_eligibility(
          InquiryOf(*request), [response, answer = std::move(answer)](
                                   absl::StatusOr<std::vector<Eligibility>> eligibilities) mutable {
            if (eligibilities.ok()) {
              for (const Eligibility& one : *eligibilities) {
                *response->add_eligibilities() = ToProto(one);
              }
            }
            answer(eligibilities.status());
          });
    });
  }

  grpc::ServerUnaryReactor* ComposeNotice(grpc::CallbackServerContext* context,
                                          const v1::ComposeNoticeRequest* request,
                                          v1::Notice* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->compose_notice(
          InquiryOf(*request),
          [this, response, answer = std::move(answer)](absl::StatusOr<Notice> notice) mutable {
            if (notice.ok()) *response = ToProto(*notice, parts_.letters->messages());
            answer(notice.status());
          });
    });
  }

  grpc::ServerUnaryReactor* RenderNotice(grpc::CallbackServerContext* context,
                                         const v1::ComposeNoticeRequest* request,
                                         v1::Letter* response) override {
    return Render(context, InquiryOf(*request), response,
                  [this](const Notice& notice) { return parts_.letters->Print(notice); });
  }

  grpc::ServerUnaryReactor* RenderForm(grpc::CallbackServerContext* context,
                                       const v1::RenderFormRequest* request,
                                       v1::Letter* response) override {
    const v1::RenderFormRequest::Kind kind = request->kind();
    if (kind != v1::RenderFormRequest::APPLICATION && kind != v1::RenderFormRequest::COMMITMENT) {
      return rpc::Reply(
          context, FieldViolation("kind", "not given or unknown", "APPLICATION or COMMITMENT"));
    }
    const catalogue::FormKind form = kind == v1::RenderFormRequest::APPLICATION
                                         ? catalogue::FormKind::kApplication
                                         : catalogue::FormKind::kCommitment;
    return Render(context, InquiryOf(*request), response, [this, form](const Notice& notice) {
      return parts_.letters->PrintForm(notice, form);
    });
  }

  grpc::ServerUnaryReactor* CreateApplication(grpc::CallbackServerContext* context,
                                              const v1::CreateApplicationRequest* request,
                                              v1::Application* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->create_application(
          CallOf(*context), CommandOf(*request),
          Write(*context, "CreateApplication", *request, response, std::move(answer)));
    });
  }

  grpc::ServerReadReactor<v1::UploadMaterialRequest>* UploadMaterial(
      grpc::CallbackServerContext* context, v1::Material* response) override {
    return NewUploadCall(parts_, context, response);
  }

  grpc::ServerUnaryReactor* SubmitApplication(grpc::CallbackServerContext* context,
                                              const v1::SubmitApplicationRequest* request,
                                              v1::Application* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->submit_application(
          CallOf(*context), request->name(),
          Write(*context, "SubmitApplication", *request, response, std::move(answer)),
          static_cast<Capacity>(request->acting()));
    });
  }

  grpc::ServerUnaryReactor* GetApplication(grpc::CallbackServerContext* context,
                                           const v1::GetApplicationRequest* request,
                                           v1::Application* response) override {
    absl::StatusOr<ApplicationView> view =
        parts_.intake->applications.Get(request->name(), request->query_code());
    if (view.ok()) *response = WithNextSteps(*view);
    return rpc::Reply(context, view.status());
  }

  grpc::ServerUnaryReactor* ListApplications(grpc::CallbackServerContext* context,
                                             const v1::ListApplicationsRequest* request,
                                             v1::ListApplicationsResponse* response) override {
    return rpc::Reply(context, List(rpc::PrincipalOf(*context), *request, *response));
  }

  grpc::ServerWriteReactor<v1::TimelineEntry>* WatchApplication(
      grpc::CallbackServerContext* /*context*/,
      const v1::WatchApplicationRequest* request) override {
    return NewWatchCall(parts_, *request);
  }

  grpc::ServerUnaryReactor* ProvideSupplement(grpc::CallbackServerContext* context,
                                              const v1::ProvideSupplementRequest* request,
                                              v1::Application* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->provide_supplement(
          CallOf(*context), CommandOf(*request),
          Write(*context, "ProvideSupplement", *request, response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* WithdrawApplication(grpc::CallbackServerContext* context,
                                                const v1::WithdrawApplicationRequest* request,
                                                v1::Application* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->withdraw_application(
          CallOf(*context), CommandOf(*request),
          Write(*context, "WithdrawApplication", *request, response, std::move(answer)));
    });
  }

 private:
  template <typename Request>
  ClientWrite<ApplicationView> Write(const grpc::CallbackServerContext& context, const char* method,
                                     const Request& request, v1::Application* response,
                                     rpc::Answer answer) const {
    ClientWrite<ApplicationView> write =
        GrpcWrite<ApplicationView>(parts_.database, parts_.clock, CallOf(context), method, request,
                                   response, std::move(answer));
    write.answer = [this, response](const ApplicationView& view) {
      *response = WithNextSteps(view);
    };
    return write;
  }

  v1::Application WithNextSteps(const ApplicationView& view) const {
    v1::Application proto = ToProto(view);
    AddNextSteps(view, parts_.letters->messages(), proto);
    return proto;
  }

  // Composes the notice and prints something of it, away from gRPC's threads.
  using Printer = absl::AnyInvocable<absl::StatusOr<PrintedLetter>(const Notice&)>;
  grpc::ServerUnaryReactor* Render(grpc::CallbackServerContext* context, InquiryCommand inquiry,
                                   v1::Letter* response, Printer print) {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->compose_notice(
          inquiry, [this, response, print = std::move(print),
                    answer = std::move(answer)](absl::StatusOr<Notice> notice) mutable {
            if (!notice.ok()) return answer(notice.status());
            // Refused only when the service stops: then the answer is told so by being dropped.
            parts_.workers->Run([response, notice = *std::move(notice), print = std::move(print),
                                 answer = std::move(answer)]() mutable {
              absl::StatusOr<PrintedLetter> letter = print(notice);
              const absl::Status status = letter.status();
              if (letter.ok()) *response = ToProto(*std::move(letter));
              answer(status);
            });
          });
    });
  }

  static void Fill(const SearchResult& result, v1::SearchRecordsResponse& response) {
    for (const RecordSnapshot& record : result.page.records) {
      *response.add_records() = ToRecord(record);
    }
    response.set_next_page_token(result.page.next_page_token);
    response.set_warning(result.warning);
  }

  absl::Status List(const std::string& principal, const v1::ListApplicationsRequest& request,
                    v1::ListApplicationsResponse& response) const {
    Violations violations;
    absl::StatusOr<int> size = rpc::PageSize(request.page_size(), kDefaultPage, kLargestPage);
    violations.Take(size.status());
    ApplicationFilter filter{principal, "", Id(), size.value_or(kDefaultPage)};
    if (!request.subject_uscc().empty()) {
      absl::StatusOr<UsccCheck> uscc = ValidateUscc("subject_uscc", request.subject_uscc());
      violations.Take(uscc.status());
      if (uscc.ok()) filter.subject_uscc = uscc->code;
    }
    const std::string bound =
        absl::StrCat("ListApplications/", principal, "/", filter.subject_uscc);
    absl::StatusOr<std::string> before = page_tokens_.Decode(bound, request.page_token());
    violations.Take(before.status());
    if (!violations.empty()) return violations.ToStatus();
    if (!before->empty()) filter.before = Id::FromBytes(*before).value_or(Id());
    absl::StatusOr<ApplicationPage> page = parts_.intake->applications.List(filter);
    if (!page.ok()) return page.status();
    for (const ApplicationView& view : page->applications) {
      *response.add_applications() = WithNextSteps(view);
    }
    if (page->more) {
      const Id& last = page->applications.back().application.id;
      response.set_next_page_token(page_tokens_.Encode(bound, last.bytes()));
    }
    return absl::OkStatus();
  }

  const GrpcParts parts_;
  const rpc::PageTokens page_tokens_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGrpcIntakeService(GrpcParts parts) {
  return std::make_unique<GrpcIntakeService>(std::move(parts));
}

}  // namespace xiufu::intake
