#include "tests/simulation/sim_law.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "tests/simulation/must.h"

namespace xiufu::simulation {
namespace {

// Not connected as shipped.
constexpr absl::string_view kConnected[] = {"agriculture", "fire-rescue", "health"};

SimLaw Connect(const SimLaw& shipped) {
  const catalogue::AuthorityRegistry& registry = shipped.law->authorities;
  std::vector<catalogue::Authority> authorities = registry.all();
  for (catalogue::Authority& authority : authorities) {
    if (std::find(std::begin(kConnected), std::end(kConnected), authority.code) !=
        std::end(kConnected)) {
      authority.handling = catalogue::Handling::kInSuite;
    }
  }
  auto law = std::make_shared<catalogue::Law>(*shipped.law);
  law->authorities =
      catalogue::AuthorityRegistry(std::move(authorities), registry.sha256(), registry.archive());
  return {law, shipped.layouts, shipped.messages};
}

}  // namespace

const SimLaw& ShippedLaw() {
  static const auto* const law = new SimLaw{
      Must(catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", "deploy/authorities"})),
      Must(feed::LayoutBook::Load("deploy/feeds")),
      Must(catalogue::Messages::Load("deploy/messages"))};
  return *law;
}

const SimLaw& ConnectedLaw() {
  static const auto* const law = new SimLaw(Connect(ShippedLaw()));
  return *law;
}

}  // namespace xiufu::simulation
