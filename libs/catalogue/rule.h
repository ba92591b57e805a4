#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/calendar/period.h"

namespace xiufu::catalogue {

// Where a row of the catalogue comes from and when it is in force.
struct Provenance {
  absl::CivilDay effective_from;
  std::optional<absl::CivilDay> effective_to;  // last day in force
  std::string source;                          // instrument and article
  // T text, S second-hand, F clause seen but not its number, M memory, I inference, C conflict.
  std::string confidence;
  bool InForce(absl::CivilDay on) const {
    return effective_from <= on && (!effective_to || on <= *effective_to);
  }
};

// Ordered by how long the record stays public. A pending class may turn out to be anything, so only
// a serious kind in the same decision settles it.
enum class RecordClass { kMinor, kGeneral, kPending, kSerious };
absl::string_view ToString(RecordClass record_class);  // "MINOR", "GENERAL", "PENDING", "SERIOUS"

enum class DayKind { kWorking, kCalendar };

// A time limit of an authority.
struct Deadline {
  std::string id;           // "N36-ACCEPT"
  std::string kind;         // "ACCEPT", "DECIDE", "OVERALL", "EXTEND"
  std::string start_event;  // "RECEIVED", "ACCEPTED"; for EXTEND the end of the period that it
                            // extends: "DECIDE_DUE"
  int days = 0;
  DayKind day_kind = DayKind::kWorking;
  bool pauses_on_supplement = false;  // stands still while the applicant corrects the papers
  Provenance provenance;
};

enum class CarriedBy { kPublication, kAuthority };

// One of the three effects of an approval, confirmed by itself.
struct Effect {
  std::string id;  // "END_PUBLICITY", "STOP_SHARING", "LIFT_MEASURES"
  std::string name;
  std::string name_en;
  CarriedBy carried_by = CarriedBy::kPublication;  // whose confirmation counts
};

// What becomes of an application under a rule or at an authority (design "Front doors").
enum class Handling { kInSuite, kRelayed, kHandedOver, kResultOnly };
absl::string_view ToString(Handling handling);  // "IN_SUITE", ...

struct MaterialKind {
  std::string kind;  // "M2"
  std::string name;  // Chinese
  std::string name_en;
  std::vector<std::string> media_types;  // "application/pdf", ...
  int64_t max_bytes = 0;
  Provenance provenance;
};

struct Rule {
  std::string id;  // "N36-GEN"
  std::string name;
  std::string name_en;
  RecordClass record_class = RecordClass::kPending;
  std::string anchor;  // what the periods start from: "DECISION", the date of the decision document
  calendar::Period minimum;             // of publicity before one may apply; zero: at once
  calendar::Period maximum;             // of publicity
  std::vector<std::string> conditions;  // keys of reasons.toml: what the applicant must have done
  std::vector<std::string> materials;   // kinds of materials.toml
  std::vector<Deadline> deadlines;
  std::vector<Effect> effects;
  std::string result_word;  // "终止公示"
  std::string result_word_en;
  Handling handling = Handling::kInSuite;
  Provenance provenance;
};

// nullptr when the rule has none of this kind.
const Deadline* FindDeadline(const Rule& rule, absl::string_view kind);

}  // namespace xiufu::catalogue
