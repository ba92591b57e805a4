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
  std::string id;  // what a clerk names it by; its region where it has none of its own
};

// What somebody asks at a window or a hotline.
struct ConsultationTopic {
  std::string id;  // "ELIGIBILITY"
  std::string name;
  std::string name_en;
};

// How windows work. Zero and empty in versions from before there was such a thing.
struct WindowTerms {
  int contact_days = 0;        // how long the contact of somebody who asked is kept
  int register_days = 0;       // how long what was asked and answered is kept, in its words
  std::string power_material;  // the paper by which an agent is authorised: "M5"
  // An agent who applied for so many subjects, or so often, in so many days stands out.
  int agent_days = 0;
  int agent_subjects = 0;
  int agent_applications = 0;
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
