#include "services/xiufuctl/deploy_folder.h"

#include <filesystem>

#include "absl/strings/str_cat.h"

namespace xiufu::ctl {

namespace fs = std::filesystem;

absl::StatusOr<std::string> DeployFolder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    const fs::path deploy = folder / "deploy";
    if (fs::is_directory(deploy / "catalogue", error)) return deploy.string();
  }
  return absl::NotFoundError("程序所在目录之上没有 deploy / no deploy folder above the program");
}

absl::StatusOr<std::string> DataFolder(const std::string& given, const std::string& name) {
  if (!given.empty()) return given;
  absl::StatusOr<std::string> deploy = DeployFolder();
  if (!deploy.ok()) {
    return absl::NotFoundError(
        absl::StrCat(deploy.status().message(), "; 请指定 / please give --", name, " DIR"));
  }
  return absl::StrCat(*deploy, "/", name);
}

}  // namespace xiufu::ctl
