#include "services/publication/domain/repair_notice.h"

#include <tuple>

namespace xiufu::publication {

std::string AuthorityKey(const RecordContent& content,
                         const catalogue::AuthorityRegistry& authorities) {
  const std::string& uscc = content.key.authority_uscc;
  const catalogue::Authority* known =
      uscc.empty() ? authorities.FindByName(content.authority_name) : authorities.FindByUscc(uscc);
  if (known != nullptr) return known->code;
  return uscc.empty() ? content.authority_name : uscc;
}

bool SameReceipt(const NoticeReceipt& a, const NoticeReceipt& b) {
  const auto content = [](const NoticeReceipt& receipt) {
    return std::tie(receipt.way, receipt.given_on, receipt.given_by, receipt.receipt_no,
                    receipt.record_version);
  };
  return content(a) == content(b);
}

}  // namespace xiufu::publication
