#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/ban.h"
#include "services/intake/domain/case_view.h"

namespace xiufu::intake {

// What routing and the ledger say about a case; the plain form of their events.

struct CaseOpened {
  Id case_id;
  Id application;
  Id record;
  Authority authority;
  RuleRef rule;
  absl::Time opened_at;
  std::vector<Deadline> deadlines;
  std::vector<Succession> successions;
};

struct CaseChanged {
  Id case_id;
  Id application;
  CaseState state = CaseState::kUnspecified;
  int64_t version = 0;
  absl::Time changed_at;
  std::vector<std::string> defects;
  int32_t round = 0;
  std::string authority_no;
  std::vector<Deadline> deadlines;
  Decision decision;  // in the states before a decision only reasons and remedies: their grounds
  std::optional<Authority> authority;  // another one has the case now
  bool handed_over = false;            // WITH_UPSTREAM: the applicant goes on there
  std::string upstream_step;           // WITH_UPSTREAM: "FILED", "ACCEPTED"
};

struct DeadlinesMoved {
  Id case_id;
  Id application;
  absl::Time moved_at;
  std::vector<Deadline> deadlines;
};

// A deadline is over and was not met.
struct DeadlineMissed {
  Id case_id;
  Id application;
  std::string kind;
  std::string due_date;
  absl::Time since;  // InfinitePast: it only draws near
};

// The applicant's time for a supplement is up.
struct SupplementOverdue {
  Id case_id;
  Id application;
  int32_t round = 0;
};

// An answer of the authority was taken before the request.
struct WithdrawalRefused {
  Id case_id;
  Id application;
  absl::Time refused_at;
};

struct DecisionEntered {
  Id case_id;
  Id application;
  Decision decision;
  absl::Time entered_at;
  bool for_a_time = false;  // an approval that does not end publicity
};

struct DecisionRevoked {
  Id case_id;
  Id application;
  Revocation revocation;  // without what publication says
  std::optional<Ban> ban;
};

// Publication has restored the record.
struct RestorationConfirmed {
  Id case_id;
  Id application;
  RecordState record_state = RecordState::kUnspecified;
  std::string publicity_end;
  absl::Time restored_at;
};

struct LoopClosed {
  Id case_id;
  Id application;
  absl::Time closed_at;
};

}  // namespace xiufu::intake
