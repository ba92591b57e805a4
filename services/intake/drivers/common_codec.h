#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/material.h"
#include "services/intake/domain/record.h"
#include "xiufu/common/v1/common.pb.h"

namespace xiufu::intake {

// Between the plain structs and xiufu.common.v1. What comes from outside may be anything, hence
// StatusOr.

common::v1::Authority ToProto(const Authority& authority);
Authority FromProto(const common::v1::Authority& proto);

common::v1::RuleRef ToProto(const RuleRef& rule);
RuleRef FromProto(const common::v1::RuleRef& proto);

common::v1::RecordSnapshot ToProto(const RecordSnapshot& record);
// INVALID_ARGUMENT for a bad id or date.
absl::StatusOr<RecordSnapshot> FromProto(const common::v1::RecordSnapshot& proto);

google::protobuf::Timestamp TimestampOf(absl::Time time);
// InfiniteFuture for what is no valid time.
absl::Time TimeOf(const google::protobuf::Timestamp& proto);

common::v1::MaterialRef ToMaterialRef(const Material& material);

std::string BytesOf(const Id& id);

}  // namespace xiufu::intake
