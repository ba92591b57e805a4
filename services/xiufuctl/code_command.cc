#include "services/xiufuctl/code_command.h"

#include <iostream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "libs/base/uscc.h"
#include "services/xiufuctl/arguments.h"

namespace xiufu::ctl {
namespace {

constexpr char kCodeUsage[] =
    "  code check CODE...   校验统一社会信用代码 / check unified social credit codes\n";

// As given, but a tab or line break in it must not look like another column or line.
std::string OneColumn(const std::string& code) {
  std::string shown;
  for (char c : code) {
    const auto u = static_cast<unsigned char>(c);
    if (absl::ascii_iscntrl(u)) {
      shown += absl::StrFormat("\\x%02x", u);
    } else {
      shown += c;
    }
  }
  return shown;
}

int RunCode(const std::vector<std::string>& args) {
  // No options: whatever follows is a code, even "--x".
  if (args.size() < 2 || args[0] != "check") return UsageError(kCodeUsage);
  for (size_t i = 1; i < args.size(); ++i) {
    const UsccCheck check = CheckUscc(args[i]);
    std::cout << OneColumn(args[i]) << '\t' << ToString(check.verdict) << '\t' << check.reason
              << '\n';
  }
  std::cout.flush();
  if (!std::cout) {
    std::cerr << "输出失败 / cannot write the output\n";
    return kExitFailed;
  }
  return kExitOk;
}

}  // namespace

CommandFamily CodeCommands() { return {"code", kCodeUsage, RunCode}; }

}  // namespace xiufu::ctl
