#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/catalogue/law.h"
#include "libs/catalogue/messages.h"
#include "libs/service/config.h"
#include "services/intake/domain/codes.h"
#include "services/intake/domain/notification.h"

namespace xiufu::intake {

// One [[intake.notification_channel]].
struct ChannelSettings {
  ChannelEntry entry;
  std::string url;     // webhook, sms
  std::string token;   // ours towards it
  std::string folder;  // file
};

// An upstream front door.
struct UpstreamSettings {
  std::string principal;  // it calls as
  FrontDoor door = FrontDoor::kUnspecified;
  std::string base_url;  // it is answered at
  std::string token;     // ours towards it
};

// A configuration file of intake; section [intake].
struct Settings {
  service::CommonConfig common;
  std::string materials;    // folder of the blobs
  std::string publication;  // gRPC target
  catalogue::LawFolders law;
  std::string messages;
  std::string notifications;  // folder of what applicants are told without asking
  std::vector<ChannelSettings> channels;
  std::string ratings;  // folder of the reasons that may be named with a rating
  std::vector<UpstreamSettings> upstream;
  std::string letter_link;  // where the QR code of a letter leads
  std::string
      progress_link;  // what a receipt's holds, with {number} and {code}; empty: those alone
};
absl::StatusOr<Settings> LoadSettings(const std::string& path);

// FAILED_PRECONDITION when a text of the timeline or of a letter is missing.
absl::StatusOr<catalogue::Messages> LoadWords(const Settings& settings);

// The token that this service calls others with.
absl::StatusOr<std::string> OwnToken(const service::CommonConfig& config);

// What hides who an agent is: a secret of its own beside the tokens, so that a new token of this
// service does not make strangers of those who were counted before.
absl::StatusOr<std::string> AgentSecret(const service::CommonConfig& config);

}  // namespace xiufu::intake
