#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/item.h"
#include "libs/catalogue/rule.h"
#include "libs/catalogue/succession.h"

namespace xiufu::catalogue {

// The authority above another one in its line (上级主管部门).
struct Superior {
  std::string code;  // empty: it is not registered here
  std::string name;  // empty where the code tells it
  std::string uscc;
};

// Somebody besides an authority that sees its work list. Who sees does not decide.
struct Observer {
  std::string code;
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;  // last day
};

// A determining authority (认定单位).
struct Authority {
  std::string code;  // [a-z0-9-]{1,32}: names its streams and queue
  std::string name;  // Chinese, as in the records
  std::string name_en;
  std::string kind;  // its line: an id of the catalogue's authority_kinds.toml
  std::string uscc;
  bool synthetic_uscc = false;  // made up for tests; the real code is not known here
  std::string region;           // six digits of GB/T 2260
  std::string level;            // "CITY", "COUNTY"
  std::optional<Superior> superior;
  std::vector<Observer> seen_by;
  std::string hotline;  // for repairs; empty: not known
  absl::CivilDay valid_from;
  std::optional<absl::CivilDay> valid_to;  // last day
  Handling handling = Handling::kInSuite;
  std::vector<Implementation> implementations;  // of the items of its line
  int kind_line = 0;                            // of its file; for complaints

  const Implementation* FindImplementation(absl::string_view item) const;  // nullptr: none
  bool IsValidOn(absl::CivilDay on) const {
    return valid_from <= on && (!valid_to || on <= *valid_to);
  }
};

// deploy/authorities, one file per authority and succession.toml. Immutable, thread-safe.
class AuthorityRegistry {
 public:
  // INVALID_ARGUMENT lists everything wrong, each with file:line: also two authorities with one
  // code, one USCC or one name and a file not called after its code.
  static absl::StatusOr<AuthorityRegistry> Load(absl::string_view dir);
  AuthorityRegistry() = default;
  explicit AuthorityRegistry(std::vector<Authority> authorities, std::string sha256 = "",
                             std::string archive = "", std::vector<Succession> successions = {});

  // nullptr when unknown. Pointers stay valid as long as the registry lives and is not assigned to.
  const Authority* FindByCode(absl::string_view code) const;
  const Authority* FindByUscc(absl::string_view uscc) const;
  const Authority* FindByName(absl::string_view name) const;
  const std::vector<Authority>& all() const { return authorities_; }  // ascending by code
  const std::vector<Succession>& successions() const { return successions_; }
  // Of one that is gone, in force on the day; nullptr: nobody has succeeded it.
  const Succession* FindSuccession(absl::string_view uscc, absl::string_view name,
                                   absl::CivilDay on) const;
  // Whether `viewer` sees the work list of `authority` on a day: its own, or as an observer.
  bool MaySee(absl::string_view viewer, const Authority& authority, absl::CivilDay on) const;
  // Who is above an authority in its line, by name; empty: not told.
  std::string SuperiorNameOf(absl::string_view code) const;
  const std::string& sha256() const { return sha256_; }    // hex, over names and contents
  const std::string& archive() const { return archive_; }  // of all files

 private:
  std::vector<Authority> authorities_;
  std::vector<Succession> successions_;
  std::string sha256_;
  std::string archive_;
};

// What becomes of a case: in the suite only when rule and authority both say so, else what the
// authority says.
Handling EffectiveHandling(const Rule& rule, const Authority& authority);

}  // namespace xiufu::catalogue
