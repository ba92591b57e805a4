#pragma once

#include "services/intake/app/application_file.h"
#include "services/intake/app/application_view.h"
#include "services/intake/domain/eligibility.h"
#include "services/intake/domain/timeline.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::intake {

// What clients get.
v1::Application ToProto(const ApplicationView& view);
v1::Material ToProto(const Material& material);
v1::TimelineEntry ToProto(const TimelineEntry& entry);
v1::Eligibility ToProto(const Eligibility& eligibility);
v1::Eligibility::Verdict ToProto(catalogue::Verdict verdict);
v1::Record ToRecord(const RecordSnapshot& snapshot);
v1::ApplicationFile ToProto(const ApplicationFile& file);

}  // namespace xiufu::intake
