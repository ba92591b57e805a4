#pragma once

#include <string>

#include "services/intake/app/create_application.h"

namespace xiufu::intake {

// What a clerk files for a subject that is present.
struct FileCommand {
  std::string clerk;
  std::string window;    // empty: the only one of the region
  CreateCommand create;  // its origin and region are the window's
};

// Makes a draft as CreateApplication does, and keeps who took it in and where. Any thread.
class FileAtWindowCase {
 public:
  FileAtWindowCase(LawSource law, CreateApplicationCase* create) : law_(law), create_(create) {}

  // INVALID_ARGUMENT with those of "clerk" and "window" among all violations; what
  // CreateApplication says.
  void operator()(const WindowCaller& caller, const Call& call, FileCommand command,
                  ClientWrite<ApplicationView> write);

 private:
  const LawSource law_;
  CreateApplicationCase* const create_;
};

}  // namespace xiufu::intake
