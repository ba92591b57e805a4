#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/catalogue/facts.h"

namespace xiufu::catalogue {

// 领域 of a penalty, told from the words of its act and basis where no feed carries it.
struct PenaltyField {
  std::string id;  // "FOOD"
  std::string name;
  std::string name_en;
  std::vector<std::string> words;
  std::vector<std::string> authority_kinds;  // lines whose every penalty is of the field
};

// Why something was put on a list.
struct Ground {
  std::string id;  // "ANNUAL_REPORT"
  std::string name;
  std::string name_en;
  std::vector<MatterKind> matters;
  std::vector<std::string> texts;  // digits and words of feeds; a word fits where it is contained
  std::optional<bool> curable;
  std::vector<std::string> materials;  // that show that it is gone
};

// A line of authorities (行业), with the words by which one that is not registered is recognised.
struct AuthorityKind {
  std::string id;  // "MARKET_REGULATION"
  std::string name;
  std::string name_en;
  std::string channel;  // where its records are repaired: an id of channels
  std::vector<std::string> words;
  std::vector<std::string> list_words;  // of the names of its lists
};

// What an authority may find about a repair that it has approved, by which the repair is revoked.
struct Finding {
  std::string id;  // "FALSE_MATERIAL"
  std::string name;
  std::string name_en;
  bool breach = false;  // it is itself recorded, and bars the subject from applying (see Rule::ban)
  std::string of_effect;  // only of an approval with this effect; empty: of any
  std::string source;
  std::string confidence;
};

// Where one applies.
struct Channel {
  std::string id;  // "CREDIT_CHINA"
  std::string name;
  std::string name_en;
  std::string source;
  std::string confidence;
  std::string link;  // its web site; empty: none is known
};

}  // namespace xiufu::catalogue
