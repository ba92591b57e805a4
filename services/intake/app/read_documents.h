#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/document.h"

namespace xiufu::intake {

// Who asks for papers of which application: with its query code, or as the principal that created
// it.
struct DocumentInquiry {
  std::string name;  // "applications/<uuid>" or "applications/<number>"
  std::string query_code;
  std::string case_name;                     // for a document of one case
  int ordinal = 0;                           // which notice of its kind; 0: the latest
  Capacity acting = Capacity::kUnspecified;  // who is handed it; unspecified: the applicant
};

// A document with everything it says.
struct FoundDocument {
  DocumentSource source;
  DocumentBasis basis;
  bool knows_query_code = false;  // who asks has shown it
};

// What is on paper of an application. Each call is one snapshot of the store. Any thread but the
// writer.
class ReadDocuments {
 public:
  ReadDocuments(const Clock* clock, Tables tables, storage::Database* database)
      : clock_(clock), tables_(tables), database_(database) {}

  // INVALID_ARGUMENT for a name that is none, and where a case is named for a document of the
  // application or missing for one of a case; NOT_FOUND as for GetApplication; what CheckPower says
  // of an agent to whom it would be handed; else what FindDocument says.
  absl::StatusOr<FoundDocument> Find(const Call& call, const DocumentInquiry& inquiry,
                                     DocumentKind kind) const;
  // The documents that there are at present.
  absl::StatusOr<std::vector<DocumentBasis>> List(const Call& call,
                                                  const DocumentInquiry& inquiry) const;

 private:
  absl::StatusOr<DocumentSource> Load(const Call& call, const DocumentInquiry& inquiry,
                                      std::optional<PowerOfAttorney>* power = nullptr) const;
  absl::Status CheckReceiver(const FoundDocument& found, Capacity acting,
                             const std::optional<PowerOfAttorney>& power) const;

  const Clock* const clock_;
  const Tables tables_;
  storage::Database* const database_;
};

}  // namespace xiufu::intake
