#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace xiufu::service {

// The part of a configuration file that every service has. deploy/config holds the commented
// templates.
struct CommonConfig {
  std::string name;
  uint8_t cell = 1;
  std::string store;
  std::string copies;  // folder that copies of the running store go into
  std::string grpc_listen;
  std::string metrics_listen;  // empty: no metrics endpoint
  std::string credentials;     // folder of <principal>.token
  std::vector<std::string> principals;
  std::string streams;  // file: stream pattern → gRPC target; re-read on SIGHUP
  struct Broker {
    std::string host = "127.0.0.1";
    uint16_t port = 5672;
    std::string vhost = "xiufu";
    std::string user;
    std::string password_file;
  } broker;
};

// One table of a configuration file, read key by key. Collects every mistake (missing, wrong type,
// unknown key) with file and line, so that all are told at once by ConfigFile::Check().
class ConfigSection {
 public:
  std::string Text(absl::string_view key, std::string fallback = "");
  std::string RequiredText(absl::string_view key);
  int64_t Integer(absl::string_view key, int64_t fallback, int64_t low, int64_t high);
  std::vector<std::string> TextList(absl::string_view key);
  // "host:port" with a port from 1 to 65535; "" when it is missing or wrong, which is then a
  // mistake.
  std::string RequiredAddress(absl::string_view key);
  // A mistake that only the caller can see ("push" and "instant" are the only connectors); told at
  // the key's line.
  void Wrong(absl::string_view key, absl::string_view what);
  // [[section.key]]: one section per element.
  std::vector<ConfigSection> Sections(absl::string_view key);

 private:
  friend class ConfigFile;
  struct Node;
  explicit ConfigSection(std::shared_ptr<Node> node);
  std::shared_ptr<Node> node_;
};

class ConfigFile {
 public:
  static absl::StatusOr<ConfigFile> Load(const std::string& path);
  // `service` is whose program reads it: under another's name it would call with the other's token
  // and be refused its own streams, so a file that names another is a mistake.
  CommonConfig Common(absl::string_view service);
  ConfigSection Section(absl::string_view name);
  // INVALID_ARGUMENT listing every mistake, one per line as file:line: key: what is wrong; also
  // keys that nobody asked for.
  absl::Status Check() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// Stream pattern → gRPC target of its producer.
absl::StatusOr<std::map<std::string, std::string>> LoadStreamTargets(const std::string& path);

// One line, without its end. PERMISSION_DENIED when others than the owner can read the file.
absl::StatusOr<std::string> ReadSecretFile(const std::string& path);

}  // namespace xiufu::service
