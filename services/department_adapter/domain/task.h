#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::department {

// One paper of an application, by its content.
struct Material {
  Id material;
  std::string kind;
  std::string media_type;
  int64_t size = 0;    // bytes
  std::string sha256;  // 32 bytes
};

// Public data of the record that is to be repaired, as it was when the application was submitted.
struct RecordFacts {
  Id record;
  uint64_t version = 0;
  std::string subject_uscc;
  std::string subject_name;
  std::string document_no;
  std::string decision_date;  // ISO 8601 date
  std::vector<std::string> penalty_kinds;
  int64_t fine_fen = 0;
  int64_t confiscated_fen = 0;
  std::string violation;
  std::string matter = "PENALTY";  // xiufu.common.v1.MatterKind: "ABNORMAL_LIST", ...
  std::string list_name;           // of lists and marks
  std::string ground;              // 列入事由
};

// What a look at the application for completeness found; for information. Within a task, or on its
// way to the authority that has it.
struct Opinion {
  Id id;  // stable request id; none within a task
  Id task;
  std::string review;  // names it within the case
  std::string by;      // "REVIEWER": a person; empty: the suite itself looked
  std::string text;    // a person's words, or those for the suite's own look; kept, so that every
                       // attempt says it in the same ones
  std::vector<std::string> missing;  // kinds of papers
  absl::Time given_at;
};
std::string Fingerprint(const Opinion& opinion);

// One step of a case that an authority has to do, or an objection that it has to look into. The id
// is also the stable request id towards its system.
struct Task {
  Id id;
  Id case_id;
  Id application;
  std::string application_number;
  std::string authority_code;
  RecordFacts record;
  std::string rule_id;
  std::vector<Material> materials;
  absl::Time given_at;
  std::string accept_due;  // ISO 8601 date
  std::string decide_due;  // ISO 8601 date
  // "CONTENT", "PERIOD", "RESULT": an objection. Its id stands for case and application then, its
  // number for the application's.
  std::string objection_kind;
  Id repair_case;  // of an objection: the case that it is about; none
  std::vector<Opinion> opinions;
  bool is_objection() const { return !objection_kind.empty(); }
};

// SHA-256 over all of it: equal exactly when nothing differs.
std::string Fingerprint(const Task& task);

// Where a task comes from and how far its delivery is: kept beside it, no part of its content.
struct TaskProgress {
  Place place;
  std::string traceparent;
  std::string
      authority_task_no;  // the authority's own number; empty until it acknowledged the task
  bool delivered() const { return !authority_task_no.empty(); }
};

// What the applicant added in one round, or what the case held already; on its way to the authority
// that asked for it.
struct Supplement {
  Id id;  // stable request id
  Id task;
  int32_t round = 0;  // below 0: answered from the case, counted down
  std::vector<Material> materials;
  absl::Time supplemented_at;
  std::string answer_id;             // from the case: the request
  std::vector<std::string> fetched;  // from the case: kinds that an authority or a system has
};
std::string Fingerprint(const Supplement& supplement);

// An answer that cannot be entered; on its way back to the authority that gave it.
struct Fault {
  Id id;  // stable request id
  Id task;
  std::string answer_id;
  std::string reason;
};

// Why a task needs no answer any more.
inline constexpr absl::string_view kCancellationCauses[] = {"WITHDRAWN", "CLOSED_NO_SUPPLEMENT",
                                                            "DONE_ALREADY"};

// A task that needs no answer any more; on its way to the authority that has it.
struct Cancellation {
  Id id;  // stable request id
  Id task;
  std::string cause;   // of kCancellationCauses
  std::string reason;  // the same for people; kept, so that every attempt says it in the same words
  absl::Time cancelled_at;
};

}  // namespace xiufu::department
