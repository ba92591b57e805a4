#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/open_case.h"

namespace xiufu::routing {

// The law as this process loaded it. The parts outlive it.
class LawBook {
 public:
  LawBook(const catalogue::Catalogue* catalogue, const catalogue::AuthorityRegistry* authorities,
          const calendar::Calendar* calendar)
      : catalogue_(catalogue), authorities_(authorities), calendar_(calendar) {}

  // The version in force on the day of the submission, to which a case is bound. INVALID_ARGUMENT
  // when the catalogue does not have it (any more): a person's turn.
  absl::StatusOr<Law> For(absl::string_view rule_id, absl::Time submitted) const;
  // Who decides about a record: by code, or by USCC where the record has no code. INVALID_ARGUMENT
  // when the registry does not have it, or when under this rule its cases are not decided in the
  // suite.
  absl::StatusOr<const catalogue::Authority*> AuthorityFor(const SubmittedRecord& record,
                                                           const catalogue::Rule& rule) const;
  // Recorded with every handled event.
  std::string Versions() const;

 private:
  const catalogue::Catalogue* const catalogue_;
  const catalogue::AuthorityRegistry* const authorities_;
  const calendar::Calendar* const calendar_;
};

}  // namespace xiufu::routing
