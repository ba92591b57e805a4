#pragma once

#include <string>
#include <vector>

namespace xiufu::ctl {

inline constexpr char kObjectionsUsage[] =
    "  desk objections [--unassigned] [--json] [WHERE]\n"
    "                       列出异议、期限和核查单位 / objections, when each is due and with whom\n"
    "  desk assign-objection OBJECTION --authority CODE --person NAME --reason TEXT\n"
    "                       [WHERE]\n"
    "                       将异议分办给认定单位 / gives an objection to an authority\n";

// "desk objections", "desk assign-objection"; the words after "desk".
int RunDeskObjections(const std::vector<std::string>& raw_args);

}  // namespace xiufu::ctl
