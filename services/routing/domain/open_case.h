#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/authority.h"
#include "services/routing/domain/case.h"
#include "services/routing/domain/case_event.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/task.h"

namespace xiufu::routing {

// A submitted application, as routing needs it.
struct SubmittedRecord {
  Id record;
  uint64_t version = 0;
  std::string snapshot;  // xiufu.common.v1.RecordSnapshot
  std::string authority_code;
  std::string authority_uscc;
  RuleRef rule;
};

struct Submitted {
  Id application;
  std::string number;
  absl::Time submitted_at;
  std::vector<SubmittedRecord> records;
  std::string materials;
  std::string sha256;  // of the event's data: what makes two submissions the same
};

struct NewIds {
  Id case_id;
  Id task;
};

struct OpenedCase {
  Case kase;
  Task task;
  std::vector<DeadlineReceipt> deadlines;
  std::vector<CaseEvent> events;
};

// The case of one record, in RECEIVED, with its task. The clocks start on the day of submission.
OpenedCase OpenCase(const Submitted& submitted, const SubmittedRecord& record, const NewIds& ids,
                    const catalogue::Authority& authority, const Law& law);

}  // namespace xiufu::routing
