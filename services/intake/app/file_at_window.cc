#include "services/intake/app/file_at_window.h"

#include <utility>

namespace xiufu::intake {
namespace {

constexpr char kChannel[] = "window";

}  // namespace

void FileAtWindowCase::operator()(const WindowCaller& caller, const Call& call, FileCommand command,
                                  ClientWrite<ApplicationView> write) {
  const Law law = law_.Now();
  Violations violations;
  command.create.desk =
      ValidateDesk(caller, command.clerk, command.window, law.catalogue->windows(), violations);
  command.create.region = caller.region;
  command.create.origin = Origin{.front_door = FrontDoor::kCity, .channel = kChannel};
  violations.Take(create_->Check(command.create));
  if (!violations.empty()) return write.done(violations.ToStatus());
  (*create_)(call, command.create, std::move(write));
}

}  // namespace xiufu::intake
