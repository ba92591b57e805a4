#include "tests/simulation/sim_law.h"

#include "absl/strings/str_cat.h"
#include "tests/simulation/must.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::simulation {
namespace {

SimLaw Load(const std::string& catalogue, const std::string& authorities) {
  return {Must(catalogue::LoadLaw({catalogue, "deploy/calendars", authorities})),
          Must(feed::LayoutBook::Load("deploy/feeds")),
          Must(catalogue::Messages::Load("deploy/messages"))};
}

// Of one rule of a file, the first value of this field.
void ReplaceIn(TempFolder& folder, const std::string& file, const std::string& rule,
               const std::string& from, const std::string& to) {
  const std::string text = folder.Read(file);
  const size_t start = text.find(absl::StrCat("id = \"", rule, "\""));
  const size_t at = start == std::string::npos ? start : text.find(from, start);
  if (at == std::string::npos) throw std::runtime_error("not in " + file + ": " + rule);
  folder.Write(file, absl::StrCat(text.substr(0, at), to, text.substr(at + from.size())));
}

SimLaw LoadFull() {
  TempFolder authorities("deploy/authorities");
  for (const char* code : {"agriculture", "fire-rescue", "health"}) {
    authorities.Replace(absl::StrCat(code, ".toml"), "\"RELAYED\"", "\"IN_SUITE\"");
  }
  TempFolder catalogue("deploy/catalogue");
  for (const char* rule : {"N58-PEN", "N58-SAFE"}) {
    ReplaceIn(catalogue, "regime-ndrc-58.toml", rule, "pre_check = \"CITY_CREDIT_CENTRE\"",
              "pre_check = \"CITY_CREDIT_CENTRE\"\nsecond_check = \"PROVINCIAL_CREDIT_CENTRE\"");
  }
  ReplaceIn(catalogue, "regime-ndrc-36.toml", "N36-SER", "pre_check = \"PLATFORM\"",
            "pre_check = \"WINDOW\"");
  return Load(catalogue.path(), authorities.path());
}

}  // namespace

const SimLaw& ShippedLaw() {
  static const auto* const law = new SimLaw{Load("deploy/catalogue", "deploy/authorities")};
  return *law;
}

const SimLaw& FullLaw() {
  static const auto* const law = new SimLaw{LoadFull()};
  return *law;
}

}  // namespace xiufu::simulation
