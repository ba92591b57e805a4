#include <algorithm>

#include "absl/strings/ascii.h"
#include "libs/service/config.h"

namespace xiufu::service {
namespace {

bool IsServiceName(absl::string_view text) {
  return text.size() <= 32 && absl::ascii_islower(static_cast<unsigned char>(text.front())) &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

void ReadService(ConfigSection section, CommonConfig* config) {
  config->name = section.RequiredText("name");
  if (!config->name.empty() && !IsServiceName(config->name)) {
    section.Wrong("name", "must be [a-z][a-z0-9_]*, at most 32 characters");
  }
  config->cell = static_cast<uint8_t>(section.Integer("cell", config->cell, 0, 255));
  config->store = section.RequiredText("store");
  config->grpc_listen = section.RequiredAddress("grpc_listen");
  if (!section.Text("metrics_listen").empty()) {
    config->metrics_listen = section.RequiredAddress("metrics_listen");
  }
  config->credentials = section.RequiredText("credentials");
  config->principals = section.TextList("principals");
  if (config->principals.empty()) section.Wrong("principals", "nobody could call this service");
  config->streams = section.RequiredText("streams");
}

void ReadBroker(ConfigSection section, CommonConfig::Broker* broker) {
  broker->host = section.Text("host", broker->host);
  broker->port = static_cast<uint16_t>(section.Integer("port", broker->port, 1, 65535));
  broker->vhost = section.Text("vhost", broker->vhost);
  broker->user = section.RequiredText("user");
  broker->password_file = section.RequiredText("password_file");
}

}  // namespace

CommonConfig ConfigFile::Common() {
  CommonConfig config;
  ReadService(Section("service"), &config);
  ReadBroker(Section("broker"), &config.broker);
  return config;
}

}  // namespace xiufu::service
