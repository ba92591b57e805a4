#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// 职权承继: which registered authority has taken over what an authority did that is gone.
struct Succession {
  std::string from_uscc;  // of the one that is gone; empty: the document tells its name only
  std::string from_name;  // empty: its code only
  std::string level;      // of both: nothing goes over to another level
  std::string to;         // a code of the registry
  std::string document;   // by which it went over
  Provenance provenance;

  // The one that is gone: by its USCC, or by its exact name where it has none.
  bool IsOf(absl::string_view uscc, absl::string_view name) const {
    return uscc.empty() ? !name.empty() && name == from_name : uscc == from_uscc;
  }
};

}  // namespace xiufu::catalogue
