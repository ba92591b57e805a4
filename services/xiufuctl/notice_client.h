#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "xiufu/intake/v1/repair_notice.grpc.pb.h"
#include "xiufu/publication/v1/repair_notice.grpc.pb.h"

namespace xiufu::ctl {

// Notices of records (信用修复告知书), as the principal "operator": who was told is asked of
// publication, what the letter says and who has not applied of intake. Calls block for at most 10
// s.
class NoticeClient {
 public:
  // host:port of the two; `credentials`: folder with operator.token.
  static absl::StatusOr<NoticeClient> Connect(const std::string& publication,
                                              const std::string& intake,
                                              const std::string& credentials);

  // Page by page.
  absl::Status ForEachNotice(
      const std::string& authority, bool not_given,
      absl::FunctionRef<void(const publication::v1::RepairNotice&)> take) const;
  using Unapplied = intake::v1::ListUnappliedRecordsResponse::Unapplied;
  absl::Status ForEachUnapplied(const std::string& region,
                                absl::FunctionRef<void(const Unapplied&)> take) const;
  absl::StatusOr<publication::v1::RepairNotice> RecordReceipt(
      const publication::v1::RecordNoticeReceiptRequest& request) const;
  absl::StatusOr<publication::v1::GetNoticeRatesResponse> Rates(const std::string& from,
                                                                const std::string& to) const;
  absl::StatusOr<intake::v1::Letter> Render(const std::string& record) const;

 private:
  using PublicationStub = publication::v1::RepairNoticeService::Stub;
  using IntakeStub = intake::v1::RepairNoticeService::Stub;
  NoticeClient(std::unique_ptr<PublicationStub> publication, std::unique_ptr<IntakeStub> intake)
      : publication_(std::move(publication)), intake_(std::move(intake)) {}

  std::unique_ptr<PublicationStub> publication_;
  std::unique_ptr<IntakeStub> intake_;
};

}  // namespace xiufu::ctl
