#pragma once

#include <optional>

#include "services/xiufuctl/arguments.h"
#include "xiufu/routing/v1/revocation.pb.h"

namespace xiufu::ctl {

inline constexpr char kRevokeUsage[] =
    "  result revoke (--decision NO | --case UUID) --finding KIND --document NO --date DATE\n"
    "                --reason TEXT --source TEXT [--remedies TEXT] [--found-by TEXT]\n"
    "                [WHERE]\n"
    "                       登记撤销修复决定的认定（来函、判决）：提供虚假材料、违反承诺、决定\n"
    "                       被撤销、重整计划失败；重复登记不产生变化 / a finding that revokes an\n"
    "                       approval, by letter or judgment. KIND: an id of\n"
    "                       deploy/catalogue/findings.toml, e.g. FALSE_MATERIAL\n";

// Nothing when it is not such a report, or not a whole one. What the values are worth is judged by
// routing.
std::optional<routing::v1::ReportRevocationRequest> RevocationOf(const Arguments& args);
// Reports it; the exit code.
int ReportRevocation(const Arguments& args, const routing::v1::ReportRevocationRequest& request);

}  // namespace xiufu::ctl
