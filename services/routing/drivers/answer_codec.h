#pragma once

#include "services/routing/domain/case_input.h"
#include "services/routing/drivers/proto_fields.h"
#include "xiufu/department/v1/department.pb.h"

namespace xiufu::routing {

// One of the four kinds; a mistake stays in `reader`.
Answered AnsweredFrom(const department::v1::Answer& answer, FieldReader& reader);

}  // namespace xiufu::routing
