#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/routing/domain/case.h"
#include "services/routing/domain/papers_on_file.h"
#include "services/routing/domain/task.h"

namespace xiufu::routing {

// A decision in the words that people read.
struct DecisionWords {
  CaseResult result = CaseResult::kNone;
  std::string decision_no;
  std::string decision_date;
  std::vector<std::string> reasons;
  std::string remedies;
};

// The authority's system acknowledged the task.
struct Delivered {
  Id task;
  std::string authority_code;
  std::string authority_task_no;
};

// The kinds of answer.
struct Accepted {
  std::string document_no;
};
struct NotAccepted {
  std::string document_no;
  std::vector<std::string> reasons;
  std::string remedies;
};
struct SupplementAsked {
  std::vector<std::string> defects;
  std::vector<MissingPaper> missing;  // those of the defects that are a paper
  PapersOnFile on_file;               // what the case holds of it, looked up when it is considered
};
struct Extended {
  std::string document_no;
  std::string reason;
};
struct Decided {
  DecisionWords words;
};
struct Returned {
  std::string reason;
};

// 撤销修复决定: what is found about an approval, and revokes it.
struct Revoked {
  std::string kind;  // of findings.toml
  std::string document_no;
  std::string found_on;
  std::vector<std::string> reasons;
  std::string remedies;
  std::string found_by;
  std::string reported_by;  // who told it, where it did not come from the authority's system
};

struct Answered {
  Id task;
  std::string authority_code;
  std::string answer_id;
  std::string content;  // xiufu.department.v1.Answer as it came: what makes two answers the same
  std::variant<Accepted, NotAccepted, SupplementAsked, Extended, Decided, Returned, Revoked> kind;
};

// The applicant's answer to a supplement request.
struct Supplemented {
  int round = 0;
  std::string materials;  // see drivers/material_list.h
};

// The applicant's time is up, and intake says that no supplement came in it.
struct SupplementMissed {
  int round = 0;
};

// The applicant gives up.
struct WithdrawalAsked {};

// A person gave the case to an authority.
struct Assigned {
  AuthorityRef authority;
  Task task;  // the one that it gets
  std::string person;
  std::string reason;
};

// A supervisor lets a request for one more supplement count that had been recorded only.
struct SupplementAllowed {
  std::string answer_id;
  SupplementAsked asked;
  std::string person;
  std::string reason;
};

// The ledger: entered, or not to be entered, or every effect confirmed.
struct DecisionEntered {
  Id decision;
  DecisionWords words;
};
struct DecisionFaulty {
  std::string answer_id;
  std::string reason;
};
struct LoopClosed {};

// The authority did by itself what the case asks for, or annulled the record; publication was told.
struct Reported {
  std::string answer_id;       // "records/<uuid>/MOVED_OUT"
  std::string content;         // xiufu.department.v1.Answer, put together from what was told
  DecisionWords words;         // without a decision_no
  uint64_t found_version = 0;  // of the record that it is about
  std::string reported_by;     // who told it
  std::string result_word;     // "移出"; empty: as the case's rule says
};

// What became of a case in another system, as a person tells it. An approval comes by report.
struct Told {
  struct Filed {
    std::string upstream_no;
    std::string day;
  };
  std::string answer_id;
  std::string content;  // Decided: xiufu.department.v1.Answer, put together from what was told
  std::string person;
  std::string source;                                        // where it is known from
  std::variant<Filed, Accepted, NotAccepted, Decided> kind;  // Decided: refused
};

// A reviewer of the pre-check (预审) has looked, or its time is up.
struct Reviewed {
  enum class Outcome { kPassed, kDefects, kTimeUp };
  Outcome outcome = Outcome::kPassed;
  std::string review;  // a name of its own
  std::string person;  // empty: nobody, the time is up
  std::string note;
  std::vector<std::string> defects;
  Task task;  // that the authority gets once everybody has looked
};

// Something that happened to an open case. `at` is when, by whoever tells it: never the time of
// handling.
struct CaseInput {
  Id case_id;
  Id application;
  absl::Time at;
  std::variant<Delivered, Answered, Supplemented, SupplementMissed, WithdrawalAsked, Assigned,
               SupplementAllowed, DecisionEntered, DecisionFaulty, LoopClosed, Reported, Told,
               Reviewed>
      what;
};

// The rows of the transition table.
enum class InputKind {
  kDelivered,
  kAccepted,
  kNotAccepted,
  kSupplementAsked,
  kNeedlesslyAsked,  // for a supplement that the case holds whole: nothing is left to ask
  kExtended,
  kDecided,
  kReturned,
  kRevoked,
  kSupplemented,
  kSupplementMissed,
  kWithdrawalAsked,
  kAssigned,
  kSupplementAllowed,
  kEntered,
  kFaulty,
  kLoopClosed,
  kReported,
  kToldFiled,  // in another system, as a person tells; see Told
  kToldAccepted,
  kToldNotAccepted,
  kToldRefused,
  kReviewPassed,
  kReviewDefects,
  kReviewTimeUp,
};
inline constexpr int kInputKinds = 25;
// "SUPPLEMENT_REQUESTED"; those of answers are stored, see AnswerKindOf.
absl::string_view NameOf(InputKind kind);
// As the authority meant it: a request for a supplement, needless or not.
InputKind AnswerKindOf(const Answered& answered);
// An answer of an authority, in the order of Answered::kind.
bool IsAnswer(InputKind kind);

InputKind KindOf(const CaseInput& input);
// Names one input of a case, e.g. "answer/<answer_id>": a second one under the same key is a
// repetition or a conflict.
std::string KeyOf(const CaseInput& input);
// What must be equal in a repetition. Times are not: a restored adapter may have received the same
// answer anew.
std::string ContentOf(const CaseInput& input);

}  // namespace xiufu::routing
