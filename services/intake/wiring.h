#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"
#include "services/intake/app/case_projector.h"
#include "services/intake/app/intake.h"
#include "services/intake/app/notification_channel.h"
#include "services/intake/app/receive_pushed.h"
#include "services/intake/app/return_upstream.h"
#include "services/intake/drivers/material_store.h"
#include "services/intake/drivers/notification_table.h"
#include "services/intake/drivers/outbox_announcer.h"
#include "services/intake/drivers/pushed_table.h"
#include "services/intake/drivers/return_table.h"
#include "services/intake/drivers/sql_tables.h"
#include "services/intake/drivers/watch_hub.h"

namespace xiufu::intake {

// What applicants are told without asking, and how.
struct Notifications {
  struct Channel {
    ChannelEntry entry;
    std::unique_ptr<NotificationChannel> channel;
  };
  NotificationPlan plan;
  std::vector<Channel> channels;  // none: nothing is written or sent
};

// What intake is built from. All outlive it.
struct IntakeParts {
  const Clock* clock = nullptr;
  Ids* ids = nullptr;
  storage::Database* database = nullptr;
  RecordSource* records = nullptr;  // publication
  MaterialStore* materials = nullptr;
  LawSource law;
  uint8_t cell = 0;
  std::string agent_secret;                       // hides who an agent is (AgentOfPerson)
  const Notifications* notifications = nullptr;   // nullptr: none
  std::map<FrontDoor, UpstreamDoor*> doors = {};  // where their returns go
};

// Intake, put together: what clients call, who watches, what its streams lead to. With threads and
// gRPC in main.cc, without in the simulation.
class IntakeNode {
 public:
  explicit IntakeNode(const IntakeParts& parts);

  Intake& intake() { return intake_; }
  const Intake& intake() const { return intake_; }
  // Also a CommitListener of the database, added by the constructor: before Database::Start.
  WatchHub& hub() { return hub_; }
  const Tables& tables() const { return tables_; }
  const CaseProjector& projector() const { return projector_; }
  const Announcer& announcer() const { return announcer_; }
  const NotificationTable& notifications() const { return notification_table_; }
  // nullptr where the installation has no channels.
  const NotificationOutbox* outbox() const { return notifications_ ? &*notifications_ : nullptr; }
  const PushTable& pushes() const { return pushes_; }
  const ReceivePushed& receive_pushed() const { return receive_pushed_; }
  const TakeUpPushed& take_up_pushed() const { return take_up_pushed_; }
  const ReturnUpstream& return_upstream() const { return return_upstream_; }
  const TellUpstream& tell_upstream() const { return tell_upstream_; }

 private:
  WatchHub hub_;
  const SqlTables sql_;
  const Tables tables_;
  const OutboxAnnouncer announcer_;
  const SqlNotificationTable notification_table_;
  const std::optional<NotificationOutbox> notifications_;
  const SqlPushTable pushes_;
  const SqlReturnTable returns_;
  const TellUpstream tell_upstream_;
  const CaseProjector projector_;
  Intake intake_;
  const TakeUpPushed take_up_pushed_;
  const ReceivePushed receive_pushed_;
  const ReturnUpstream return_upstream_;
};

// Streams consumed: "routing", "result", "publication". Stream produced: "intake". The node
// outlives the wiring.
service::Wiring WireIntake(const IntakeParts& parts, const IntakeNode& node);

}  // namespace xiufu::intake
