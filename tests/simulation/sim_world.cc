#include "tests/simulation/sim_world.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/testing/store_digest.h"
#include "services/department_adapter/migrations.h"
#include "services/department_adapter/wiring.h"
#include "services/intake/migrations.h"
#include "services/publication/migrations.h"
#include "services/result_sync/migrations.h"
#include "services/result_sync/wiring.h"
#include "services/routing/migrations.h"

namespace xiufu::simulation {
namespace {

// A Wednesday morning in Dandong, with all of 2026's holidays behind or before it.
const absl::Time kBeginning = absl::FromUnixSeconds(1'781'659'800);

}  // namespace

SimWorld::SimWorld(const SimSettings& settings)
    : settings_(settings),
      random_(settings.seed),
      weather_(~settings.seed),
      clock_(settings.beginning),
      ids_(settings.seed),
      law_(settings.law->law),
      layouts_(settings.law->layouts),
      door_(settings.seed ^ 0xd00, settings.returns_lost_in) {
  WireServices();
}

SimWorld::SimWorld(uint64_t seed, Weather weather, const std::string& folder)
    : SimWorld({seed, weather, folder, kBeginning, &ShippedLaw(),
                [this](const catalogue::Authority& authority, const Clock* clock) {
                  return std::make_unique<SimAuthority>(authority.code, clock, &random_);
                }}) {}

void SimWorld::WireServices() {
  storage::Database* publication = Open("publication", publication::Migrations());
  AddNode(publication::WirePublication(&law_, {absl::Hours(24 * 365), 30}), publication);
  records_ = std::make_unique<LocalRecords>(publication, &registry());
  storage::Database* routing = Open("routing", routing::Migrations());
  AddNode(routing::WireRouting(&law_), routing);
  desk_ = std::make_unique<Desk>(routing, &law_, &clock_, &ids_);
  AddNode(result::WireResultSync(), Open("result_sync", result::Migrations()));

  storage::Database* adapter = Open("department_adapter", department::Migrations());
  department::DepartmentAdapterParts adapter_parts{adapter, &clock_, {},
                                                   &files_, &cache_, &settings_.law->messages};
  for (const catalogue::Authority& authority : registry().all()) {
    systems_[authority.code] = settings_.system(authority, &clock_);
    adapter_parts.connectors[authority.code] = systems_[authority.code].get();
  }
  AddNode(department::WireDepartmentAdapter(adapter_parts), adapter);

  materials_ = Must(intake::MaterialStore::Open(settings_.folder + "/materials"));
  intake::IntakeParts intake_parts;
  intake_parts.clock = &clock_;
  intake_parts.ids = &ids_;
  intake_parts.database = Open("intake", intake::Migrations());
  intake_parts.records = records_.get();
  intake_parts.materials = materials_.get();
  intake_parts.law = {&law_, &settings_.law->messages};
  intake_parts.cell = 1;
  intake_parts.doors = {{intake::FrontDoor::kCreditChina, &door_}};
  intake_node_ = std::make_unique<intake::IntakeNode>(intake_parts);
  intake_ = &intake_node_->intake();
  applicant_ = std::make_unique<Applicant>(intake_, records_.get(), intake_parts.database);
  door_.Connect(intake_node_.get(), intake_parts.database);
  AddNode(intake::WireIntake(intake_parts, *intake_node_), intake_parts.database);
  for (auto& [name, database] : databases_) database->Start();
}

SimWorld::~SimWorld() {
  for (auto& [name, database] : databases_) database->Stop();
}

storage::Database* SimWorld::Open(const std::string& service,
                                  absl::Span<const storage::Migration> steps) {
  storage::Database::Options options;
  options.path = ":memory:";
  options.service = service;
  options.run_inline = true;
  databases_[service] = Must(storage::Database::Open(options, steps, &clock_));
  return databases_[service].get();
}

void SimWorld::AddNode(service::Wiring wiring, storage::Database* database) {
  const std::string name = wiring.service;
  nodes_[name] = std::make_unique<SimNode>(std::move(wiring), database, &clock_);
}

void SimWorld::Import(const std::string& csv) {
  if (!ImportAsItIs(csv).errors.empty()) abort();
}

publication::ImportReport SimWorld::ImportAsItIs(const std::string& csv) {
  publication::ServiceParts parts;
  parts.database = databases_.at("publication").get();
  parts.clock = &clock_;
  parts.ids = &ids_;
  parts.law = &law_;
  parts.layouts = &layouts_;
  return Must(publication::ImportFeedInline(parts, csv));
}

bool SimWorld::RunUntilQuiet(absl::Duration limit) {
  const absl::Time end = clock_.Now() + limit;
  while (true) {
    Settle();
    const absl::Time next = NextDue();
    if (next == absl::InfiniteFuture()) return true;
    if (next > end) return OnlyTimersLeft();
    clock_.AdvanceTo(next);
  }
}

void SimWorld::RunUntil(absl::Time time) {
  while (true) {
    Settle();
    const absl::Time next = NextDue();
    if (next > time) break;
    clock_.AdvanceTo(next);
  }
  clock_.AdvanceTo(time);
  Settle();
}

void SimWorld::Settle() {
  SettleWhatCame();
  while (missed_) {
    CatchUpAll();
    SettleWhatCame();
  }
}

void SimWorld::SettleWhatCame() {
  bool busy = true;
  while (busy) {
    busy = false;
    for (auto& [name, node] : nodes_) busy |= node->Step();
    busy |= DeliverAll();
    for (auto& [code, system] : systems_) {
      busy |= system->AnswerDue(*databases_.at("department_adapter"));
    }
  }
}

void SimWorld::WorkOne(Random& random) {
  const size_t part = random() % (nodes_.size() + 2);
  if (part < nodes_.size()) {
    std::next(nodes_.begin(), static_cast<int>(part))->second->Step();
  } else if (part == nodes_.size()) {
    DeliverAll();
  } else {
    auto system = std::next(systems_.begin(), static_cast<int>(random() % systems_.size()));
    system->second->AnswerDue(*databases_.at("department_adapter"));
  }
}

bool SimWorld::DeliverAll() {
  std::vector<storage::OutboxRow> rows = std::exchange(late_, {});
  for (auto& [name, node] : nodes_) {
    for (storage::OutboxRow& row : node->TakeCommitted()) rows.push_back(std::move(row));
  }
  for (storage::OutboxRow& row : rows) {
    std::uniform_real_distribution<double> dice(0, 1);
    if (dice(weather_) < settings_.weather.lost) {
      missed_ = true;
      continue;
    }
    if (dice(weather_) < settings_.weather.doubled) Send(row);
    if (dice(weather_) < settings_.weather.late) {
      late_.push_back(std::move(row));
    } else {
      Send(row);
    }
  }
  for (auto& [name, node] : nodes_) missed_ |= node->TakeGap();
  return !rows.empty();
}

void SimWorld::Send(const storage::OutboxRow& row) {
  for (auto& [name, node] : nodes_) node->Deliver(row);
}

void SimWorld::CatchUpAll() {
  missed_ = false;
  for (auto& [name, consumer] : nodes_) {
    for (auto& [other, producer] : nodes_) {
      if (consumer != producer) consumer->CatchUpWith(*producer);
    }
    consumer->Step();
  }
}

absl::Time SimWorld::NextDue() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [name, node] : nodes_) next = std::min(next, node->NextDue());
  for (const auto& [code, system] : systems_) next = std::min(next, system->NextDue());
  return next;
}

