#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "libs/base/id.h"

namespace xiufu::department {

struct Accepted {
  std::string document_no;  // 受理文书编号; empty where the authority issues none
};
// A defect that is a paper missing altogether.
struct MissingMaterial {
  int defect = 0;    // its place in `defects`
  std::string kind;  // catalogue key
};
struct SupplementRequested {
  std::vector<std::string> defects;  // all at once
  std::vector<MissingMaterial> missing;
};
struct Decided {
  bool approved = false;
  std::string decision_no;
  std::string decision_date;  // ISO 8601 date
  std::vector<std::string> reasons;
  std::string remedies;
  uint64_t record_version = 0;  // of the record that was decided upon
};
struct Returned {
  std::string reason;
};
// 不予受理
struct NotAccepted {
  std::string document_no;  // empty where the authority issues none
  std::vector<std::string> reasons;
  std::string remedies;
};
// 延长办理
struct Extended {
  std::string document_no;  // empty where the authority issues none
  std::string reason;
};

// 撤销修复决定: found about an approval of before.
struct Revoked {
  std::string kind;  // of findings.toml; which there are is routing's to say
  std::string document_no;
  std::string found_on;
  std::vector<std::string> reasons;
  std::string remedies;
  std::string found_by;  // empty: the authority itself
};
// To an objection (异议) only.
struct ObjectionUpheld {
  std::string document_no;  // empty where the authority issues none
  std::string correction;   // what is or will be corrected
  std::vector<std::string> reasons;
};
struct ObjectionRejected {
  std::string document_no;  // empty where the authority issues none
  std::vector<std::string> reasons;
  std::string remedies;
};

// One answer of an authority, as it came.
struct Answer {
  std::string answer_id;  // the authority's own
  Id task;
  std::string answered_at;  // RFC 3339 by the authority's clock; informative
  // Their order is part of the fingerprint: a kind more is added at the end.
  std::variant<Accepted, SupplementRequested, Decided, Returned, NotAccepted, Extended, Revoked,
               ObjectionUpheld, ObjectionRejected>
      kind;
};

// Whether such an answer may be given to an objection, or to a task of a repair.
bool AnswersObjections(const Answer& answer);
bool AnswersRepairs(const Answer& answer);

// OK, or every field whose form is wrong, by its JSON path. Form only: whether an answer counts is
// routing's to say, and whether a decision is complete enough to be entered (a refusal with reasons
// and remedies) is the ledger's, whose complaint comes back to the authority as a fault.
absl::Status CheckAnswer(const Answer& answer);

// SHA-256 over all of it: the same answer again is recognised by it.
std::string Fingerprint(const Answer& answer);

}  // namespace xiufu::department
