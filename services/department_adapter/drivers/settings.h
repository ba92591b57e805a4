#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/service/config.h"

namespace xiufu::department {

struct AuthoritySettings {
  std::string code;
  bool instant = false;        // connector = "instant", else "push"
  std::string base_url;        // push only
  std::string outgoing_token;  // ours towards it; push only
  std::string incoming_token;  // its own towards us; push only
};

struct Settings {
  service::CommonConfig common;
  std::string intake;       // gRPC target
  std::string materials;    // folder of the cache
  std::string http_listen;  // empty: no HTTP server
  std::string public_url;   // where authorities reach it; default: http:// and http_listen
  std::string authorities;  // deploy/authorities
  std::string messages;     // deploy/messages
  std::vector<AuthoritySettings> served;
};

// The configuration file and the token files that it names. INVALID_ARGUMENT lists every mistake of
// the file.
absl::StatusOr<Settings> LoadSettings(const std::string& path);

}  // namespace xiufu::department
