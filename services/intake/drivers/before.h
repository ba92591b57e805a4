#pragma once

#include "libs/storage/session.h"

namespace xiufu::intake {

// Where a page of what is listed newest first begins; none: no id is above it.
inline storage::Blob OrLast(const Id& before) {
  static constexpr char kLast[] =
      "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
  return {before.IsNone() ? absl::string_view(kLast, Id::kSize) : before.bytes()};
}

}  // namespace xiufu::intake
