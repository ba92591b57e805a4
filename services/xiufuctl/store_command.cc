#include "services/xiufuctl/store_command.h"

#include <iostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/base/system_clock.h"
#include "libs/storage/database.h"

namespace xiufu::ctl {
namespace {

int Usage() {
  std::cerr << "用法 / usage: xiufuctl store restore --from COPY --to STORE\n";
  return kExitUsage;
}

int Restore(const std::string& from, const std::string& to) {
  absl::Status restored = storage::RestoreStore(from, to, SystemClock().Now());
  if (!restored.ok()) {
    std::cerr << "未恢复 / not restored: " << std::string(restored.message()) << '\n';
    return kExitFailed;
  }
  std::cout << "已恢复，开始新纪元 / restored, a new epoch begins: " << to << '\n';
  return kExitOk;
}

int RunStore(const std::vector<std::string>& args) {
  if (args.size() != 5 || args[0] != "restore") return Usage();
  std::string from;
  std::string to;
  for (size_t i = 1; i + 1 < args.size(); i += 2) {
    if (args[i] == "--from") from = args[i + 1];
    if (args[i] == "--to") to = args[i + 1];
  }
  return from.empty() || to.empty() ? Usage() : Restore(from, to);
}

}  // namespace

CommandFamily StoreCommands() {
  return {"store",
          "  store restore --from COPY --to STORE   停机恢复副本并开始新纪元 / put a copy back, "
          "offline, in a new "
          "epoch\n",
          RunStore};
}

}  // namespace xiufu::ctl
