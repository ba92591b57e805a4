#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/calendar/period.h"
#include "libs/catalogue/facts.h"
#include "libs/catalogue/messages.h"

namespace xiufu::catalogue {

// The confidence of what the authority has confirmed for its own records.
inline constexpr char kConfirmedByAuthority[] = "A";
// Two valid texts differ: a person decides.
inline constexpr char kConflict[] = "C";
// Somebody has read the number, or the authority has confirmed it.
bool IsVerified(absl::string_view confidence);

// Where a row of the catalogue comes from and when it is in force.
struct Provenance {
  absl::CivilDay effective_from;
  std::optional<absl::CivilDay> effective_to;  // last day in force
  std::string source;                          // instrument and article
  // T text, S second-hand, F clause seen but not its number, M memory, I inference, C conflict; A
  // where the authority concerned has confirmed it, which no row says of itself.
  std::string confidence;
  bool InForce(absl::CivilDay on) const {
    return effective_from <= on && (!effective_to || on <= *effective_to);
  }
  // In force on every day on which the other is.
  bool Covers(const Provenance& other) const {
    return effective_from <= other.effective_from &&
           (!effective_to || (other.effective_to && *other.effective_to <= *effective_to));
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
  std::string kind;         // "ACCEPT", "DECIDE", "OVERALL", "EXTEND"; "SUPPLEMENT" is the
                            // applicant's
  std::string start_event;  // one of start_event.h
  // What starts it where an upstream door pushed the application; empty: the same.
  std::string start_event_pushed;
  int days = 0;
  DayKind day_kind = DayKind::kWorking;
  bool pauses_on_supplement = false;  // stands still while the applicant corrects the papers
  Provenance provenance;
};

// Which words say what starts it: "ACCEPTED", "SUBMITTED_OR_UPSTREAM".
std::string StartKey(const Deadline& deadline);

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

// Who looks whether an application is complete (reviewers.toml), before the one that decides.
enum class ReviewedBy {
  kNobody,    // not here: the authority looks itself
  kMachine,   // at once, with the submission
  kReviewer,  // a person, in a step of its own
};

struct Reviewer {
  std::string id;  // "CITY_CREDIT_CENTRE"
  std::string name;
  std::string name_en;
  ReviewedBy by = ReviewedBy::kNobody;
};

struct MaterialKind {
  std::string kind;  // "M2"
  std::string name;  // Chinese
  std::string name_en;
  std::vector<std::string> media_types;  // "application/pdf", ...
  int64_t max_bytes = 0;
  bool fetched = false;  // an authority or a system has it: the applicant is not asked
  Provenance provenance;
};

// Which of two rules that fit goes before: what a law or administrative regulation says, then what
// the authority's own rules say, then the default.
enum class Precedence { kDefault, kDepartment, kLaw };
absl::string_view ToString(Precedence precedence);  // "DEFAULT", ...

// What a period starts from. DOCUMENT, DECISION and LISTING are the date of the document that
// determined the record; instruments name it differently.
enum class Anchor { kDecision, kDocument, kListing, kPublicity, kCorrection };
inline constexpr Anchor kAnchors[] = {Anchor::kDecision, Anchor::kDocument, Anchor::kListing,
                                      Anchor::kPublicity, Anchor::kCorrection};
absl::string_view ToString(Anchor anchor);  // "DECISION", ...

struct Term {
  calendar::Period period;
  Anchor from = Anchor::kDecision;
};

// When a rule applies. An empty list, or nothing, means any.
struct Predicate {
  std::vector<MatterKind> matters;
  std::vector<std::string> authority_kinds;
  std::vector<std::string> authorities;  // codes
  std::vector<RecordClass> classes;      // a record without a class fits none of them
  std::vector<std::string> fields;       // one of the penalty's
  std::vector<std::string> only_kinds;   // every kind of the penalty is among them
  std::vector<std::string> grounds;
  std::vector<std::string> procedures;
  std::optional<bool> curable;  // a record that does not tell fits either
  Basis basis = Basis::kOrdinary;
  friend bool operator==(const Predicate&, const Predicate&) = default;
};

// How a condition is seen to hold.
enum class Proof {
  kMinimum,      // by the calendar
  kRestriction,  // by the calendar where the record tells the term, else by the authority
  kPapers,       // by what the applicant hands in
  kAuthority,    // by what the authority knows
};

struct Condition {
  std::string id;  // "COND_PERFORMED"
  std::string name;
  std::string name_en;
  Proof proof = Proof::kPapers;
  std::vector<std::string> materials;  // PAPERS: the kinds that prove it
  bool by_ground = false;              // the papers of the ground of a listing prove it, if any
};

// One row of the law. Rows with one id are versions of it and never in force together.
struct Rule {
  std::string id;      // "N36-GEN"
  std::string regime;  // "NDRC-36"
  std::string name;
  std::string name_en;
  Predicate when;
  Precedence precedence = Precedence::kDefault;
  bool published = true;        // false: such a record may not be published at all
  bool applied_for = true;      // false: it ends by itself, nobody applies
  bool by_person = false;       // no row can say when: the authority deals with each by itself
  std::optional<Term> minimum;  // of publicity before one may apply; zero: at once
  std::optional<Term> maximum;  // of publicity; nothing: until its cause is gone
  // A repair that was revoked for a breach: both periods start anew with the finding.
  bool restarts_on_revocation = false;
  // Of a rule about a breach: no application by the rules of its regime for so long, counted from
  // the day of the finding.
  std::optional<calendar::Period> ban;
  // How long the commitment of an application binds; nothing: nobody says until when.
  std::optional<calendar::Period> commitment_binds;
  std::vector<Condition> conditions;   // what must hold, besides the minimum
  std::vector<std::string> materials;  // kinds of materials.toml
  std::string pre_check;               // who looks whether all is there: "NONE", ...
  std::string second_check;            // who looks once more (复审); empty: nobody
  std::vector<Reviewer> reviewers;     // these two, in their order
  std::string decides;                 // "DETERMINING_AUTHORITY" or "NATIONAL_CENTRE"
  std::vector<Deadline> deadlines;
  std::vector<Effect> effects;
  std::string result_word;  // "终止公示"
  std::string result_word_en;
  // Where the record is the mark of a sole trader; empty: the same.
  std::string mark_result_word;
  std::string mark_result_word_en;
  Handling handling = Handling::kInSuite;
  std::string ends_publicity_on;  // "DECISION" or "NATIONAL_DECISION"
  // A rule that says otherwise about the same record; which one governs is an open question of that
  // name. Only where both agree does the machine speak.
  std::string beside;
  std::string question;
  Provenance provenance;
  // The fields that the authority asked about has confirmed (confirmation.h); none in the row
  // itself.
  std::vector<std::string> confirmed;
};

// What the end of such a record is called: a mark of a sole trader does not end as an entry does.
BilingualText ResultWordOf(const Rule& rule, MatterKind matter);

// nullptr when the rule has none of this kind. One that begins anew after a supplement is not the
// first of its kind.
const Deadline* FindDeadline(const Rule& rule, absl::string_view kind);
// A person looks first, so that the pre-check takes its time.
bool HasReviewer(const Rule& rule);
// Whether people are told of this limit of the rule: of that of a pre-check only where it takes
// time.
bool IsTold(const Rule& rule, const Deadline& deadline);

}  // namespace xiufu::catalogue