// Publicity ends by itself, in years; and those who are reminded of it.
bool SimWorld::OnlyTimersLeft() const {
  absl::Time others = absl::InfiniteFuture();
  for (const auto& [name, node] : nodes_) {
    if (name != "publication") others = std::min(others, node->NextDue());
  }
  for (const auto& [code, system] : systems_) others = std::min(others, system->NextDue());
  return others == absl::InfiniteFuture();
}

void SimWorld::Read(const std::string& service, absl::FunctionRef<void(storage::Session&)> fn) {
  Must(databases_.at(service)->Read([&](storage::Session& session) {
    fn(session);
    return session.status();
  }));
}

intake::ApplicationView SimWorld::View(const Id& application) {
  intake::ApplicationView view;
  Read("intake", [&](storage::Session& session) {
    const intake::Tables& tables = intake_node_->tables();
    view = intake::LoadView(session, tables, *tables.applications->Find(session, application));
  });
  return view;
}

std::map<std::string, std::string> SimWorld::Digests() {
  std::map<std::string, std::string> digests;
  for (auto& [name, database] : databases_) {
    digests[name] = Must(testing::StoreDigest(*database));
  }
  return digests;
}

std::vector<std::string> SimWorld::EventsThatWait() {
  std::vector<std::string> found;
  for (auto& [name, node] : nodes_) {
    for (const auto& [stream, reason] : node->stopped()) {
      found.push_back(absl::StrCat(name, " stopped ", stream, ": ", reason));
    }
    // Named anew: clang captures no structured bindings yet.
    Read(name, [&, &name = name](storage::Session& session) {
      const storage::Waiting::Counts counts = databases_.at(name)->waiting().Count(session);
      if (counts.retry + counts.parked + counts.behind + counts.poison == 0) return;
      storage::Query first = session.Sql("SELECT reason FROM waiting ORDER BY id LIMIT 1");
      found.push_back(absl::StrCat(name, ": events wait: ", first.Next() ? first.Text(0) : ""));
    });
  }
  return found;
}

std::vector<std::string> SimWorld::Complaints() {
  std::vector<std::string> found = EventsThatWait();
  for (auto& [name, node] : nodes_) {
    Read(name, [&, &name = name](storage::Session& session) {
      const storage::Jobs::Counts jobs = databases_.at(name)->jobs().Count(session);
      if (jobs.due + jobs.parked > 0) found.push_back(absl::StrCat(name, ": jobs wait"));
    });
  }
  return found;
}

}  // namespace xiufu::simulation
