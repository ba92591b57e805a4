#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/law.h"
#include "services/xiufuctl/store_contents.h"

namespace xiufu::ctl {

// What would be otherwise under the new law.
enum class Effect {
  kAccepted,            // it could be applied for
  kRefused,             // it could not
  kPerson,              // a person would decide whether it can
  kDue,                 // a deadline on another day, or one that is not there under the other law
  kUnpublishedEarlier,  // publicity would end by itself on an earlier day
  kUnpublishedLater,
  kEndByPerson,  // on which day publicity ends by itself would be a person's to say
};
inline constexpr Effect kEffects[] = {
    Effect::kAccepted,           Effect::kRefused,          Effect::kPerson,     Effect::kDue,
    Effect::kUnpublishedEarlier, Effect::kUnpublishedLater, Effect::kEndByPerson};
absl::string_view ToString(Effect effect);  // "ACCEPTED", ...

// What one law says.
struct Said {
  std::string verdict;                // of the first three: "NOT_YET"; of publicity that ends by
                                      // no day: "NOT_PUBLISHED", "NEEDS_PERSON", "UNTIL_REMOVED"
  std::optional<absl::CivilDay> day;  // first day to apply, due date, or last day of publicity
  std::string rule;
  std::string source;
  std::string confidence;
};

enum class Among { kClosedCases, kOpenCases, kRecords };
inline constexpr Among kAmong[] = {Among::kClosedCases, Among::kOpenCases, Among::kRecords};

struct Difference {
  Effect effect = Effect::kAccepted;
  Among among = Among::kRecords;
  std::string name;  // "cases/<uuid>", "records/<uuid>"
  std::string subject_uscc;
  std::string authority;
  std::string deadline;  // "ACCEPT", of kDue
  Said before;
  Said after;
};

struct Rehearsal {
  struct Counts {
    int compared = 0;
    int unchanged = 0;
    std::map<Effect, int> having;  // cases or records with at least one such difference
  };
  std::map<Among, Counts> counts;
  int pinned_elsewhere = 0;  // cases whose catalogue no copy holds: compared with the law of now
  std::vector<Difference> differences;  // cases before records, each in the order of its id
};

struct RehearsalLaws {
  catalogue::LawSnapshot now;        // of records without a case
  catalogue::LawSnapshot next;       // that is rehearsed
  absl::CivilDay today;              // on which records are judged
  std::optional<absl::CivilDay> on;  // on which cases are judged too, instead of when they were
                                     // applied for
};

// Works everything out anew by both laws, with what the services themselves decide by. Pure.
Rehearsal Rehearse(const StoreContents& contents, const RehearsalLaws& laws);

}  // namespace xiufu::ctl
