#pragma once

#include <string>
#include <vector>

#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// Where somebody is helped in person. Empty: not known here, as locally published.
struct HelpWindow {
  std::string region;  // GB/T 2260
  std::string name;
  std::string name_en;
  std::string address;
  std::string hours;
  std::string hotline;
  std::string source;
  std::string confidence;
};

// A number that anybody of the city may call.
struct Hotline {
  std::string number;
  std::string name;
  std::string name_en;
  std::string source;
  std::string confidence;
};

enum class FormKind { kApplication, kCommitment };
absl::string_view ToString(FormKind kind);  // "APPLICATION", "COMMITMENT"

// A blank that is one of the papers, under the name and in the words of a line of authorities.
struct Form {
  FormKind kind = FormKind::kApplication;
  std::string material;                      // "M2"
  std::vector<std::string> authority_kinds;  // empty: any
  std::string name;
  std::string name_en;
  std::vector<std::string> clauses;  // what the subject declares by it, Chinese
  Provenance provenance;
};

}  // namespace xiufu::catalogue
