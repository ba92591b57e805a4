#pragma once

#include "libs/catalogue/messages.h"
#include "services/intake/domain/notice.h"
#include "services/intake/drivers/letters.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::intake {

v1::Notice ToProto(const Notice& notice, const catalogue::Messages& messages);
v1::Letter ToProto(PrintedLetter letter);
// With what to do where something of it is not known.
v1::Notice::HelpWindow ToProto(const NoticeWindow& window, const catalogue::Messages& messages);
v1::Notice::Hotline ToProto(const catalogue::Hotline& hotline);

}  // namespace xiufu::intake
