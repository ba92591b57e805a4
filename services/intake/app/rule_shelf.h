#pragma once

#include <map>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/law.h"
#include "libs/catalogue/rule.h"
#include "libs/storage/database.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

// The rules that cases are bound to, also those of catalogues that are not in force any more: what
// is said of a decision stays as it was. Any thread but the writer.
class RuleShelf {
 public:
  // Both outlive it.
  RuleShelf(const catalogue::LawInForce* in_force, storage::Database* database)
      : in_force_(in_force), database_(database) {}

  // As it was on `on`, and as the authority had confirmed it. Nothing where its catalogue was never
  // kept here.
  std::optional<catalogue::Rule> Find(const RuleRef& rule, absl::CivilDay on,
                                      absl::string_view authority_code) const;

  // The id of the door through which the authority's records are applied for by the law in force;
  // empty: none.
  std::string DoorOf(absl::string_view authority_code) const;

  // What a kind of paper is called by the law in force; the kind itself where it knows none.
  std::string NameOfPaper(const std::string& kind) const;

 private:
  std::optional<catalogue::Catalogue> CatalogueOf(const RuleRef& rule) const;

  const catalogue::LawInForce* const in_force_;
  storage::Database* const database_;
  mutable absl::Mutex mutex_;
  mutable std::map<std::string, catalogue::Catalogue> earlier_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::intake
