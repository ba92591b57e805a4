#pragma once

#include <string>

#include "absl/status/status.h"
#include "libs/catalogue/messages.h"
#include "libs/letter/document.h"
#include "services/routing/app/supervision_ports.h"

namespace xiufu::routing {

// What a supervision order says beside itself.
struct OrderLetterFacts {
  SupervisionOrder order;
  std::string application_number;
  std::string subject_name;
  std::string document_no;   // of the record
  std::string superior;      // of the authority, by name; empty: the registry tells none
  std::string limit_source;  // of the limit that was missed; empty: it was replaced since
};

// 督办单: Chinese, as letters are; deploy/messages/supervision.toml.
letter::Document OrderLetter(const OrderLetterFacts& facts, const catalogue::Messages& messages);
// FAILED_PRECONDITION naming the texts that are missing: to be asked at start.
absl::Status CheckOrderLetterMessages(const catalogue::Messages& messages);

}  // namespace xiufu::routing
