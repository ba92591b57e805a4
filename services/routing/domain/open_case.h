#pragma once

#include <cstdint>
#include <optional>
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
  std::string authority_name;
  RuleRef rule;
};

struct Submitted {
  Id application;
  std::string number;
  absl::Time submitted_at;
  bool pushed = false;                          // by an upstream door, which waits for our answer
  std::optional<absl::Time> received_upstream;  // where that door told when it did
  std::vector<SubmittedRecord> records;
  std::string materials;
  std::vector<std::string> paper_kinds;  // of `materials`
  std::string sha256;                    // of the event's data: what makes two submissions the same
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

// Who the case is for, and the law that it is opened with.
struct Opening {
  AuthorityRef authority;
  Law law;
  std::string unknown_because;  // no authority here is meant: a person has to say whose it is
  std::string handling;         // "RELAYED", "HANDED_OVER"; empty: decided in the suite
  std::string door;             // through which it goes then, in words
  std::vector<Succession> successions;    // the record's authority is gone: how this one came by it
  std::vector<std::string> asked_papers;  // kinds that the applicant has to give, by the rule
};

// The case of one record, in RECEIVED, with its task; in TO_BE_ASSIGNED, with the task that an
// authority will be given; in PRE_CHECK, where the rule has a person look first; or in
// WITH_UPSTREAM, where it is decided in another system. What an
// upstream door has pushed does not go back there: a person sees to it. The overall time starts on
// the day of submission, or on that on which the upstream door received it; the authority's only
// when its system has the task.
OpenedCase OpenCase(const Submitted& submitted, const SubmittedRecord& record, const NewIds& ids,
                    const Opening& opening);

// The task with the days on which acceptance and decision are due if the authority's system
// acknowledges it at once: it can only be later.
Task WithDates(Task task, const Law& law);
// What starts with a task for an authority.
std::vector<DeadlineReceipt> StartedByTask(const Law& law, absl::CivilDay given);

}  // namespace xiufu::routing
