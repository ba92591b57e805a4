#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/catalogue/catalogue.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/material.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

// What the client says it will send, as it came.
struct UploadCommand {
  std::string application;  // or "objections/<uuid>": its evidence
  std::string kind;
  std::string file_name;
  std::string media_type;
  int64_t size = 0;
  std::string sha256;  // hex
};

// The same, checked.
struct Upload {
  Id application;
  std::string kind;
  std::string file_name;
  std::string media_type;
  int64_t size = 0;
  std::string sha256;         // 32 bytes
  bool to_objection = false;  // `application` is the id of one
};

// More papers than that are a mistake of the caller; their list must fit into one event.
constexpr int kMaxMaterials = 200;

// The paper, once its content is here.
Material MaterialOf(const Upload& upload, const Id& application, const Id& id, absl::Time now);

// Against the catalogue's row of the material's kind. INVALID_ARGUMENT with every violation at
// once; reason MATERIAL_TYPE_MISMATCH or MATERIAL_SIZE_EXCEEDED when only that is wrong.
absl::StatusOr<Upload> ValidateUpload(const UploadCommand& command,
                                      const catalogue::Catalogue& catalogue);

// The same of one that is announced by its hash and comes later; violations of "<prefix>size" ...
void CheckAnnounced(const std::string& prefix, const Upload& paper,
                    const catalogue::Catalogue& catalogue, Violations& violations);

// Drafts take papers, and so do applications of which a case waits for the applicant; an agent's
// new power of attorney (`power`) is taken until the last case has ended. FAILED_PRECONDITION with
// reason APPLICATION_TAKES_NO_MATERIALS or TOO_MANY_MATERIALS otherwise.
absl::Status CheckTakesMaterial(const Application& application, const std::vector<CaseView>& cases,
                                int materials, bool power = false);

// What was received.
struct Received {
  int64_t size = 0;
  std::string sha256;     // 32 bytes
  std::string beginning;  // first bytes, at least 8 when there are so many
};

// The fields of a request that say what the content must be.
struct ReceivedFields {
  absl::string_view size = "header.size";
  absl::string_view sha256 = "header.sha256";
  absl::string_view media_type = "header.media_type";
};

// INVALID_ARGUMENT with reason MATERIAL_SIZE_MISMATCH, MATERIAL_HASH_MISMATCH or
// MATERIAL_TYPE_MISMATCH.
absl::Status CheckReceived(const Upload& upload, const Received& received,
                           const ReceivedFields& fields = {});

}  // namespace xiufu::intake
