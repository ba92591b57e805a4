#include "services/xiufuctl/store_command.h"

#include <iostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/base/system_clock.h"
#include "libs/storage/database.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/service_address.h"
#include "services/xiufuctl/store_copy.h"

namespace xiufu::ctl {
namespace {

constexpr char kStoreUsage[] =
    "  store copy --service NAME [--config DIR, var/config]\n"
    "           | --target HOST:PORT [--credentials DIR, var/credentials]\n"
    "                       由运行中的服务制作库副本，输出其路径 / have a running service write a\n"
    "                       copy of its store; prints its path, on the service's machine\n"
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

int NotCopied(const absl::Status& status) {
  std::cerr << "未制作副本 / not copied: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message() << '\n';
  return kExitFailed;
}

int Copy(const Arguments& args) {
  const absl::StatusOr<ServiceAddress> address = AddressOf(args, args.Value("service"));
  if (!address.ok()) return NotCopied(address.status());
  const absl::StatusOr<stream::v1::CopyStoreResponse> copy = CopyStoreOf(*address);
  if (!copy.ok()) return NotCopied(copy.status());
  std::cout << copy->path() << std::endl;
  return std::cout ? kExitOk : kExitFailed;
}

int RunStore(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args, {"from", "to", "service", "config", "target", "credentials"});
  if (!args.ok()) return UsageError(kStoreUsage, args.status());
  if (args->words() == std::vector<std::string>{"copy"} &&
      args->Has("service") != args->Has("target")) {
    return Copy(*args);
  }
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
