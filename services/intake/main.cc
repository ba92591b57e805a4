// xiufu-intake: applications, materials and the applicant's view.
//
//   windows ──gRPC──▶ WindowService, AgentService ─▶ Intake (as portals do; never a second way to
//   an application) portal ──gRPC──▶ IntakeService ─▶ Intake ─▶ Database ─▶ outbox ──▶ stream
//   "intake"
//                         │              └──▶ MaterialStore (blobs on disk)
//                         └── asks publication (records)
//   streams "routing", "result" ──▶ CaseProjector ─▶ case views, timeline ──▶ WatchHub ──▶ watchers
//   CaseProjector ─▶ NotificationOutbox ─▶ jobs ─▶ webhooks, short messages, files
//   department adapters ──gRPC──▶ ApplicationFileService, ObjectionFileService
//   upstream doors ──gRPC──▶ FrontDoorService ─▶ jobs ──HTTP──▶ upstream doors
#include <grpcpp/impl/service_type.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/base/interruption.h"
#include "libs/base/random_ids.h"
#include "libs/base/system_clock.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/server.h"
#include "libs/service/host.h"
#include "libs/service/law_keeper.h"
#include "libs/service/service_main.h"
#include "services/intake/app/tell.h"
#include "services/intake/drivers/contact_erasure.h"
#include "services/intake/drivers/file_channel.h"
#include "services/intake/drivers/grpc_document_service.h"
#include "services/intake/drivers/grpc_front_door_service.h"
#include "services/intake/drivers/grpc_intake_service.h"
#include "services/intake/drivers/grpc_notification_service.h"
#include "services/intake/drivers/grpc_objection_service.h"
#include "services/intake/drivers/grpc_rating_service.h"
#include "services/intake/drivers/http_channels.h"
#include "services/intake/drivers/material_sweep.h"
#include "services/intake/drivers/notification_plan.h"
#include "services/intake/drivers/publication_client.h"
#include "services/intake/drivers/rating_reasons.h"
#include "services/intake/drivers/rating_table.h"
#include "services/intake/drivers/repair_notice_service.h"
#include "services/intake/drivers/upstream_client.h"
#include "services/intake/migrations.h"
#include "services/intake/settings.h"
#include "services/intake/wiring.h"

