#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/catalogue.h"
#include "services/intake/domain/notice.h"

namespace xiufu::intake {

// A paper that somebody has with him: its kind, and of a file what tells whether it would be taken.
struct PaperAtHand {
  std::string kind;
  std::string media_type;   // empty: on paper
  int64_t size = 0;         // of a file
  std::string beginning;    // its first bytes; empty: not looked at
  std::string valid_until;  // ISO 8601; empty: does not expire
};

constexpr size_t kMaxPapersAtHand = 100;
constexpr size_t kMaxBeginning = 1024;

// The numbers are those of the contract.
enum class PaperState { kPresent = 1, kMissing = 2, kWrongType = 3, kTooLarge = 4, kExpired = 5 };

// One paper that is asked for, once, whatever the number of records it is for.
struct PrecheckedPaper {
  NoticeMaterial material;
  PaperState state = PaperState::kMissing;
};

// 材料预核: what is there and what is lacking, before anybody applies. Nothing is decided by it.
struct Precheck {
  Notice notice;
  std::vector<PrecheckedPaper> papers;  // in the notice's order
  std::vector<std::string> not_asked;   // names of kinds at hand that no record asks for
  bool complete = false;                // something may be applied for, and every paper is there
};

// INVALID_ARGUMENT with every violation at once.
absl::Status ValidatePapers(const std::vector<PaperAtHand>& papers,
                            const catalogue::Catalogue& catalogue);

// `papers` are validated. `by_agent`: the power of attorney is asked for too.
Precheck PrecheckPapers(Notice notice, const std::vector<PaperAtHand>& papers, bool by_agent,
                        const catalogue::Catalogue& catalogue);

}  // namespace xiufu::intake
