#pragma once

#include "absl/status/statusor.h"
#include "libs/storage/tx.h"
#include "services/publication/app/notice_ports.h"
#include "services/publication/app/ports.h"

namespace xiufu::publication {

// The subject has got its notice. On the writer.
class TakeReceipt {
 public:
  TakeReceipt(const Records* records, const RepairNotices* notices)
      : records_(records), notices_(notices) {}

  // record_version 0: as the record is. The notice as it is then. NOT_FOUND (NOTICE_NOT_FOUND),
  // ALREADY_EXISTS (NOTICE_GIVEN_OTHERWISE), INVALID_ARGUMENT with violations for a day before the
  // determination and a version that never was.
  absl::StatusOr<RepairNotice> operator()(const Id& record, NoticeReceipt receipt,
                                          storage::Tx& tx) const;

 private:
  const Records* records_;
  const RepairNotices* notices_;
};

}  // namespace xiufu::publication
