#pragma once

#include <string>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/codes.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

struct Applicant {
  std::string name;
  std::string phone;
  Capacity capacity = Capacity::kUnspecified;
};

// Where an application came in. Times are InfinitePast when not given.
struct Origin {
  FrontDoor front_door = FrontDoor::kUnspecified;
  std::string channel;
  std::string upstream_no;
  std::string upstream_query_code;
  absl::Time received_at = absl::InfinitePast();
  absl::Time pushed_at = absl::InfinitePast();
};

inline bool CameBy(const Origin& origin, const Origin& door) {
  return origin.front_door == door.front_door && origin.upstream_no == door.upstream_no;
}

// One application (主办件): one subject, 1 to 50 records, one set of materials. `state`,
// `concluded` and `loop_closed` follow from its cases (see Standing). Times are InfinitePast until
// they happen.
struct Application {
  Id id;
  std::string number;
  std::string query_code;
  std::string principal;
  std::string subject_uscc;
  std::string region;
  Applicant applicant;
  Origin origin;
  std::string one_thing_no;
  std::string platform_no;
  int record_count = 0;
  ApplicationState state = ApplicationState::kDraft;
  absl::Time created;
  absl::Time submitted = absl::InfinitePast();
  absl::Time concluded = absl::InfinitePast();
  absl::Time loop_closed = absl::InfinitePast();
};

// An agent shows by what right he acts; where an application comes from upstream, that was looked
// at there.
inline bool ShowsPower(const Applicant& applicant, const Origin& origin) {
  const bool upstream =
      origin.front_door == FrontDoor::kCreditChina || origin.front_door == FrontDoor::kGsxt;
  return applicant.capacity == Capacity::kAgent && !upstream;
}

// Why a record is taken. At most one application has it.
// Another front door received it and pushed it here.
inline bool IsPushed(const Origin& origin) {
  return origin.front_door == FrontDoor::kCreditChina || origin.front_door == FrontDoor::kGsxt;
}

enum class Hold {
  kOpen = 1,   // a case is open
  kEnded = 2,  // approved: its publicity is ended, or about to be
};

// A record that an application is about, as it was when the draft was made.
struct ApplicationRecord {
  RecordSnapshot snapshot;
  RuleRef rule;  // empty until submitted
};

inline bool IsDraft(const Application& application) {
  return application.submitted == absl::InfinitePast();
}

}  // namespace xiufu::intake
