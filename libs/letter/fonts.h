#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

struct _FcConfig;

namespace xiufu::letter {

inline constexpr char kFontFolder[] = "/usr/share/fonts/opentype/noto";

// The fonts of letters and no others: a letter looks the same on every machine. Loading takes a
// moment, so one is kept for many letters. Thread-safe.
class Fonts {
 public:
  // FAILED_PRECONDITION naming the Debian package when a file is missing.
  static absl::StatusOr<std::shared_ptr<const Fonts>> Load(const std::string& folder = kFontFolder);
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  _FcConfig* config() const { return config_; }

 private:
  explicit Fonts(_FcConfig* config) : config_(config) {}
  _FcConfig* const config_;
};

}  // namespace xiufu::letter
