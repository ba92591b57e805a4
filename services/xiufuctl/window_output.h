#pragma once

#include <google/protobuf/message.h>

#include "xiufu/intake/v1/agent.pb.h"
#include "xiufu/intake/v1/window.pb.h"

namespace xiufu::ctl {

// What people read; --json prints the message as protobuf's JSON instead.
void PrintWindow(const intake::v1::ListWindowsResponse& directory);
void PrintWindow(const intake::v1::Application& application);
void PrintWindow(const intake::v1::Filing& filing);
void PrintWindow(const intake::v1::ListFilingsResponse& list);
void PrintWindow(const intake::v1::MaterialPrecheck& precheck);
void PrintWindow(const intake::v1::Consultation& consultation);
void PrintWindow(const intake::v1::ListConsultationsResponse& list);
void PrintWindow(const intake::v1::CountWindowWorkResponse& counts);
void PrintWindow(const intake::v1::HandOver& hand_over);
void PrintWindow(const intake::v1::ListHandOversResponse& list);
void PrintWindow(const intake::v1::PowerOfAttorney& power);
void PrintWindow(const intake::v1::ListAgentsResponse& list);

int PrintWindowJson(const google::protobuf::Message& message);

}  // namespace xiufu::ctl
