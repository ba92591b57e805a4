#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "libs/catalogue/law.h"
#include "libs/feed/layouts_in_force.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/seeded_ids.h"
#include "services/intake/wiring.h"
#include "services/publication/wiring.h"
#include "services/routing/wiring.h"
#include "tests/simulation/applicant.h"
#include "tests/simulation/desk.h"
#include "tests/simulation/local_ports.h"
#include "tests/simulation/must.h"
#include "tests/simulation/random.h"
#include "tests/simulation/sim_authority.h"
#include "tests/simulation/sim_door.h"
#include "tests/simulation/sim_law.h"
#include "tests/simulation/sim_node.h"

namespace xiufu::simulation {

// What the bus does to messages.
struct Weather {
  double lost = 0;     // never delivered: catching up must bring it home
  double doubled = 0;  // delivered twice
  double late = 0;     // delivered behind what came after it
};

struct SimSettings {
  uint64_t seed = 1;
  Weather weather;
  std::string folder;  // for papers
  absl::Time beginning;
  const SimLaw* law = nullptr;
  // The system of each authority.
  std::function<std::unique_ptr<SimSystem>(const catalogue::Authority&, const Clock*)> system;
  int returns_lost_in = 0;  // see SimDoor
};

// All five services in one process, on one thread, on a virtual clock: the services' own wiring,
// stores, handlers, jobs and timers; only the ends of the wires are made here. Everything follows
// from the seed.
class SimWorld {
 public:
  explicit SimWorld(const SimSettings& settings);
  // From a Wednesday morning in June on, with a SimAuthority for every authority.
  SimWorld(uint64_t seed, Weather weather, const std::string& folder);
  ~SimWorld();

  SimAuthority& authority(const std::string& code) {
    return static_cast<SimAuthority&>(system(code));
  }
  SimSystem& system(const std::string& code) { return *systems_.at(code); }
  const catalogue::LawInForce& law() const { return law_; }
  const catalogue::AuthorityRegistry& registry() const { return settings_.law->law->authorities; }
  ManualClock& clock() { return clock_; }
  storage::Database& database(const std::string& service) { return *databases_.at(service); }

  // A feed in any layout; every row must be good.
  void Import(const std::string& csv);
  publication::ImportReport ImportAsItIs(const std::string& csv);
  // Who acts from outside.
  Applicant& applicant() { return *applicant_; }
  Desk& desk() { return *desk_; }
  SimDoor& door() { return door_; }

  // Runs until nothing is left to do at any time to come; false when it did not end within `limit`
  // of virtual time.
  bool RunUntilQuiet(absl::Duration limit);
  // Does everything that is due until then; the clock stands there afterwards.
  void RunUntil(absl::Time time);
  // Everything that can be done at this instant, what was lost on the way too.
  void Settle();
  // One part of the machinery (a service, the bus, an authority) does what it can at this instant,
  // all others nothing.
  void WorkOne(Random& random);
  // Nothing is left to do at any time to come but what a service does by itself on certain days.
  bool OnlyTimersLeft() const;

  intake::ApplicationView View(const Id& application);
  void Read(const std::string& service, absl::FunctionRef<void(storage::Session&)> fn);
  // SHA-256 over the domain rows of all stores, by service.
  std::map<std::string, std::string> Digests();
  // Events that wait, are parked, or whose stream was stopped; with the first reason.
  std::vector<std::string> EventsThatWait();
  // Those, and calls that are due or given up.
  std::vector<std::string> Complaints();

 private:
  void WireServices();
  storage::Database* Open(const std::string& service, absl::Span<const storage::Migration> steps);
  void AddNode(service::Wiring wiring, storage::Database* database);
  void SettleWhatCame();
  bool DeliverAll();
  void Send(const storage::OutboxRow& row);
  void CatchUpAll();
  absl::Time NextDue() const;

  const SimSettings settings_;
  Random random_;   // of the authorities of the short constructor
  Random weather_;  // apart, so that nobody does anything else because of it
  ManualClock clock_;
  SeededIds ids_;
  catalogue::LawInForce law_;
  feed::LayoutsInForce layouts_;
  std::map<std::string, std::unique_ptr<storage::Database>> databases_;
  std::map<std::string, std::unique_ptr<SimSystem>> systems_;
  std::unique_ptr<LocalRecords> records_;
  std::unique_ptr<intake::MaterialStore> materials_;
  intake::Intake* intake_ = nullptr;
  std::unique_ptr<intake::IntakeNode> intake_node_;
  SimDoor door_;
  std::unique_ptr<Applicant> applicant_;
  std::unique_ptr<Desk> desk_;
  LocalFiles files_{&intake_};
  MemoryCache cache_;
  std::map<std::string, std::unique_ptr<SimNode>> nodes_;
  std::vector<storage::OutboxRow> late_;
  bool missed_ = false;  // something was lost or a gap was seen: catch up before resting
};

}  // namespace xiufu::simulation
