#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "libs/service/config.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

// A configuration file of intake; section [intake].
struct Settings {
  service::CommonConfig common;
  std::string materials;    // folder of the blobs
  std::string publication;  // gRPC target
  std::string catalogue;    // folders of the law as data
  std::string calendars;
  std::string authorities;
  std::string messages;
  std::string letter_link;  // where the QR code of a letter leads
};
absl::StatusOr<Settings> LoadSettings(const std::string& path);

// The law, loaded.
struct LoadedLaw {
  catalogue::Catalogue catalogue;
  calendar::Calendar calendar;
  catalogue::AuthorityRegistry authorities;
  catalogue::Messages messages;
  // Pointers into this object.
  Law law() const { return {&catalogue, &calendar, &authorities, &messages}; }
};
// Also FAILED_PRECONDITION when a text of the timeline or of a letter is missing.
absl::StatusOr<LoadedLaw> LoadLaw(const Settings& settings);

// The token that this service calls others with.
absl::StatusOr<std::string> OwnToken(const service::CommonConfig& config);

}  // namespace xiufu::intake
