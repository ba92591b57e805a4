#include "services/routing/drivers/material_list.h"

#include "xiufu/department/v1/events.pb.h"

namespace xiufu::routing {

// Any message with such a list would do as the wrapping.
std::string EncodeMaterials(const MaterialRefs& materials) {
  department::v1::SupplementPassedOn wrapping;
  *wrapping.mutable_materials() = materials;
  return wrapping.SerializeAsString();
}

MaterialRefs DecodeMaterials(absl::string_view bytes) {
  department::v1::SupplementPassedOn wrapping;
  wrapping.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return std::move(*wrapping.mutable_materials());
}

}  // namespace xiufu::routing
