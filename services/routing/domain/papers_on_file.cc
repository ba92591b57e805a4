#include "services/routing/domain/papers_on_file.h"

#include <algorithm>

#include "services/routing/domain/case_input.h"

namespace xiufu::routing {
namespace {

bool Contains(const std::vector<std::string>& kinds, absl::string_view kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool IsMended(const SupplementAsked& asked, int defect) {
  bool named = false;
  for (const MissingPaper& missing : asked.missing) {
    if (missing.defect != defect) continue;
    if (!asked.on_file.Holds(missing.kind)) return false;
    named = true;
  }
  return named;
}

}  // namespace

bool PapersOnFile::Holds(absl::string_view kind) const {
  return Contains(given, kind) || Contains(fetched, kind);
}

std::vector<std::string> DefectsLeft(const SupplementAsked& asked) {
  std::vector<std::string> left;
  for (size_t i = 0; i < asked.defects.size(); ++i) {
    if (!IsMended(asked, static_cast<int>(i))) left.push_back(asked.defects[i]);
  }
  return left;
}

}  // namespace xiufu::routing
