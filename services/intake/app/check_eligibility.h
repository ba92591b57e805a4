#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/eligibility.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

struct EligibilityQuery {
  std::string uscc;
  std::vector<std::string> records;  // "records/<uuid>"; empty: all of the subject
  std::string on_date;               // ISO 8601; empty: today
};

// Which records can be repaired, from when, with which papers, by whom. Any thread.
class CheckEligibilityCase {
 public:
  CheckEligibilityCase(const Clock* clock, LawSource law, RecordSource* source)
      : clock_(clock), law_(law), source_(source) {}

  // INVALID_ARGUMENT with every violation at once; what RecordSource says. RESOURCE_EXHAUSTED when
  // a subject has more records than are judged at once: they can be named.
  using Done = absl::AnyInvocable<void(absl::StatusOr<std::vector<Eligibility>>)>;
  void operator()(const EligibilityQuery& query, Done done);

 private:
  struct Inquiry;
  void AskNamed(std::shared_ptr<Inquiry> inquiry);
  void AskAll(std::shared_ptr<Inquiry> inquiry, const std::string& page_token);
  void Answer(Inquiry& inquiry) const;

  const Clock* const clock_;
  const LawSource law_;
  RecordSource* const source_;
};

}  // namespace xiufu::intake
