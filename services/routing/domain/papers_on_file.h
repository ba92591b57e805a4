#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace xiufu::routing {

struct SupplementAsked;

// A defect that is a paper missing altogether, as an authority says.
struct MissingPaper {
  int defect = 0;    // its place among the defects
  std::string kind;  // catalogue key
};

// What a case can answer by itself when it is asked for papers. Only what must have come before the
// request is looked at (the submission, the case's own supplements), so that it does not matter how
// streams interleave.
struct PapersOnFile {
  std::vector<std::string> given;    // kinds that the applicant has given
  std::vector<std::string> fetched;  // kinds that an authority or a system has
  std::string materials;             // the papers of `given`, see drivers/material_list.h
  int answered_before = 0;           // requests that the case has answered by itself

  bool Holds(absl::string_view kind) const;
  bool empty() const { return given.empty() && fetched.empty(); }
};

// The defects that only the applicant can mend: those in words, and those of which at least one
// paper is not on file.
std::vector<std::string> DefectsLeft(const SupplementAsked& asked);

}  // namespace xiufu::routing
