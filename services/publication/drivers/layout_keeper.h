#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "libs/feed/layouts_in_force.h"

namespace xiufu::publication {

// The layouts of feeds: loaded at start, and anew on SIGHUP.
class LayoutKeeper {
 public:
  // INVALID_ARGUMENT with every fault, file and line.
  static absl::StatusOr<std::unique_ptr<LayoutKeeper>> Open(std::string folder);

  const feed::LayoutsInForce& layouts() const { return layouts_; }

  // What is good comes into force at once, whole, for imports that begin from now on; for what is
  // not, the layouts stay as they are, and every fault is logged and counted.
  absl::Status Reload();

 private:
  LayoutKeeper(std::string folder, feed::LayoutBook book);

  const std::string folder_;
  feed::LayoutsInForce layouts_;
};

}  // namespace xiufu::publication
