#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"
#include "services/intake/drivers/grpc_intake_service.h"
#include "services/intake/drivers/grpc_write.h"
#include "services/intake/drivers/notice_codec.h"
#include "services/intake/drivers/request_codec.h"
#include "services/intake/drivers/window_codec.h"
#include "xiufu/intake/v1/window.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr int kWindowPage = 50;
constexpr int kLargestWindowPage = 200;

// Days of the register as times; adds violations of their fields.
void TakeDays(const v1::ListConsultationsRequest& request, ConsultationFilter& filter,
              Violations& violations) {
  const auto day = [&](absl::string_view field, const std::string& text) {
    const absl::StatusOr<absl::CivilDay> parsed = ParseDay(text);
    if (!parsed.ok()) violations.Add(field, "not a day", "yyyy-mm-dd, or nothing");
    return parsed.value_or(absl::CivilDay());
  };
  if (!request.from_date().empty()) {
    filter.from = StartOfLegalDay(day("from_date", request.from_date()));
  }
  if (!request.to_date().empty()) {
    filter.until = StartOfLegalDay(day("to_date", request.to_date()) + 1);
  }
  if (violations.empty() && filter.until <= filter.from) {
    violations.Add("to_date", "before from_date", "from_date or a later day");
  }
}

ConsultationFilter FilterOf(const v1::ListConsultationsRequest& request, Violations& violations) {
  ConsultationFilter filter;
  filter.region = request.region();
  filter.topic = request.topic();
  filter.text = request.text();
  violations.Take(CheckText("text", request.text(), 0, 100));
  violations.Take(CheckText("topic", request.topic(), 0, 64));
  if (!request.subject_uscc().empty()) {
    const absl::StatusOr<UsccCheck> uscc = ValidateUscc("subject_uscc", request.subject_uscc());
    violations.Take(uscc.status());
    if (uscc.ok()) filter.subject_uscc = uscc->code;
  }
  if (!request.application().empty()) {
    const absl::StatusOr<Id> id = ParseApplicationName("application", request.application());
    violations.Take(id.status());
    if (id.ok()) filter.application = *id;
  }
  TakeDays(request, filter, violations);
  return filter;
}

class GrpcWindowService final : public v1::WindowService::CallbackService {
 public:
  explicit GrpcWindowService(GrpcParts parts)
      : parts_(std::move(parts)), page_tokens_(parts_.page_token_key) {}

  grpc::ServerUnaryReactor* ListWindows(grpc::CallbackServerContext* context,
                                        const v1::ListWindowsRequest* request,
                                        v1::ListWindowsResponse* response) override {
    Fill(parts_.law->Get()->catalogue, parts_.letters->messages(), request->region(), *response);
    return rpc::Reply(context, absl::OkStatus());
  }

