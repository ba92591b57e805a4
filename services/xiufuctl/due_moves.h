#pragma once

#include <string>

namespace xiufu::ctl {

// Prints the due dates that moved with another calendar, as routing tells them to the principal
// "operator". `target`: host:port of routing; `credentials`: folder with operator.token. The exit
// code.
int ListDueMoves(const std::string& target, const std::string& credentials, bool json);

}  // namespace xiufu::ctl
