#pragma once

#include "services/routing/domain/case_input.h"
#include "services/routing/drivers/proto_fields.h"
#include "xiufu/department/v1/department.pb.h"

namespace xiufu::routing {

SupplementAsked RequestFrom(const department::v1::Answer::SupplementRequested& request);
// One of the kinds that a task has; a mistake stays in `reader`.
Answered AnsweredFrom(const department::v1::Answer& answer, FieldReader& reader);

}  // namespace xiufu::routing
