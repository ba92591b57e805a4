#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/codes.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

// The applicant's own due date; all others are an authority's.
inline constexpr char kSupplementDeadline[] = "SUPPLEMENT";

// A due date, as routing derived it.
struct Deadline {
  std::string kind;
  std::string start_event;
  std::string start_date;
  int32_t working_days = 0;
  std::string due_date;
  bool provisional = false;
  std::string source;
  std::string confidence;
  std::string calendar_version;
  friend bool operator==(const Deadline&, const Deadline&) = default;
};

struct Decision {
  CaseResult result = CaseResult::kUnspecified;
  std::string no;
  std::string date;
  std::vector<std::string> reasons;
  std::string remedies;
  friend bool operator==(const Decision&, const Decision&) = default;
};

// By what an authority has succeeded the one that the record names (职权承继).
struct Succession {
  std::string predecessor_name;
  std::string predecessor_uscc;
  std::string authority_code;
  std::string document;
  std::string effective_from;
  std::string source;
  std::string confidence;
  friend bool operator==(const Succession&, const Succession&) = default;
};

// Why a case was not accepted, takes longer or has no authority; remedies of the first only.
struct Grounds {
  std::vector<std::string> reasons;
  std::string remedies;
  friend bool operator==(const Grounds&, const Grounds&) = default;
};

// An approval that was revoked, and what its record is now.
struct Revocation {
  std::string kind;
  std::string kind_name;
  std::string kind_name_en;
  std::string document_no;
  std::string found_on;
  std::vector<std::string> reasons;
  std::string remedies;
  std::string found_by;
  std::string ban_until;  // empty where the subject is not barred
  absl::Time entered = absl::InfinitePast();
  RecordState record_state = RecordState::kUnspecified;  // until publication says
  std::string publicity_end;
  absl::Time restored = absl::InfinitePast();
  friend bool operator==(const Revocation&, const Revocation&) = default;
};

// What the applicant sees of one case (子办件): a projection of routing's and the ledger's streams,
// which come in any order between them. Until routing's "opened" has come the view holds only what
// the ledger said and is not shown.
struct CaseView {
  Id id;
  Id application;
  Id record;
  Authority authority;
  std::vector<Succession> successions;  // none where it is the one that the record names
  RuleRef rule;
  CaseState state = CaseState::kUnspecified;
  int64_t version = 0;
  absl::Time opened = absl::InfinitePast();
  absl::Time changed = absl::InfinitePast();
  std::string authority_no;
  Decision decision;
  Grounds grounds;                   // of the present state, where it has any
  std::vector<std::string> defects;  // of the open supplement request
  int32_t supplement_round = 0;
  absl::Time supplement_requested = absl::InfinitePast();
  int32_t supplemented_round = 0;  // the last round that the applicant answered
  int32_t missed_round = 0;        // the last round whose time is over without an answer
  std::vector<Deadline> deadlines;
  std::vector<std::string> missed;  // "<kind> <due date>" of those that an authority did not meet
  absl::Time withdrawal_requested = absl::InfinitePast();  // until routing answers
  absl::Time ended = absl::InfinitePast();
  absl::Time entered = absl::InfinitePast();
  absl::Time loop_closed = absl::InfinitePast();
  bool for_a_time = false;  // approved, but not for good: the record may be applied for again
  Revocation revocation;
  friend bool operator==(const CaseView&, const CaseView&) = default;
};

inline bool Happened(absl::Time time) { return time != absl::InfinitePast(); }
inline bool IsOpened(const CaseView& view) { return Happened(view.opened); }

inline bool IsRevoked(const CaseView& view) { return Happened(view.revocation.entered); }

// Ended with a decision that is in the ledger.
inline bool IsConcluded(const CaseView& view) { return view.state == CaseState::kConcluded; }

// The authority's answer was taken.
inline bool IsDecided(CaseState state) {
  return state == CaseState::kDecided || state == CaseState::kConcluded;
}

// A state that no case ever leaves.
inline bool IsEnd(CaseState state) {
  return state == CaseState::kConcluded || state == CaseState::kNotAccepted ||
         state == CaseState::kWithdrawn || state == CaseState::kClosedNoSupplement;
}
inline bool HasEnded(const CaseView& view) { return IsEnd(view.state); }
inline bool IsOpen(const CaseView& view) { return IsOpened(view) && !HasEnded(view); }

inline bool IsWithdrawalRequested(const CaseView& view) {
  return Happened(view.withdrawal_requested);
}

inline std::string MissedKey(const std::string& kind, const std::string& due_date) {
  return kind + " " + due_date;
}

// What people are shown: that they have asked for a withdrawal covers what routing said last.
inline CaseState ShownState(const CaseView& view) {
  return IsWithdrawalRequested(view) ? CaseState::kWithdrawalRequested : view.state;
}

// The time for the supplement of this round is over, and none came.
inline bool IsMissed(const CaseView& view) {
  return view.supplement_round > 0 && view.missed_round >= view.supplement_round;
}

// The applicant's turn: papers may be uploaded and the supplement given.
inline bool AwaitsSupplement(const CaseView& view) {
  return ShownState(view) == CaseState::kSupplementRequested && !IsMissed(view) &&
         view.supplemented_round < view.supplement_round;
}

}  // namespace xiufu::intake
