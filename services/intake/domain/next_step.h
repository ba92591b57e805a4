#pragma once

#include <string>
#include <vector>

#include "services/intake/domain/application.h"
#include "services/intake/domain/case_view.h"

namespace xiufu::intake {

// Whose turn it is. The numbers are those of the contract.
enum class Turn {
  kUnspecified = 0,
  kNobody = 1,
  kApplicant = 2,
  kAuthority = 3,  // by name
  kPreCheck = 4,
  kDesk = 5,      // a person says which authority it is
  kLedger = 6,    // the decision is being entered
  kUpstream = 7,  // the authority's national system, or the door that the application came through
  kSites = 8,     // where the record is shown: the effects
  kPlatform = 9,  // ourselves
};
inline constexpr Turn kTurns[] = {Turn::kNobody,   Turn::kApplicant, Turn::kAuthority,
                                  Turn::kPreCheck, Turn::kDesk,      Turn::kLedger,
                                  Turn::kUpstream, Turn::kSites,     Turn::kPlatform};

// Who has the turn; an authority by its name.
struct Party {
  Turn turn = Turn::kUnspecified;
  std::string name;
  friend bool operator==(const Party&, const Party&) = default;
};

// What happens next, by whom, until when.
struct NextStep {
  std::string key;             // of its words in the message catalogue
  std::vector<Party> parties;  // each once
  std::string deadline;        // kind of the due date: "ACCEPT"; empty: none runs
  std::string due_date;        // ISO 8601; empty: none is known
  bool provisional = false;    // the calendar of that year is not fixed yet
  bool over = false;           // the day is over, and what was due has not come
  int open = 0;                // of an application: cases that go on
  int ended = 0;
  friend bool operator==(const NextStep&, const NextStep&) = default;
};

// The same in words.
struct NextStepWords {
  std::string text;  // empty: nobody has said
  std::string text_en;
  Turn turn = Turn::kUnspecified;  // of the first party
  std::string who;
  std::string who_en;
  std::string due_date;
  bool provisional = false;
  friend bool operator==(const NextStepWords&, const NextStepWords&) = default;
};

NextStep NextStepOf(const CaseView& view);
// `cases`: the opened ones; of several that go on, the nearest due date.
NextStep NextStepOf(const Application& application, const std::vector<CaseView>& cases);

// Every key that a step may have.
std::vector<std::string> NextStepKeys();

}  // namespace xiufu::intake
