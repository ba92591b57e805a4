#include "services/publication/drivers/receipt_json.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::publication {
namespace {

nlohmann::json DaysJson(const std::vector<calendar::NamedDay>& days) {
  nlohmann::json list = nlohmann::json::array();
  for (const calendar::NamedDay& named : days) {
    list.push_back(absl::StrCat(FormatDay(named.day), " ", named.name));
  }
  return list;
}

nlohmann::json ExceptionsJson(const std::vector<calendar::ExceptionDay>& days) {
  nlohmann::json list = nlohmann::json::array();
  for (const calendar::ExceptionDay& day : days) {
    list.push_back({FormatDay(day.day), day.working, day.name});
  }
  return list;
}

}  // namespace

std::string ReceiptJson(const Withdrawal& withdrawal) {
  const catalogue::DeadlineReceipt& receipt = withdrawal.receipt;
  return nlohmann::json{
      {"authority", {{"code", withdrawal.authority_code}, {"kind", withdrawal.authority_kind}}},
      {"kind", receipt.kind},
      {"start_event", receipt.start_event},
      {"start_date", FormatDay(receipt.start_date)},
      {"days", receipt.days},
      {"working_days", receipt.working_days},
      {"pauses", nlohmann::json::array()},  // no clock of a withdrawal ever stands still
      {"due", FormatDay(receipt.due.day)},
      {"provisional", receipt.due.provisional},
      {"skipped", DaysJson(receipt.due.holidays_skipped)},
      {"worked", DaysJson(receipt.due.makeup_days_counted)},
      {"exceptions", ExceptionsJson(receipt.due.exceptions)},
      {"source", receipt.source},
      {"confidence", receipt.confidence},
      {"calendar_version", receipt.calendar_version}}
      .dump();
}

}  // namespace xiufu::publication
