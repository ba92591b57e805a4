#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/eligibility.h"
#include "services/intake/domain/inquiry.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

// Which records can be repaired, from when, with which papers, by whom. Any thread.
class CheckEligibilityCase {
 public:
  CheckEligibilityCase(const Clock* clock, LawSource law, Tables tables,
                       storage::Database* database, RecordSource* source)
      : clock_(clock), law_(law), tables_(tables), database_(database), source_(source) {}

  // INVALID_ARGUMENT with every violation at once; what RecordSource says. RESOURCE_EXHAUSTED when
  // a subject has more records than are judged at once: they can be named.
  using Done = absl::AnyInvocable<void(absl::StatusOr<std::vector<Eligibility>>)>;
  void operator()(const InquiryCommand& command, Done done);

 private:
  struct Pending;
  void AskNamed(std::shared_ptr<Pending> pending);
  void AskAll(std::shared_ptr<Pending> pending, const std::string& page_token);
  void Answer(Pending& pending) const;

  const Clock* const clock_;
  const LawSource law_;
  const Tables tables_;
  storage::Database* const database_;
  RecordSource* const source_;
};

}  // namespace xiufu::intake
