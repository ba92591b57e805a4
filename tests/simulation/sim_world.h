#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/catalogue/law.h"
#include "libs/catalogue/messages.h"
#include "libs/feed/layouts_in_force.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/seeded_ids.h"
#include "services/intake/wiring.h"
#include "tests/simulation/local_ports.h"
#include "tests/simulation/random.h"
#include "tests/simulation/sim_authority.h"
#include "tests/simulation/sim_node.h"

namespace xiufu::simulation {

// What the bus does to messages.
struct Weather {
  double lost = 0;     // never delivered: catching up must bring it home
  double doubled = 0;  // delivered twice
  double late = 0;     // delivered behind what came after it
};

// All five services in one process, on one thread, on a virtual clock: the services' own wiring,
// stores, handlers, jobs and timers; only the ends of the wires are made here. Everything follows
// from the seed.
class SimWorld {
 public:
  SimWorld(uint64_t seed, Weather weather, const std::string& folder);
  ~SimWorld();

  SimAuthority& authority(const std::string& code) { return *authorities_.at(code); }
  const catalogue::AuthorityRegistry& registry() const { return law_.Get()->authorities; }
  ManualClock& clock() { return clock_; }
  SimNode& node(const std::string& name) { return *nodes_.at(name); }

  // A 双公示 feed; every row must be good.
  void Import(const std::string& csv);
  // Drafts, uploads both papers and submits for all of the subject's records; the application's id.
  Id Apply(const std::string& uscc);
  // One more paper for a case that waits for it.
  void Supplement(const Id& application, const Id& case_id);
  // Runs until nothing is left to do at any time to come; false when it did not end within `limit`
  // of virtual time.
  bool RunUntilQuiet(absl::Duration limit);

  intake::ApplicationView View(const Id& application);
  // SHA-256 over the domain rows of all stores, by service.
  std::map<std::string, std::string> Digests();
  std::vector<std::string> Complaints();

 private:
  struct Stored {
    std::unique_ptr<storage::Database> database;
  };
  storage::Database* Open(const std::string& service, absl::Span<const storage::Migration> steps);
  void AddNode(service::Wiring wiring, storage::Database* database);
  void Settle();  // everything that can be done at this instant
  bool DeliverAll();
  void Send(const storage::OutboxRow& row);
  bool CatchUpAll();
  absl::Time NextDue() const;
  // What is still to come is publicity that ends by itself, in years.
  bool OnlyPublicityEnds() const;
  template <typename Answer, typename Call>
  Answer Do(Call call);

  Random random_;
  const Weather weather_;
  const std::string folder_;
  ManualClock clock_;
  SeededIds ids_;
  catalogue::LawInForce law_;
  feed::LayoutsInForce layouts_;
  catalogue::Messages messages_;
  std::map<std::string, std::unique_ptr<storage::Database>> databases_;
  std::map<std::string, std::unique_ptr<SimAuthority>> authorities_;
  std::unique_ptr<LocalRecords> records_;
  std::unique_ptr<intake::MaterialStore> materials_;
  intake::Intake* intake_ = nullptr;
  std::unique_ptr<intake::IntakeNode> intake_node_;
  LocalFiles files_{&intake_};
  MemoryCache cache_;
  std::map<std::string, std::unique_ptr<SimNode>> nodes_;
  std::vector<storage::OutboxRow> late_;
  bool missed_ = false;  // something was lost or a gap was seen: catch up before resting
};

}  // namespace xiufu::simulation
