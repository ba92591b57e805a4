#include "libs/letter/fonts.h"

#include <fontconfig/fontconfig.h>

#include "absl/strings/str_cat.h"

namespace xiufu::letter {
namespace {

constexpr const char* kFiles[] = {"NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc",
                                  "NotoSansCJK-Bold.ttc"};

}  // namespace

absl::StatusOr<std::shared_ptr<const Fonts>> Fonts::Load(const std::string& folder) {
  std::shared_ptr<const Fonts> fonts(new Fonts(FcConfigCreate()));
  for (const char* file : kFiles) {
    const std::string path = absl::StrCat(folder, "/", file);
    const auto* name = reinterpret_cast<const FcChar8*>(path.c_str());
    if (FcConfigAppFontAddFile(fonts->config(), name) != FcTrue) {
      return absl::FailedPreconditionError(
          absl::StrCat("font ", path, " is missing: install the package fonts-noto-cjk"));
    }
  }
  return fonts;
}

Fonts::~Fonts() { FcConfigDestroy(config_); }

}  // namespace xiufu::letter
