#pragma once

#include "libs/catalogue/messages.h"
#include "services/intake/domain/notice.h"
#include "services/intake/drivers/letters.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::intake {

v1::Notice ToProto(const Notice& notice, const catalogue::Messages& messages);
v1::Letter ToProto(PrintedLetter letter);

}  // namespace xiufu::intake
