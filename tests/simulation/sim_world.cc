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
constexpr char kPdf[] = "%PDF-1.4\n%%EOF\n";
const intake::Call kPortal{"portal", ""};

}  // namespace

SimWorld::SimWorld(const SimSettings& settings)
    : settings_(settings),
      random_(settings.seed),
      weather_(~settings.seed),
      clock_(settings.beginning),
      ids_(settings.seed),
      law_(settings.law->law),
      layouts_(settings.law->layouts) {
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
  AddNode(routing::WireRouting(&law_), Open("routing", routing::Migrations()));
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
  intake_node_ = std::make_unique<intake::IntakeNode>(intake_parts);
  intake_ = &intake_node_->intake();
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

template <typename Answer, typename Call>
absl::StatusOr<Answer> SimWorld::Do(Call call) {
  std::optional<absl::StatusOr<Answer>> answer;
  storage::Database* database = databases_.at("intake").get();
  call(intake::PlainWrite<Answer>(
      database, [&](absl::StatusOr<Answer> given) { answer.emplace(std::move(given)); }));
  while (!answer.has_value() && database->RunPending() > 0) {
  }
  return *std::move(answer);
}

std::vector<intake::Eligibility> SimWorld::Check(const std::string& uscc) {
  std::vector<intake::Eligibility> told;
  intake_->check_eligibility({uscc, {}, ""},
                             [&](absl::StatusOr<std::vector<intake::Eligibility>> eligibilities) {
                               told = Must(std::move(eligibilities));
                             });
  return told;
}

absl::StatusOr<Id> SimWorld::TryApply(const std::string& uscc, const std::vector<Id>& records) {
  intake::CreateCommand create;
  create.subject_uscc = uscc;
  for (const Id& record : records) {
    create.records.push_back(absl::StrCat("records/", record.ToString()));
  }
  create.applicant = {"测试", "0415-2100000", intake::Capacity::kLegalRepresentative};
  create.origin.channel = "simulation";
  absl::StatusOr<intake::ApplicationView> view = Do<intake::ApplicationView>(
      [&](auto write) { intake_->create_application(kPortal, create, std::move(write)); });
  if (!view.ok()) return view.status();
  const std::string name = absl::StrCat("applications/", view->application.id.ToString());
  for (const char* kind : {"M2", "M3"}) {
    if (absl::Status added = AddPaper(name, kind, nullptr); !added.ok()) return added;
  }
  absl::Status submitted = Do<intake::ApplicationView>([&](auto write) {
                             intake_->submit_application(kPortal, name, std::move(write));
                           }).status();
  if (!submitted.ok()) return submitted;
  return view->application.id;
}

Id SimWorld::Apply(const std::string& uscc) {
  std::vector<Id> ids;
  records_->Search({uscc, "", 50, ""}, [&](absl::StatusOr<intake::RecordPage> page) {
    for (const intake::RecordSnapshot& record : Must(std::move(page)).records) {
      ids.push_back(record.record);
    }
  });
  return Must(TryApply(uscc, ids));
}

absl::Status SimWorld::AddPaper(const std::string& application, const char* kind,
                                std::string* material) {
  const std::string content = absl::StrCat(kPdf, kind);
  intake::UploadCommand upload{application,
                               kind,
                               absl::StrCat(kind, ".pdf"),
                               "application/pdf",
                               static_cast<int64_t>(content.size()),
                               HexEncode(Sha256(content))};
  absl::StatusOr<std::unique_ptr<intake::IncomingMaterial>> incoming =
      intake_->upload_material.Begin(kPortal, upload);
  if (!incoming.ok()) return incoming.status();
  if (absl::Status taken = (*incoming)->Append(content); !taken.ok()) return taken;
  absl::StatusOr<intake::Material> added = Do<intake::Material>([&](auto write) {
    intake_->upload_material.Add(kPortal, *std::move(incoming), std::move(write));
  });
  if (added.ok() && material != nullptr) {
    *material = absl::StrCat("materials/", added->id.ToString());
  }
  return added.status();
}

absl::Status SimWorld::TrySupplement(const Id& application, const Id& case_id) {
  intake::SupplementCommand command{absl::StrCat("applications/", application.ToString()),
                                    absl::StrCat("cases/", case_id.ToString()),
                                    {""},
                                    "补充缴款凭证"};
  absl::Status added = AddPaper(command.application, "M3", &command.materials.front());
  if (!added.ok()) return added;
  return Do<intake::ApplicationView>(
             [&](auto write) { intake_->provide_supplement(kPortal, command, std::move(write)); })
      .status();
}

absl::Status SimWorld::TryWithdraw(const Id& application, const std::vector<Id>& cases) {
  intake::WithdrawCommand command{
      absl::StrCat("applications/", application.ToString()), {}, "不再申请"};
  for (const Id& one : cases) command.cases.push_back(absl::StrCat("cases/", one.ToString()));
  return Do<intake::ApplicationView>(
             [&](auto write) { intake_->withdraw_application(kPortal, command, std::move(write)); })
      .status();
}

messaging::Cause SimWorld::CauseAtDesk(const Id& application) {
  const absl::Time now = clock_.Now();
  return {ids_.NewV7(now), now, {1, BucketOf(application)}, ""};
}

absl::Status SimWorld::TryAssign(const Id& application,
                                 const routing::AssignCase::Command& command) {
  return databases_.at("routing")->WriteAndWait([&](storage::Tx& tx) {
    return routing::AssignCaseTo(command, law_, CauseAtDesk(application), tx);
  });
}

absl::Status SimWorld::TryAllow(const Id& application,
                                const routing::AllowSupplement::Command& command) {
  return databases_.at("routing")->WriteAndWait([&](storage::Tx& tx) {
    return routing::AllowSupplementOf(command, law_, CauseAtDesk(application), tx);
  });
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

std::vector<std::string> SimWorld::Complaints() {
  std::vector<std::string> found;
  for (auto& [name, node] : nodes_) {
    for (const auto& [stream, reason] : node->stopped()) {
      found.push_back(absl::StrCat(name, " stopped ", stream, ": ", reason));
    }
    // Named anew: clang captures no structured bindings yet.
    absl::Status read = databases_.at(name)->Read([&, &name = name](storage::Session& session) {
      storage::Database& database = *databases_.at(name);
      storage::Waiting::Counts counts = database.waiting().Count(session);
      if (counts.retry + counts.parked + counts.behind + counts.poison > 0) {
        found.push_back(absl::StrCat(name, ": events wait"));
      }
      const storage::Jobs::Counts jobs = database.jobs().Count(session);
      if (jobs.due + jobs.parked > 0) found.push_back(absl::StrCat(name, ": jobs wait"));
      return absl::OkStatus();
    });
    if (!read.ok()) found.push_back(std::string(read.message()));
  }
  return found;
}

}  // namespace xiufu::simulation
