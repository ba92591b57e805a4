#include "services/intake/drivers/repair_notice_service.h"

#include <utility>

#include "libs/base/legal_day.h"
#include "libs/rpc/context.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/intake/drivers/notice_codec.h"
#include "services/intake/drivers/view_codec.h"
#include "xiufu/intake/v1/repair_notice.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr int kUnappliedPage = 50;
constexpr int kLargestUnappliedPage = 200;

class RepairNoticeGrpc final : public v1::RepairNoticeService::CallbackService {
 public:
  explicit RepairNoticeGrpc(const RepairNoticeParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* GetRepairNotice(grpc::CallbackServerContext* context,
                                            const v1::GetRepairNoticeRequest* request,
                                            v1::Notice* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      (*parts_.notice)(
          request->record(), request->on_date(),
          [this, response, answer = std::move(answer)](absl::StatusOr<Notice> notice) mutable {
            if (notice.ok()) *response = ToProto(*notice, parts_.letters->messages());
            answer(notice.status());
          });
    });
  }

  grpc::ServerUnaryReactor* RenderRepairNotice(grpc::CallbackServerContext* context,
                                               const v1::GetRepairNoticeRequest* request,
                                               v1::Letter* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      (*parts_.notice)(
          request->record(), request->on_date(),
          [this, response, answer = std::move(answer)](absl::StatusOr<Notice> notice) mutable {
            if (!notice.ok()) return answer(notice.status());
            Print(*std::move(notice), response, std::move(answer));
          });
    });
  }

  grpc::ServerUnaryReactor* ListUnappliedRecords(
      grpc::CallbackServerContext* context, const v1::ListUnappliedRecordsRequest* request,
      v1::ListUnappliedRecordsResponse* response) override {
    if (absl::Status status = rpc::OnlyOperator(*context); !status.ok()) {
      return rpc::Reply(context, status);
    }
    const absl::StatusOr<int> size =
        rpc::PageSize(request->page_size(), kUnappliedPage, kLargestUnappliedPage);
    if (!size.ok()) return rpc::Reply(context, size.status());
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      (*parts_.unapplied)(
          request->region(), *size, request->page_token(),
          [response, answer = std::move(answer)](absl::StatusOr<UnappliedPage> page) mutable {
            if (page.ok()) Fill(*page, *response);
            answer(page.status());
          });
    });
  }

 private:
  // Away from gRPC's threads. Refused only when the service stops: then the answer is told so by
  // being dropped.
  void Print(Notice notice, v1::Letter* response, rpc::Answer answer) {
    parts_.workers->Run(
        [this, notice = std::move(notice), response, answer = std::move(answer)]() mutable {
          absl::StatusOr<PrintedLetter> letter = parts_.letters->PrintOfRecord(notice);
          const absl::Status status = letter.status();
          if (letter.ok()) *response = ToProto(*std::move(letter));
          answer(status);
        });
  }

  static void Fill(const UnappliedPage& page, v1::ListUnappliedRecordsResponse& response) {
    for (const UnappliedRecord& one : page.records) {
      auto& out = *response.add_records();
      *out.mutable_record() = ToRecord(one.repairable.record);
      out.set_repairable_on(FormatDay(one.repairable.since));
      *out.mutable_eligibility() = ToProto(one.eligibility);
    }
    response.set_next_page_token(page.next_page_token);
  }

  const RepairNoticeParts parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewRepairNoticeService(const RepairNoticeParts& parts) {
  return std::make_unique<RepairNoticeGrpc>(parts);
}

}  // namespace xiufu::intake
