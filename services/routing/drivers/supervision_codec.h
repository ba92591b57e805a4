#pragma once

#include "libs/catalogue/law.h"
#include "services/routing/app/supervision_ports.h"
#include "services/routing/drivers/supervision_list.h"
#include "xiufu/routing/v1/supervision.pb.h"

namespace xiufu::routing {

// What supervisors look at, as xiufu/routing/v1/supervision.proto has it.
void Put(const ClockRow& row, v1::Clock* proto);
void Put(const OverdueRow& row, v1::Overdue* proto);
void Put(const ReminderRow& row, v1::Reminder* proto);
// `authorities` name whom it was brought before.
void Put(const EscalationRow& row, const catalogue::AuthorityRegistry& authorities,
         v1::Escalation* proto);
// `light`: of the reply.
void Put(const SupervisionOrder& order, Light light, v1::SupervisionOrder* proto);
void Put(const catalogue::Authority& authority, const AuthorityCounts& counts,
         v1::AuthorityFigures* proto);

// The light of an order's reply: after it came, as it was then.
Light ReplyLight(const SupervisionOrder& order, const catalogue::Law& law, absl::Time now);

}  // namespace xiufu::routing
