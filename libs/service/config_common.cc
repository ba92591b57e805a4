#include <filesystem>

#include "absl/strings/str_cat.h"
#include "libs/service/config.h"

namespace xiufu::service {
namespace {

void ReadService(ConfigSection section, absl::string_view service, CommonConfig* config) {
  config->name = section.RequiredText("name");
  if (!config->name.empty() && config->name != service) {
    section.Wrong("name", absl::StrCat("must be \"", service, "\", the program that was started"));
  }
  config->cell = static_cast<uint8_t>(section.Integer("cell", config->cell, 0, 255));
  config->store = section.RequiredText("store");
  config->copies =
      section.Text("copies", std::filesystem::path(config->store).parent_path() / "copies");
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

CommonConfig ConfigFile::Common(absl::string_view service) {
  CommonConfig config;
  ReadService(Section("service"), service, &config);
  ReadBroker(Section("broker"), &config.broker);
  return config;
}

}  // namespace xiufu::service
