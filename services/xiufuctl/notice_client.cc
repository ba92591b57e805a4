#include "services/xiufuctl/notice_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/service/config.h"
#include "services/xiufuctl/operator_call.h"

namespace xiufu::ctl {
absl::StatusOr<NoticeClient> NoticeClient::Connect(const std::string& publication,
                                                   const std::string& intake,
                                                   const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return NoticeClient(
      publication::v1::RepairNoticeService::NewStub(rpc::NewChannel(publication, *token)),
      intake::v1::RepairNoticeService::NewStub(rpc::NewChannel(intake, *token)));
}

absl::Status NoticeClient::ForEachNotice(
    const std::string& authority, bool not_given,
    absl::FunctionRef<void(const publication::v1::RepairNotice&)> take) const {
  publication::v1::ListRepairNoticesRequest request;
  request.set_authority(authority);
  request.set_not_given(not_given);
  do {
    const auto page = CallOnce(*publication_, &PublicationStub::ListRepairNotices, request);
    if (!page.ok()) return page.status();
    for (const publication::v1::RepairNotice& notice : page->notices()) take(notice);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status NoticeClient::ForEachUnapplied(const std::string& region,
                                            absl::FunctionRef<void(const Unapplied&)> take) const {
  intake::v1::ListUnappliedRecordsRequest request;
  request.set_region(region);
  do {
    const auto page = CallOnce(*intake_, &IntakeStub::ListUnappliedRecords, request);
    if (!page.ok()) return page.status();
    for (const Unapplied& one : page->records()) take(one);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::StatusOr<publication::v1::RepairNotice> NoticeClient::RecordReceipt(
    const publication::v1::RecordNoticeReceiptRequest& request) const {
  const auto response = CallOnce(*publication_, &PublicationStub::RecordNoticeReceipt, request);
  if (!response.ok()) return response.status();
  return response->notice();
}

absl::StatusOr<publication::v1::GetNoticeRatesResponse> NoticeClient::Rates(
    const std::string& from, const std::string& to) const {
  publication::v1::GetNoticeRatesRequest request;
  request.set_from_date(from);
  request.set_to_date(to);
  return CallOnce(*publication_, &PublicationStub::GetNoticeRates, request);
}

absl::StatusOr<intake::v1::Letter> NoticeClient::Render(const std::string& record) const {
  intake::v1::GetRepairNoticeRequest request;
  request.set_record(record);
  return CallOnce(*intake_, &IntakeStub::RenderRepairNotice, request);
}

}  // namespace xiufu::ctl
