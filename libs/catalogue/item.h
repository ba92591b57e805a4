#pragma once

#include <string>
#include <vector>

#include "libs/catalogue/facts.h"

namespace xiufu::catalogue {

// 事项: what the repair of a kind of record is called on the government-service platforms. The
// implementation code (实施编码) stands with each authority.
struct Item {
  std::string id;                            // "PENALTY"
  std::vector<MatterKind> matters;           // at least one
  std::vector<std::string> authority_kinds;  // lines whose records it is for; at least one
  std::string base_code;                     // 基本编码, GB/T 39046-2020: at most 10 characters
  std::string name;
  std::string name_en;
  // The province has given no code yet: this one is our own and must not be reported as a real one.
  bool provisional = false;
  std::string source;
  std::string confidence;
};

// The parent of every case on the platforms (“一件事”).
struct OneThing {
  std::string code;  // 一件事编码
  std::string name;
  std::string name_en;
  bool provisional = false;
  std::string source;
  std::string confidence;
};

// What one authority calls an item: its 实施编码, GB/T 39046-2020: at most 24 characters.
struct Implementation {
  std::string item;  // an id of items.toml
  std::string code;
  bool provisional = false;
};

}  // namespace xiufu::catalogue
