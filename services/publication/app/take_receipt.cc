#include "services/publication/app/take_receipt.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"

namespace xiufu::publication {
namespace {

absl::Status CheckAgainst(const NoticeReceipt& receipt, const Record& record) {
  std::vector<Violation> wrong;
  if (receipt.given_on < record.content.decision_date) {
    wrong.push_back(
        {"receipt.given_on", absl::StrCat("before the determination; expected ",
                                          FormatDay(record.content.decision_date), " or later")});
  }
  if (receipt.record_version > record.version) {
    wrong.push_back({"receipt.record_version",
                     absl::StrCat("not reached yet; expected at most ", record.version)});
  }
  return FieldViolations(wrong);
}

}  // namespace

absl::StatusOr<RepairNotice> TakeReceipt::operator()(const Id& id, NoticeReceipt receipt,
                                                     storage::Tx& tx) const {
  std::optional<RepairNotice> notice = notices_->Find(tx, id);
  const std::optional<Record> record = records_->Find(tx, id);
  if (!notice || !record) {
    return WithReason(absl::NotFoundError("no such record came in public"), "NOTICE_NOT_FOUND");
  }
  if (absl::Status status = CheckAgainst(receipt, *record); !status.ok()) return status;
  if (receipt.record_version == 0) {
    receipt.record_version = notice->receipt ? notice->receipt->record_version : record->version;
  }
  if (!notice->receipt) {
    notices_->SaveReceipt(tx, id, receipt);
    notice->receipt = receipt;
  } else if (!SameReceipt(*notice->receipt, receipt)) {
    return WithReason(
        absl::AlreadyExistsError("已登记过送达，内容不同 / another receipt was recorded before"),
        "NOTICE_GIVEN_OTHERWISE",
        {{"given_on", FormatDay(notice->receipt->given_on)},
         {"given_by", notice->receipt->given_by}});
  }
  if (!tx.status().ok()) return tx.status();
  return *std::move(notice);
}

}  // namespace xiufu::publication
