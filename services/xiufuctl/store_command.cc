#include "services/xiufuctl/store_command.h"

#include <iostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/base/system_clock.h"
#include "libs/storage/database.h"
#include "services/xiufuctl/arguments.h"

namespace xiufu::ctl {
namespace {

constexpr char kStoreUsage[] =
    "  store restore --from COPY --to STORE\n"
    "                       停机恢复副本并开始新纪元 / put a copy back, offline, in a new epoch\n";

int Restore(const std::string& from, const std::string& to) {
  absl::Status restored = storage::RestoreStore(from, to, SystemClock().Now());
  if (!restored.ok()) {
    std::cerr << "未恢复 / not restored: " << std::string(restored.message()) << '\n';
    return kExitFailed;
  }
  std::cout << "已恢复，开始新纪元 / restored, a new epoch begins: " << to << '\n';
  return kExitOk;
}

int RunStore(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(raw_args, {"from", "to"});
  if (!args.ok()) return UsageError(kStoreUsage, args.status());
  const std::string from = args->Value("from");
  const std::string to = args->Value("to");
  if (args->words() != std::vector<std::string>{"restore"} || from.empty() || to.empty()) {
    return UsageError(kStoreUsage);
  }
  return Restore(from, to);
}

}  // namespace

CommandFamily StoreCommands() { return {"store", kStoreUsage, RunStore}; }

}  // namespace xiufu::ctl
