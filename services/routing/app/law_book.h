#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/catalogue/law.h"
#include "libs/storage/tx.h"
#include "services/routing/domain/case.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/objection.h"
#include "services/routing/domain/objection_input.h"
#include "services/routing/domain/open_case.h"

namespace xiufu::routing {

// The law that cases are decided with: the rule from the catalogue that the case is pinned to, also
// when another is in force by now; the calendar that is in force, as it is for the authority.
class LawBook {
 public:
  // The law outlives it.
  explicit LawBook(const catalogue::LawInForce* in_force) : in_force_(in_force) {}

  // The version of the rule in force on the day of the submission, to which the case is bound, and
  // the authority that decides on that day (catalogue::DecidingAuthorityOf). INVALID_ARGUMENT when
  // there is no such rule, or when under this rule nothing is applied for (RESULT_ONLY): a person's
  // turn. Where it is decided in another system, the opening says by which door. UNAVAILABLE while
  // the catalogue that intake decided with is not loaded here.
  absl::StatusOr<Opening> ForOpening(const SubmittedRecord& record, absl::Time submitted,
                                     storage::Tx& tx) const;
  // An authority that a person gives the case to. NOT_FOUND (AUTHORITY_NOT_FOUND),
  // FAILED_PRECONDITION (NOT_IN_SUITE, AUTHORITY_NOT_VALID).
  absl::StatusOr<Opening> ForAssignment(const Case& kase, absl::string_view authority_code,
                                        absl::Time at, storage::Tx& tx) const;
  // The rule that an objection was filed under, and who looks into it; nobody where no authority
  // with a system of its own here is meant. Errors as ForOpening.
  absl::StatusOr<Opening> ForObjection(const ObjectionFiled& filed, storage::Tx& tx) const;
  // An authority that a person gives an objection to. Errors as ForAssignment.
  absl::StatusOr<AuthorityRef> ForObjectionOf(absl::string_view authority_code,
                                              absl::Time at) const;
  // The rule that an objection was filed under, with the calendar of an authority.
  absl::StatusOr<Law> OfObjection(const Objection& objection, const AuthorityRef& authority,
                                  storage::Tx& tx) const;
  absl::StatusOr<Law> ForCase(const Case& kase, storage::Tx& tx) const;
  // What the law in force makes of a finding about the case's approval; `rule` is the case's.
  FindingLaw OfFinding(const Case& kase, const catalogue::Rule& rule, const Revoked& revoked,
                       absl::Time told) const;
  // Of these kinds of papers those that an authority or a system has, as the case's catalogue says.
  std::vector<std::string> FetchedAmong(const std::vector<std::string>& kinds, const Case& kase,
                                        storage::Tx& tx) const;
  // The calendar in force as it is for the case's authority.
  calendar::Calendar CalendarOf(const Case& kase) const;
  calendar::Calendar CalendarOf(const AuthorityRef& authority) const;
  // How the suite supervises: the settings in force, like the calendar.
  std::shared_ptr<const catalogue::Supervision> Supervision() const;
  // Of a registered authority; empty for others.
  std::string RegionOf(absl::string_view authority_code) const;
  // Of the calendar in force.
  std::string CalendarVersion() const;
  // Recorded with every handled event.
  std::string Versions() const;

 private:
  // NOT_FOUND when the store does not have it.
  absl::StatusOr<catalogue::Catalogue> Pinned(const RuleRef& rule, const catalogue::Law& law,
                                              storage::Tx& tx) const;
  // The one in force where the store does not have it.
  absl::StatusOr<catalogue::Catalogue> CatalogueOf(const RuleRef& rule, const catalogue::Law& law,
                                                   storage::Tx& tx) const;

  const catalogue::LawInForce* const in_force_;
  mutable absl::Mutex mutex_;
  // Catalogues that are not in force any more and that cases are pinned to, by their hash.
  mutable std::map<std::string, catalogue::Catalogue> earlier_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::routing
