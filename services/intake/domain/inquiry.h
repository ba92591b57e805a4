#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "libs/base/id.h"
#include "libs/base/uscc.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

// A question about records of one subject on a day, as it came.
struct InquiryCommand {
  std::string uscc;
  std::vector<std::string> records;  // "records/<uuid>"; empty: all of the subject
  std::string on_date;               // ISO 8601; empty: today
  ChosenBasis basis;
};

// The same, checked.
struct Inquiry {
  UsccCheck uscc;
  std::vector<Id> named;
  absl::CivilDay on;
  ChosenBasis basis;
};

// INVALID_ARGUMENT with every violation at once.
absl::StatusOr<Inquiry> ValidateInquiry(const InquiryCommand& command, size_t most,
                                        absl::CivilDay today);

}  // namespace xiufu::intake
