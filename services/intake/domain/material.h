#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::intake {

// One paper of an application. Its bytes are a blob named by their hash.
struct Material {
  Id id;
  Id application;
  std::string kind;  // catalogue key: "M2"
  std::string file_name;
  std::string media_type;
  int64_t size = 0;
  std::string sha256;  // 32 bytes
  absl::Time created;
};

// The media type that the first bytes of a file say; empty for anything but PDF, JPEG and PNG. 8
// bytes are enough.
absl::string_view MediaTypeOf(absl::string_view beginning);

}  // namespace xiufu::intake
