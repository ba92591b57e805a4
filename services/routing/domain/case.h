#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::routing {

// Numbers of xiufu.common.v1.CaseState; stored.
enum class CaseState {
  kReceived = 1,  // the authority's system does not have the task yet
  kWithAuthority = 2,
  kAccepted = 3,
  kSupplementRequested = 4,  // the applicant's turn; no clock of the authority runs
  kDecided = 5,              // an answer was taken; the ledger has not spoken yet
  kConcluded = 6,            // the decision is entered; final
  kExtended = 7,             // accepted, and told beforehand that it takes longer
  kToBeAssigned = 8,         // nobody has it: a person says whose it is
  kNotAccepted = 9,          // final
  kWithdrawn = 10,           // final
  kClosedNoSupplement = 11,  // final
  // 12 is shown by intake only.
  kPreCheck = 13,      // a reviewer looks whether all papers are there
  kWithUpstream = 14,  // decided in another system, which an upstream door leads to
};
inline constexpr int kCaseStates = 13;

// Numbers of xiufu.common.v1.CaseResult; stored.
enum class CaseResult {
  kNone = 0,
  kApproved = 1,
  kRefused = 2,
  kRecordWithdrawn = 3,  // what was to be repaired was annulled
};

struct AuthorityRef {
  std::string code;  // of deploy/authorities
  std::string name;
  std::string uscc;
  std::string kind;  // its line; empty for a case that was opened before it was kept
};

// The record names one that is gone: by what the case's authority has succeeded it (职权承继).
struct Succession {
  std::string predecessor_name;
  std::string predecessor_uscc;
  std::string authority_code;  // of the successor
  std::string document;
  std::string effective_from;  // ISO 8601
  std::string source;
  std::string confidence;
};

struct RuleRef {
  std::string rule_id;
  std::string catalogue_version;
  std::string catalogue_sha256;  // hex
  std::string calendar_version;
};

// One record of an application on its way to a decision.
struct Case {
  Id id;
  Id application;
  Id record;
  uint64_t record_version = 0;  // in the snapshot; 0 in a case opened before it was kept
  Id task;                      // of the step that decides
  AuthorityRef authority;
  RuleRef rule;
  std::string snapshot;  // xiufu.common.v1.RecordSnapshot as it came: routing only passes it on
  std::string opening_sha256;  // of the event that opened it
  absl::Time opened_at;
  std::string handling;  // "RELAYED", "HANDED_OVER"; empty: decided in the suite

  CaseState state = CaseState::kReceived;
  CaseState resume = CaseState::kReceived;  // where a supplement or a faulty decision leads back to
  int64_t version = 1;                      // +1 with every change of state
  absl::Time changed_at;
  int step = 0;          // of the rule's reviewers: who looks now, or next
  std::string reviewer;  // PRE_CHECK: who looks, by the rule
  // For people. TO_BE_ASSIGNED: why nobody has it; WITH_UPSTREAM, and before it: the door that it
  // goes through
  std::string reason;
  int rounds = 0;              // supplement rounds that were asked for
  int review_rounds = 0;       // those of them that a reviewer asked for
  std::string authority_no;    // its own number: of the task, then of the acceptance
  std::string counted_answer;  // answer_id of the decision that counts, from DECIDED on
  CaseResult result = CaseResult::kNone;
  std::string decision_no;
  std::string decision_date;
  Id decision;  // in the ledger, from CONCLUDED on
  absl::Time concluded_at = absl::InfinitePast();
  absl::Time loop_closed_at = absl::InfinitePast();
  std::string revoked_by;  // answer_id of the finding that revoked the approval; empty: none did
};

}  // namespace xiufu::routing
