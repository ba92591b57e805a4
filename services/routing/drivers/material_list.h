#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "xiufu/common/v1/common.pb.h"

namespace xiufu::routing {

using MaterialRefs = google::protobuf::RepeatedPtrField<common::v1::MaterialRef>;

// References to papers as one string: routing passes them on and looks into none.
std::string EncodeMaterials(const MaterialRefs& materials);
// Of what EncodeMaterials gave.
MaterialRefs DecodeMaterials(absl::string_view bytes);

}  // namespace xiufu::routing
