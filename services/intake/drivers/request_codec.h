#pragma once

#include "services/intake/domain/create_application.h"
#include "services/intake/domain/provide_supplement.h"
#include "services/intake/domain/upload_material.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::intake {

// Requests as plain commands, not judged.
CreateCommand CommandOf(const v1::CreateApplicationRequest& request);
UploadCommand CommandOf(const v1::UploadMaterialRequest::Header& header);
SupplementCommand CommandOf(const v1::ProvideSupplementRequest& request);

}  // namespace xiufu::intake
