#pragma once

#include "services/intake/app/consultations.h"
#include "services/intake/app/file_at_window.h"
#include "services/intake/app/hand_overs.h"
#include "services/intake/app/precheck_materials.h"
#include "services/intake/app/read_filings.h"
#include "xiufu/intake/v1/window.pb.h"

namespace xiufu::intake {

// As they came, not judged.
FileCommand CommandOf(const v1::FileAtWindowRequest& request);
PrecheckCommand CommandOf(const v1::PrecheckMaterialsRequest& request);
ConsultationCommand CommandOf(const v1::RecordConsultationRequest& request);
HandOverCommand CommandOf(const v1::GiveHandOverRequest& request);
// Of every request that says what a consultation was about.
template <typename Request>
ConsultationLink LinkOf(const Request& request) {
  return {request.subject_uscc(), request.application(), request.case_name()};
}

v1::Filing ToProto(const FilingView& view);
v1::MaterialPrecheck ToProto(const Precheck& precheck);
v1::Consultation ToProto(const Consultation& consultation);
v1::HandOver ToProto(const HandOverView& view);
void Fill(const WindowCounts& counts, v1::CountWindowWorkResponse& response);
void Fill(const catalogue::Catalogue& catalogue, const catalogue::Messages& messages,
          absl::string_view region, v1::ListWindowsResponse& response);

}  // namespace xiufu::intake
