#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/codes.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

// A due date of an authority, as routing derived it.
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

// What the applicant sees of one case (子办件): a projection of routing's and the ledger's streams,
// which come in any order between them. Until routing's "opened" has come the view holds only what
// the ledger said and is not shown.
struct CaseView {
  Id id;
  Id application;
  Id record;
  Authority authority;
  RuleRef rule;
  CaseState state = CaseState::kUnspecified;
  int64_t version = 0;
  absl::Time opened = absl::InfinitePast();
  absl::Time changed = absl::InfinitePast();
  std::string authority_no;
  Decision decision;
  std::vector<std::string> defects;  // of the open supplement request
  int32_t supplement_round = 0;
  absl::Time supplement_requested = absl::InfinitePast();
  int32_t supplemented_round = 0;  // the last round that the applicant answered
  std::vector<Deadline> deadlines;
  absl::Time concluded = absl::InfinitePast();
  absl::Time entered = absl::InfinitePast();
  absl::Time loop_closed = absl::InfinitePast();
  friend bool operator==(const CaseView&, const CaseView&) = default;
};

inline bool Happened(absl::Time time) { return time != absl::InfinitePast(); }
inline bool IsOpened(const CaseView& view) { return Happened(view.opened); }
inline bool IsConcluded(const CaseView& view) { return view.state == CaseState::kConcluded; }

// The applicant's turn: papers may be uploaded and the supplement given.
inline bool AwaitsSupplement(const CaseView& view) {
  return view.state == CaseState::kSupplementRequested &&
         view.supplemented_round < view.supplement_round;
}

}  // namespace xiufu::intake
