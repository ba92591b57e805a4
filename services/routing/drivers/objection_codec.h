#pragma once

#include <string>
#include <vector>

#include "services/routing/app/objection_ports.h"

namespace xiufu::routing {

inline constexpr char kObjectionFiledType[] = "xiufu.intake.objection_filed.v1";
// INVALID_ARGUMENT for data that is none.
absl::StatusOr<ObjectionFiled> DecodeObjectionFiled(absl::string_view data);

class ProtoObjectionCodec final : public ObjectionCodec {
 public:
  absl::StatusOr<ObjectionInput> Decode(const messaging::Envelope& event) const override;
  // The types that Decode knows.
  static std::vector<std::string> Types();
};

}  // namespace xiufu::routing
