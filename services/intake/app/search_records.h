#pragma once

#include <string>

#include "services/intake/app/ports.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

struct SearchQuery {
  std::string uscc;  // this or name
  std::string name;
  int page_size = 0;  // 1 to 200
  std::string page_token;
};

struct SearchResult {
  RecordPage page;
  std::string warning;  // when the code's check characters do not fit but the subject is known
};

// Records of one subject, or of all whose name contains a text, as publication shows them. Any
// thread.
class SearchRecordsCase {
 public:
  SearchRecordsCase(LawSource law, RecordSource* source) : law_(law), source_(source) {}

  // INVALID_ARGUMENT for both or neither of code and name, for a malformed code, and for one whose
  // check characters do not fit when nothing is published under it; what RecordSource::Search says.
  using Done = absl::AnyInvocable<void(absl::StatusOr<SearchResult>)>;
  void operator()(const SearchQuery& query, Done done);

 private:
  void ByName(const SearchQuery& query, Done done);

  const LawSource law_;
  RecordSource* const source_;
};

}  // namespace xiufu::intake
