#pragma once

#include "services/intake/domain/create_application.h"
#include "services/intake/domain/inquiry.h"
#include "services/intake/domain/provide_supplement.h"
#include "services/intake/domain/upload_material.h"
#include "services/intake/domain/withdraw_application.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::intake {

// Requests as plain commands, not judged.
// Unspecified: as each record has it. What is no basis becomes one that no applicant names.
ChosenBasis BasisOf(v1::RepairBasis basis);
CreateCommand CommandOf(const v1::CreateApplicationRequest& request);
// Of every request that asks about records of a subject on a day.
template <typename Request>
InquiryCommand InquiryOf(const Request& request) {
  return {request.uscc(),
          {request.records().begin(), request.records().end()},
          request.on_date(),
          BasisOf(request.basis())};
}
UploadCommand CommandOf(const v1::UploadMaterialRequest::Header& header);
SupplementCommand CommandOf(const v1::ProvideSupplementRequest& request);
WithdrawCommand CommandOf(const v1::WithdrawApplicationRequest& request);

}  // namespace xiufu::intake
