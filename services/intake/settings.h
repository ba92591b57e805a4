#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "libs/catalogue/law.h"
#include "libs/catalogue/messages.h"
#include "libs/service/config.h"

namespace xiufu::intake {

// A configuration file of intake; section [intake].
struct Settings {
  service::CommonConfig common;
  std::string materials;    // folder of the blobs
  std::string publication;  // gRPC target
  catalogue::LawFolders law;
  std::string messages;
  std::string letter_link;  // where the QR code of a letter leads
  std::string
      progress_link;  // what a receipt's holds, with {number} and {code}; empty: those alone
};
absl::StatusOr<Settings> LoadSettings(const std::string& path);

// FAILED_PRECONDITION when a text of the timeline or of a letter is missing.
absl::StatusOr<catalogue::Messages> LoadWords(const Settings& settings);

// The token that this service calls others with.
absl::StatusOr<std::string> OwnToken(const service::CommonConfig& config);

}  // namespace xiufu::intake
