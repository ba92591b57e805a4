#pragma once

#include "libs/catalogue/messages.h"
#include "services/intake/app/objections.h"
#include "xiufu/intake/v1/objection.pb.h"

namespace xiufu::intake {

ObjectionCommand CommandOf(const v1::CreateObjectionRequest& request);
// As its subject sees it, each step in plain words.
v1::Objection ToProto(const ObjectionView& view, const catalogue::Messages& messages);
v1::ObjectionFile ToFile(const ObjectionView& view);

}  // namespace xiufu::intake