  grpc::ServerUnaryReactor* FileAtWindow(grpc::CallbackServerContext* context,
                                         const v1::FileAtWindowRequest* request,
                                         v1::Application* response) override {
    return ForWindow(context, [&](const WindowCaller& caller, rpc::Answer answer) {
      parts_.intake->file_at_window(
          caller, CallOf(*context), CommandOf(*request),
          Write<ApplicationView>(*context, "FileAtWindow", *request, response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* GetFiling(grpc::CallbackServerContext* context,
                                      const v1::GetFilingRequest* request,
                                      v1::Filing* response) override {
    return Read(context, [&](const WindowCaller& caller) {
      const absl::StatusOr<FilingView> view = parts_.intake->filings.Get(caller, request->name());
      if (view.ok()) *response = ToProto(*view);
      return view.status();
    });
  }

  grpc::ServerUnaryReactor* ListFilings(grpc::CallbackServerContext* context,
                                        const v1::ListFilingsRequest* request,
                                        v1::ListFilingsResponse* response) override {
    return Read(context, [&](const WindowCaller& caller) {
      Violations violations;
      const Page page = PageOf(*request, BoundOf(caller, *request), violations);
      if (!violations.empty()) return violations.ToStatus();
      const absl::StatusOr<FilingPage> found =
          parts_.intake->filings.List(caller, request->region(), page.before, page.size);
      if (!found.ok()) return found.status();
      for (const FilingView& view : found->filings) *response->add_filings() = ToProto(view);
      if (found->more) {
        SetNext(page, found->filings.back().filing.application, *response);
      }
      return absl::OkStatus();
    });
  }

  grpc::ServerUnaryReactor* RenderFilingSlip(grpc::CallbackServerContext* context,
                                             const v1::RenderFilingSlipRequest* request,
                                             v1::Letter* response) override {
    return ForWindow(context, [&](const WindowCaller& caller, rpc::Answer answer) {
      absl::StatusOr<FilingSlip> slip =
          parts_.intake->filings.PrintSlip(caller, request->name(), request->query_code());
      if (!slip.ok()) return answer(slip.status());
      Print([this, slip = *std::move(slip)] { return parts_.letters->PrintSlip(slip); }, response,
            std::move(answer));
    });
  }

  grpc::ServerUnaryReactor* PrecheckMaterials(grpc::CallbackServerContext* context,
                                              const v1::PrecheckMaterialsRequest* request,
                                              v1::MaterialPrecheck* response) override {
    return ForWindow(context, [&](const WindowCaller& caller, rpc::Answer answer) {
      parts_.intake->precheck_materials(
          caller, CommandOf(*request),
          [this, response, print = request->print(),
           answer = std::move(answer)](absl::StatusOr<Precheck> precheck) mutable {
            if (!precheck.ok()) return answer(precheck.status());
            *response = ToProto(*precheck);
            if (!print) return answer(absl::OkStatus());
            Print([this, precheck = *std::move(
                             precheck)] { return parts_.letters->PrintPrecheck(precheck); },
                  response->mutable_letter(), std::move(answer));
          });
    });
  }

  grpc::ServerUnaryReactor* RenderForms(grpc::CallbackServerContext* context,
                                        const v1::ComposeNoticeRequest* request,
                                        v1::Letter* response) override {
    return ForWindow(context, [&](const WindowCaller&, rpc::Answer answer) {
      parts_.intake->compose_notice(
          InquiryOf(*request),
          [this, response, answer = std::move(answer)](absl::StatusOr<Notice> notice) mutable {
            if (!notice.ok()) return answer(notice.status());
            Print(
                [this, notice = *std::move(notice)] { return parts_.letters->PrintForms(notice); },
                response, std::move(answer));
          });
    });
  }

  grpc::ServerUnaryReactor* RecordConsultation(grpc::CallbackServerContext* context,
                                               const v1::RecordConsultationRequest* request,
                                               v1::Consultation* response) override {
    return ForWindow(context, [&](const WindowCaller& caller, rpc::Answer answer) {
      parts_.intake->consultations.Record(
          caller, CommandOf(*request),
          Write<Consultation>(*context, "RecordConsultation", *request, response,
                              std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* LinkConsultation(grpc::CallbackServerContext* context,
                                             const v1::LinkConsultationRequest* request,
                                             v1::Consultation* response) override {
    return ForWindow(context, [&](const WindowCaller& caller, rpc::Answer answer) {
      parts_.intake->consultations.Link(
          caller, request->name(), LinkOf(*request),
          Write<Consultation>(*context, "LinkConsultation", *request, response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* ListConsultations(grpc::CallbackServerContext* context,
                                              const v1::ListConsultationsRequest* request,
                                              v1::ListConsultationsResponse* response) override {
    return Read(context, [&](const WindowCaller& caller) {
      Violations violations;
      ConsultationFilter filter = FilterOf(*request, violations);
      const Page page = PageOf(*request, BoundOf(caller, *request), violations);
      if (!violations.empty()) return violations.ToStatus();
      filter.before = page.before;
      filter.limit = page.size;
      const absl::StatusOr<ConsultationPage> found =
          parts_.intake->consultations.List(caller, filter);
      if (!found.ok()) return found.status();
      for (const Consultation& one : found->consultations) {
        *response->add_consultations() = ToProto(one);
      }
      if (found->more) SetNext(page, found->consultations.back().id, *response);
      return absl::OkStatus();
    });
  }

  grpc::ServerUnaryReactor* CountWindowWork(grpc::CallbackServerContext* context,
                                            const v1::CountWindowWorkRequest* request,
                                            v1::CountWindowWorkResponse* response) override {
    std::string region = request->region();
    if (!rpc::OnlyOperator(*context).ok()) {
      const absl::StatusOr<WindowCaller> caller = CallerOf(*context);
      if (!caller.ok()) return rpc::Reply(context, caller.status());
      if (!caller->city) region = caller->region;
    }
    Violations violations;
    violations.Take(CheckMonth("from_month", request->from_month()));
    violations.Take(CheckMonth("to_month", request->to_month()));
    if (violations.empty() && !request->to_month().empty() &&
        request->to_month() < request->from_month()) {
      violations.Add("to_month", "before from_month", "from_month or a later month");
    }
    if (!violations.empty()) return rpc::Reply(context, violations.ToStatus());
    const absl::StatusOr<WindowCounts> counts =
        parts_.intake->consultations.Count(region, request->from_month(), request->to_month());
    if (counts.ok()) Fill(*counts, *response);
    return rpc::Reply(context, counts.status());
  }

  grpc::ServerUnaryReactor* GiveHandOver(grpc::CallbackServerContext* context,
                                         const v1::GiveHandOverRequest* request,
                                         v1::HandOver* response) override {
    return ForWindow(context, [&](const WindowCaller& caller, rpc::Answer answer) {
      parts_.intake->hand_overs.Give(
          caller, CommandOf(*request),
          Write<HandOverView>(*context, "GiveHandOver", *request, response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* TakeUpHandOver(grpc::CallbackServerContext* context,
                                           const v1::TakeUpHandOverRequest* request,
                                           v1::HandOver* response) override {
    return ForWindow(context, [&](const WindowCaller& caller, rpc::Answer answer) {
      parts_.intake->hand_overs.TakeUp(
          caller, request->name(), request->clerk(),
          Write<HandOverView>(*context, "TakeUpHandOver", *request, response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* ListHandOvers(grpc::CallbackServerContext* context,
                                          const v1::ListHandOversRequest* request,
                                          v1::ListHandOversResponse* response) override {
    return Read(context, [&](const WindowCaller& caller) {
      Violations violations;
      const Page page = PageOf(*request, BoundOf(caller, *request), violations);
      if (!violations.empty()) return violations.ToStatus();
      const absl::StatusOr<HandOverPage> found = parts_.intake->hand_overs.List(
          caller,
          {request->region(), request->outgoing(), request->with_taken(), page.before, page.size});
      if (!found.ok()) return found.status();
      for (const HandOverView& one : found->hand_overs) *response->add_hand_overs() = ToProto(one);
      if (found->more) SetNext(page, found->hand_overs.back().hand_over.id, *response);
      return absl::OkStatus();
    });
  }

 private:
  struct Page {
    std::string bound;  // the list it belongs to
    Id before;
    int size = kWindowPage;
  };

  // Deny by default: who is no window gets nothing here.
  absl::StatusOr<WindowCaller> CallerOf(const grpc::CallbackServerContext& context) const {
    const catalogue::LawSnapshot law = parts_.law->Get();
    std::optional<WindowCaller> caller =
        WindowOf(rpc::PrincipalOf(context), law->catalogue.regions());
    if (caller) return *std::move(caller);
    return WithReason(absl::PermissionDeniedError("for windows only"), "WINDOWS_ONLY");
  }

  template <typename Do>
  grpc::ServerUnaryReactor* ForWindow(grpc::CallbackServerContext* context, Do act) {
    const absl::StatusOr<WindowCaller> caller = CallerOf(*context);
    if (!caller.ok()) return rpc::Reply(context, caller.status());
    return rpc::ReplyLater(context, [&](rpc::Answer answer) { act(*caller, std::move(answer)); });
  }

  template <typename Look>
  grpc::ServerUnaryReactor* Read(grpc::CallbackServerContext* context, Look look) const {
    const absl::StatusOr<WindowCaller> caller = CallerOf(*context);
    return rpc::Reply(context, caller.ok() ? look(*caller) : caller.status());
  }

  template <typename Answer, typename Request, typename Response>
  ClientWrite<Answer> Write(const grpc::CallbackServerContext& context, const char* method,
                            const Request& request, Response* response, rpc::Answer answer) const {
    return GrpcWrite<Answer>(parts_.database, parts_.clock, CallOf(context), method, request,
                             response, std::move(answer));
  }

  // Away from gRPC's threads and the writer.
  template <typename Make>
  void Print(Make make, v1::Letter* response, rpc::Answer answer) {
    // Refused only when the service stops: then the answer is told so by being dropped.
    parts_.workers->Run([make = std::move(make), response, answer = std::move(answer)]() mutable {
      absl::StatusOr<PrintedLetter> letter = make();
      const absl::Status status = letter.status();
      if (letter.ok()) *response = ToProto(*std::move(letter));
      answer(status);
    });
  }

  // A page token is good for the caller and the arguments it was given for.
  template <typename Request>
  static std::string BoundOf(const WindowCaller& caller, Request request) {
    request.clear_page_size();
    request.clear_page_token();
    return absl::StrCat(Request::descriptor()->name(), "/", caller.principal, "/",
                        rpc::BodySha256(request));
  }

  template <typename Request>
  Page PageOf(const Request& request, std::string bound, Violations& violations) const {
    Page page{std::move(bound), Id(), kWindowPage};
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kWindowPage, kLargestWindowPage);
    violations.Take(size.status());
    if (size.ok()) page.size = *size;
    const absl::StatusOr<std::string> before =
        page_tokens_.Decode(page.bound, request.page_token());
    violations.Take(before.status());
    if (before.ok() && !before->empty()) page.before = Id::FromBytes(*before).value_or(Id());
    return page;
  }

  template <typename Response>
  void SetNext(const Page& page, const Id& last, Response& response) const {
    response.set_next_page_token(page_tokens_.Encode(page.bound, last.bytes()));
  }

  const GrpcParts parts_;
  const rpc::PageTokens page_tokens_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGrpcWindowService(GrpcParts parts) {
  return std::make_unique<GrpcWindowService>(std::move(parts));
}

}  // namespace xiufu::intake
