#include "services/xiufuctl/service_address.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

// Of the services that have a configuration here.
std::string NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator at(folder, error), end;
  for (; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".toml") names.push_back(at->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return absl::StrJoin(names, ", ");
}

absl::StatusOr<ServiceAddress> AddressIn(const std::string& config_file) {
  absl::StatusOr<service::ConfigFile> config = service::ConfigFile::Load(config_file);
  if (!config.ok()) return config.status();
  service::ConfigSection section = config->Section("service");
  ServiceAddress address = {section.RequiredAddress("grpc_listen"),
                            section.RequiredText("credentials")};
  if (address.target.empty() || address.credentials.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(config_file, ": [service] grpc_listen and credentials are needed"));
  }
  return address;
}

}  // namespace

absl::StatusOr<ServiceAddress> AddressOf(const Arguments& args, const std::string& service) {
  if (const std::string target = args.Value("target"); !target.empty()) {
    return ServiceAddress{target, args.Value("credentials", "var/credentials")};
  }
  const std::string folder = args.Value("config", "var/config");
  const std::string file = absl::StrCat(folder, "/", service, ".toml");
  if (!std::filesystem::exists(file)) {
    return absl::NotFoundError(absl::StrCat("没有该服务的配置 / no such service: ", file,
                                            "；可选 / there are: ", NamesIn(folder)));
  }
  return AddressIn(file);
}

}  // namespace xiufu::ctl
