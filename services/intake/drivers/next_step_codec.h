#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "libs/catalogue/messages.h"
#include "services/intake/app/application_view.h"
#include "services/intake/domain/next_step.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::intake {

v1::NextStep ToProto(const NextStepWords& words);

// What happens next with the application and each of its cases; `proto` is that of the view.
void AddNextSteps(const ApplicationView& view, const catalogue::Messages& messages,
                  v1::Application& proto);

// As one stored value.
std::string EncodeNextStep(const NextStepWords& words);
NextStepWords DecodeNextStep(absl::string_view bytes);

}  // namespace xiufu::intake