namespace xiufu::intake {
namespace {

constexpr int kWorkerThreads = 2;

// One line a kind of channel.
std::unique_ptr<NotificationChannel> NewChannel(const ChannelSettings& channel, const Clock* clock,
                                                const Interruption* interruption) {
  const HttpChannelOptions http{channel.url, channel.token, interruption};
  switch (channel.entry.kind) {
    case ChannelKind::kWebhook:
      return std::make_unique<WebhookChannel>(http, clock);
    case ChannelKind::kSms:
      return std::make_unique<SmsChannel>(http, clock);
    case ChannelKind::kFile:
      break;
  }
  return std::make_unique<FileChannel>(channel.folder);
}

absl::StatusOr<Notifications> LoadNotifications(const Settings& settings,
                                                const catalogue::Messages& words,
                                                const Clock* clock,
                                                const Interruption* interruption) {
  absl::StatusOr<NotificationPlan> plan = LoadNotificationPlan(settings.notifications, words);
  if (!plan.ok()) return plan.status();
  Notifications notifications{*std::move(plan), {}};
  for (const ChannelSettings& channel : settings.channels) {
    notifications.channels.push_back({channel.entry, NewChannel(channel, clock, interruption)});
  }
  return notifications;
}

absl::Status Run(const std::string& config_path) {
  absl::StatusOr<Settings> settings = LoadSettings(config_path);
  if (!settings.ok()) return settings.status();
  absl::StatusOr<catalogue::Messages> words = LoadWords(*settings);
  if (!words.ok()) return words.status();
  absl::StatusOr<std::string> token = OwnToken(settings->common);
  if (!token.ok()) return token.status();
  absl::StatusOr<std::string> agent_secret = AgentSecret(settings->common);
  if (!agent_secret.ok()) return agent_secret.status();

  const SystemClock clock;
  RandomIds ids;
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(
      {.path = settings->common.store, .service = "intake"}, Migrations(), &clock);
  if (!database.ok()) return database.status();
  absl::StatusOr<std::unique_ptr<service::LawKeeper>> law =
      service::LawKeeper::Open(settings->law, database->get(), &clock);
  if (!law.ok()) return law.status();
  absl::StatusOr<std::unique_ptr<MaterialStore>> materials =
      MaterialStore::Open(settings->materials);
  if (!materials.ok()) return materials.status();
  const std::unique_ptr<RecordSource> publication =
      NewPublicationClient(rpc::NewChannel(settings->publication, *token));

  Interruption interruption;
  std::vector<std::unique_ptr<UpstreamDoor>> upstream;
  std::map<FrontDoor, UpstreamDoor*> returns_to;
  std::map<std::string, FrontDoor> doors;
  for (const UpstreamSettings& one : settings->upstream) {
    upstream.push_back(
        std::make_unique<UpstreamClient>(one.base_url, one.token, &clock, &interruption));
    returns_to[one.door] = upstream.back().get();
    doors[one.principal] = one.door;
  }
  const absl::StatusOr<Notifications> notifications =
      LoadNotifications(*settings, *words, &clock, &interruption);
  if (!notifications.ok()) return notifications.status();
  absl::StatusOr<std::vector<RatingReason>> reasons = LoadRatingReasons(settings->ratings);
  if (!reasons.ok()) return reasons.status();

  const IntakeParts parts{.clock = &clock,
                          .ids = &ids,
                          .database = database->get(),
                          .records = publication.get(),
                          .materials = materials->get(),
                          .law = {&(*law)->law(), &*words},
                          .cell = settings->common.cell,
                          .agent_secret = *agent_secret,
                          .notifications = &*notifications,
                          .doors = returns_to};
  IntakeNode node(parts);
  WorkerPool workers(kWorkerThreads);
  Letters letters(&*words, settings->letter_link);
  const GrpcParts surface{.intake = &node.intake(),
                          .hub = &node.hub(),
                          .workers = &workers,
                          .database = database->get(),
                          .clock = &clock,
                          .page_token_key = rpc::PageTokenKey(*token),
                          .letters = &letters,
                          .law = &(*law)->law()};
  const std::unique_ptr<grpc::Service> intake = NewGrpcIntakeService(surface);
  const std::unique_ptr<grpc::Service> windows = NewGrpcWindowService(surface);
  const std::unique_ptr<grpc::Service> agents = NewGrpcAgentService(surface);
  const std::unique_ptr<RepairableSource> repairable =
      NewRepairableClient(rpc::NewChannel(settings->publication, *token));
  const RepairNoticeCase repair_notice(&clock, parts.law, publication.get());
  const UnappliedRecords unapplied(&clock, parts.law, node.tables().records, database->get(),
                                   repairable.get());
  const std::unique_ptr<grpc::Service> notices =
      NewRepairNoticeService({&repair_notice, &unapplied, &letters, &workers});
  const std::unique_ptr<grpc::Service> files = NewGrpcFileService(&node.intake());
  const std::unique_ptr<grpc::Service> objections = NewGrpcObjectionService(surface, &*words);
  const std::unique_ptr<grpc::Service> objection_files =
      NewGrpcObjectionFileService(&node.intake());
  const RuleShelf rules(&(*law)->law(), database->get());
  const std::unique_ptr<grpc::Service> documents =
      NewGrpcDocumentService({.documents = &node.intake().documents,
                              .rules = &rules,
                              .workers = &workers,
                              .letters = &letters,
                              .progress_link = settings->progress_link});

  const std::unique_ptr<grpc::Service> front_door =
      NewGrpcFrontDoorService({.receive = &node.receive_pushed(),
                               .pushes = &node.pushes(),
                               .applications = node.tables().applications,
                               .database = database->get(),
                               .workers = &workers,
                               .doors = doors,
                               .page_token_key = rpc::PageTokenKey(*token)});

  const std::unique_ptr<grpc::Service> notified = NewGrpcNotificationService(
      {database->get(), &node.notifications(), rpc::PageTokenKey(*token)});
  const SqlRatingTable ratings;
  const RateApplicationCase rate({&clock, &ids, settings->common.cell}, node.tables(), &ratings,
                                 *std::move(reasons));
  const std::unique_ptr<grpc::Service> rated =
      NewGrpcRatingService({database->get(), &clock, &rate, &ratings, rpc::PageTokenKey(*token)});

  service::Host host({.config = settings->common,
                      .database = database->get(),
                      .clock = &clock,
                      .ids = &ids,
                      .wiring = WireIntake(parts, node),
                      .services = {intake.get(), windows.get(), agents.get(), notices.get(),
                                   files.get(), documents.get(), notified.get(), rated.get(),
                                   front_door.get(), objections.get(), objection_files.get()},
                      .on_start =
                          [&] {
                            node.hub().Start();
                            absl::Status armed = ArmContactErasure(**database, clock.Now());
                            return armed.ok() ? ArmMaterialSweep(**database, clock.Now()) : armed;
                          },
                      .on_stop =
                          [&] {
                            interruption.Stop();
                            node.hub().Stop();
                            workers.Stop();
                          },
                      .on_reload = [&] { (*law)->Reload().IgnoreError(); }});
  return host.Run();
}

}  // namespace
}  // namespace xiufu::intake

int main(int argc, char** argv) {
  return xiufu::service::ServiceMain(argc, argv, "xiufu-intake", xiufu::intake::Run);
}
