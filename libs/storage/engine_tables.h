#pragma once

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace xiufu::storage {

// The tables that the engine keeps in every store, sorted: what a comparison of domain rows leaves
// out.
absl::Span<const absl::string_view> EngineTables();

}  // namespace xiufu::storage
