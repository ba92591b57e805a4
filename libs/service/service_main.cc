#include "libs/service/service_main.h"

#include <iostream>

namespace xiufu::service {

int ServiceMain(int argc, char** argv, const char* program,
                absl::Status (*run)(const std::string& config)) {
  if (argc != 3 || std::string(argv[1]) != "--config") {
    std::cerr << "用法 / usage: " << program << " --config FILE.toml\n";
    return 2;
  }
  const absl::Status status = run(argv[2]);
  if (status.ok()) return 0;
  std::cerr << program << ": " << status.message() << '\n';
  return 1;
}

}  // namespace xiufu::service
