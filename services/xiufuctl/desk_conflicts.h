#pragma once

#include <string>
#include <vector>

namespace xiufu::ctl {

inline constexpr char kConflictsUsage[] =
    "  desk conflicts [--json] [--config DIR, var/config]\n"
    "                       列出各服务中需要人工比对的事项及处理办法 / what a person has to "
    "compare,\n"
    "                       in all services, and what can be done about each\n"
    "  desk dismiss CASE --task ID --answer ID --person NAME --reason TEXT [WHERE]\n"
    "                       已采用的答复不变，该答复仅留存 / what was taken stands, this answer "
    "is\n"
    "                       left as it is\n"
    "  desk settle DECISION --person NAME --reason TEXT [WHERE]\n"
    "                       记录维持现状，决定不再执行 / the record stays as it is, and the "
    "decision\n"
    "                       that was not carried out is left\n";

// "desk conflicts", "desk dismiss", "desk settle"; the words after "desk".
int RunDeskConflicts(const std::vector<std::string>& raw_args);

}  // namespace xiufu::ctl
