#include "tests/simulation/sim_world.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/testing/store_digest.h"
#include "services/department_adapter/migrations.h"
#include "services/department_adapter/wiring.h"
#include "services/intake/migrations.h"
#include "services/publication/migrations.h"
#include "services/publication/wiring.h"
#include "services/result_sync/migrations.h"
#include "services/result_sync/wiring.h"
#include "services/routing/migrations.h"
#include "services/routing/wiring.h"

namespace xiufu::simulation {
namespace {

// A Wednesday morning in Dandong, with all of 2026's holidays behind or before it.
const absl::Time kBeginning = absl::FromUnixSeconds(1'781'659'800);
constexpr char kPdf[] = "%PDF-1.4\n%%EOF\n";

template <typename T>
T Must(absl::StatusOr<T> value) {
  if (!value.ok()) {
    fprintf(stderr, "simulation: %s\n", value.status().ToString().c_str());
    abort();
  }
  return *std::move(value);
}

}  // namespace

SimWorld::SimWorld(uint64_t seed, Weather weather, const std::string& folder)
    : random_(seed),
      weather_(weather),
      folder_(folder),
      clock_(kBeginning),
      ids_(seed),
      law_(
          Must(catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", "deploy/authorities"}))),
      layouts_(Must(feed::LayoutBook::Load("deploy/feeds"))),
      messages_(Must(catalogue::Messages::Load("deploy/messages"))) {
  storage::Database* publication = Open("publication", publication::Migrations());
  AddNode(publication::WirePublication(&law_, {absl::Hours(24 * 365), 30}), publication);
  records_ = std::make_unique<LocalRecords>(publication, &registry());
  AddNode(routing::WireRouting(&law_), Open("routing", routing::Migrations()));
  AddNode(result::WireResultSync(), Open("result_sync", result::Migrations()));

  storage::Database* adapter = Open("department_adapter", department::Migrations());
  department::DepartmentAdapterParts adapter_parts{adapter, &clock_, {},
                                                   &files_, &cache_, &messages_};
  for (const catalogue::Authority& authority : registry().all()) {
    authorities_[authority.code] =
        std::make_unique<SimAuthority>(authority.code, &clock_, &random_);
    adapter_parts.connectors[authority.code] = authorities_[authority.code].get();
  }
  AddNode(department::WireDepartmentAdapter(adapter_parts), adapter);

  materials_ = Must(intake::MaterialStore::Open(folder_ + "/materials"));
  intake::IntakeParts intake_parts;
  intake_parts.clock = &clock_;
  intake_parts.ids = &ids_;
  intake_parts.database = Open("intake", intake::Migrations());
  intake_parts.records = records_.get();
  intake_parts.materials = materials_.get();
  intake_parts.law = {&law_, &messages_};
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
  nodes_[name] = std::make_unique<SimNode>(std::move(wiring), database, &clock_, &random_);
}

void SimWorld::Import(const std::string& csv) {
  publication::ServiceParts parts;
  parts.database = databases_.at("publication").get();
  parts.clock = &clock_;
  parts.ids = &ids_;
  parts.law = &law_;
  parts.layouts = &layouts_;
  publication::ImportReport report = Must(publication::ImportFeedInline(parts, csv));
  if (!report.errors.empty()) abort();
}

// Calls a use case and waits for its answer, which comes with the writer's next group.
template <typename Answer, typename Call>
Answer SimWorld::Do(Call call) {
  std::optional<absl::StatusOr<Answer>> answer;
  storage::Database* database = databases_.at("intake").get();
  call(intake::PlainWrite<Answer>(
      database, [&](absl::StatusOr<Answer> given) { answer.emplace(std::move(given)); }));
  while (!answer.has_value() && database->RunPending() > 0) {
  }
  return Must(*std::move(answer));
}

Id SimWorld::Apply(const std::string& uscc) {
  const intake::Call call{"portal", ""};
  intake::CreateCommand create;
  create.subject_uscc = uscc;
  records_->Search({uscc, "", 50, ""}, [&](absl::StatusOr<intake::RecordPage> page) {
    for (const intake::RecordSnapshot& record : Must(std::move(page)).records) {
      create.records.push_back(absl::StrCat("records/", record.record.ToString()));
    }
  });
  create.applicant = {"测试", "0415-2100000", intake::Capacity::kLegalRepresentative};
  create.origin.channel = "simulation";
  auto view = Do<intake::ApplicationView>(
      [&](auto write) { intake_->create_application(call, create, std::move(write)); });
  const std::string name = absl::StrCat("applications/", view.application.id.ToString());
  for (const char* kind : {"M2", "M3"}) {
    const std::string content = absl::StrCat(kPdf, kind);
    intake::UploadCommand upload{name,
                                 kind,
                                 absl::StrCat(kind, ".pdf"),
                                 "application/pdf",
                                 static_cast<int64_t>(content.size()),
                                 HexEncode(Sha256(content))};
    std::unique_ptr<intake::IncomingMaterial> incoming =
        Must(intake_->upload_material.Begin(call, upload));
    if (!incoming->Append(content).ok()) abort();
    Do<intake::Material>([&](auto write) {
      intake_->upload_material.Add(call, std::move(incoming), std::move(write));
    });
  }
  Do<intake::ApplicationView>(
      [&](auto write) { intake_->submit_application(call, name, std::move(write)); });
  return view.application.id;
}

void SimWorld::Supplement(const Id& application, const Id& case_id) {
  const intake::Call call{"portal", ""};
  const std::string name = absl::StrCat("applications/", application.ToString());
  const std::string content = absl::StrCat(kPdf, "more for ", case_id.ToString());
  intake::UploadCommand upload{name,
                               "M3",
                               "缴款凭证.pdf",
                               "application/pdf",
                               static_cast<int64_t>(content.size()),
                               HexEncode(Sha256(content))};
  std::unique_ptr<intake::IncomingMaterial> incoming =
      Must(intake_->upload_material.Begin(call, upload));
  if (!incoming->Append(content).ok()) abort();
  auto material = Do<intake::Material>([&](auto write) {
    intake_->upload_material.Add(call, std::move(incoming), std::move(write));
  });
  intake::SupplementCommand command{name,
                                    absl::StrCat("cases/", case_id.ToString()),
                                    {absl::StrCat("materials/", material.id.ToString())},
                                    "补充缴款凭证"};
  Do<intake::ApplicationView>(
      [&](auto write) { intake_->provide_supplement(call, command, std::move(write)); });
}

bool SimWorld::RunUntilQuiet(absl::Duration limit) {
  const absl::Time end = clock_.Now() + limit;
  while (true) {
    Settle();
    if (missed_ && CatchUpAll()) continue;
    const absl::Time next = NextDue();
    if (next == absl::InfiniteFuture()) return true;
    if (next > end) return OnlyPublicityEnds();
    clock_.AdvanceTo(next);
  }
}

void SimWorld::Settle() {
  bool busy = true;
  while (busy) {
    busy = false;
    for (auto& [name, node] : nodes_) busy |= node->Step();
    busy |= DeliverAll();
    for (auto& [code, authority] : authorities_) {
      busy |= authority->AnswerDue(*databases_.at("department_adapter"));
    }
  }
}

bool SimWorld::DeliverAll() {
  std::vector<storage::OutboxRow> rows = std::exchange(late_, {});
  for (auto& [name, node] : nodes_) {
    for (storage::OutboxRow& row : node->TakeCommitted()) rows.push_back(std::move(row));
  }
  for (storage::OutboxRow& row : rows) {
    std::uniform_real_distribution<double> dice(0, 1);
    if (dice(random_) < weather_.lost) {
      missed_ = true;
      continue;
    }
    if (dice(random_) < weather_.doubled) Send(row);
    if (dice(random_) < weather_.late) {
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

bool SimWorld::CatchUpAll() {
  missed_ = false;
  bool any = false;
  for (auto& [name, consumer] : nodes_) {
    for (auto& [other, producer] : nodes_) {
      if (consumer != producer) consumer->CatchUpWith(*producer);
    }
    any |= consumer->Step();
  }
  return true;
}

absl::Time SimWorld::NextDue() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [name, node] : nodes_) next = std::min(next, node->NextDue());
  for (const auto& [code, authority] : authorities_) next = std::min(next, authority->NextDue());
  return next;
}

bool SimWorld::OnlyPublicityEnds() const {
  absl::Time others = absl::InfiniteFuture();
  for (const auto& [name, node] : nodes_) {
    if (name != "publication") others = std::min(others, node->NextDue());
  }
  for (const auto& [code, authority] : authorities_)
    others = std::min(others, authority->NextDue());
  return others == absl::InfiniteFuture();
}

intake::ApplicationView SimWorld::View(const Id& application) {
  intake::ApplicationView view;
  absl::Status read = databases_.at("intake")->Read([&](storage::Session& session) {
    const intake::Tables& tables = intake_node_->tables();
    view = intake::LoadView(session, tables, *tables.applications->Find(session, application));
    return absl::OkStatus();
  });
  if (!read.ok()) abort();
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
