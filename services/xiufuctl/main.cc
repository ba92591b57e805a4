// xiufuctl: the operators' command line. A family of commands is a file pair and one line in
// Families().
#include <iostream>
#include <string>
#include <vector>

#include "services/xiufuctl/calendar_command.h"
#include "services/xiufuctl/catalogue_command.h"
#include "services/xiufuctl/code_command.h"
#include "services/xiufuctl/command.h"
#include "services/xiufuctl/commitment_command.h"
#include "services/xiufuctl/desk_command.h"
#include "services/xiufuctl/endings_command.h"
#include "services/xiufuctl/import_command.h"
#include "services/xiufuctl/notice_command.h"
#include "services/xiufuctl/notify_command.h"
#include "services/xiufuctl/parked_command.h"
#include "services/xiufuctl/pushed_command.h"
#include "services/xiufuctl/rating_command.h"
#include "services/xiufuctl/relay_command.h"
#include "services/xiufuctl/result_command.h"
#include "services/xiufuctl/review_command.h"
#include "services/xiufuctl/service_address.h"
#include "services/xiufuctl/store_command.h"
#include "services/xiufuctl/supervise_command.h"
#include "services/xiufuctl/topology_command.h"
#include "services/xiufuctl/window_command.h"
#include "services/xiufuctl/work_command.h"

namespace xiufu::ctl {
namespace {

const std::vector<CommandFamily>& Families() {
  static const std::vector<CommandFamily> families = {
      CalendarCommands(),  CatalogueCommands(), CodeCommands(),   CommitmentCommands(),
      DeskCommands(),      EndingsCommands(),   ImportCommands(), NoticeCommands(),
      NotifyCommands(),    ParkedCommands(),    PushedCommands(), RatingCommands(),
      RelayCommands(),     ResultCommands(),    ReviewCommands(), StoreCommands(),
      SuperviseCommands(), TopologyCommands(),  WindowCommands(), WorkCommands(),
  };
  return families;
}

void PrintUsage(std::ostream& out) {
  out << "用法 / usage: xiufuctl COMMAND ...\n";
  for (const CommandFamily& family : Families()) out << family.usage;
  out << kWhereUsage;
}

bool AsksForHelp(const std::string& word) {
  return word == "help" || word == "--help" || word == "-h";
}

int Run(const std::vector<std::string>& args) {
  if (!args.empty() && AsksForHelp(args[0])) {
    PrintUsage(std::cout);
    return kExitOk;
  }
  for (const CommandFamily& family : Families()) {
    if (args.empty() || args[0] != family.name) continue;
    if (args.size() == 2 && AsksForHelp(args[1])) {
      std::cout << "用法 / usage: xiufuctl COMMAND ...\n" << family.usage << kWhereUsage;
      return kExitOk;
    }
    return family.run({args.begin() + 1, args.end()});
  }
  if (!args.empty()) std::cerr << "未知命令 / unknown command: " << args[0] << '\n';
  PrintUsage(std::cerr);
  return kExitUsage;
}

}  // namespace
}  // namespace xiufu::ctl

int main(int argc, char** argv) {
  return xiufu::ctl::Run(std::vector<std::string>(argv + 1, argv + argc));
}
