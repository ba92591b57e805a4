#pragma once

#include <string>
#include <vector>

namespace xiufu::ctl {

constexpr int kExitOk = 0;
constexpr int kExitFailed = 1;  // it was tried and did not work
constexpr int kExitPartly = 3;  // part of it was refused; the rest is done
constexpr int kExitUsage = 2;   // what was given is wrong; nothing was tried

// One family of commands, "xiufuctl NAME ...". Each family is one file pair and one line in
// main.cc.
struct CommandFamily {
  const char* name;
  const char* usage;  // one "  NAME ...   Chinese / English" line per command
  // `args` is what follows the family's name. Prints to stdout, complains on stderr, returns the
  // exit code.
  int (*run)(const std::vector<std::string>& args);
};

}  // namespace xiufu::ctl
