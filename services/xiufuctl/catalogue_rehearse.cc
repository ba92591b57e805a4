#include "services/xiufuctl/catalogue_rehearse.h"

#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/system_clock.h"
#include "services/xiufuctl/command.h"
#include "services/xiufuctl/deploy_folder.h"
#include "services/xiufuctl/rehearsal.h"
#include "services/xiufuctl/rehearsal_output.h"
#include "services/xiufuctl/store_contents.h"

namespace xiufu::ctl {
namespace {

int RehearsalFailed(const absl::Status& status) {
  std::cerr << status.message() << '\n';
  for (const Violation& violation : ViolationsOf(status)) {
    std::cerr << "  " << violation.field << ": " << violation.description << '\n';
  }
  return kExitFailed;
}

// Each folder as it was given, else the one in deploy.
absl::StatusOr<catalogue::LawSnapshot> LoadLawFrom(const std::string& rules,
                                                   const std::string& calendars,
                                                   const std::string& authorities) {
  catalogue::LawFolders folders;
  for (const auto& [given, name, folder] :
       {std::tuple(&rules, "catalogue", &folders.catalogue),
        std::tuple(&calendars, "calendars", &folders.calendars),
        std::tuple(&authorities, "authorities", &folders.authorities)}) {
    absl::StatusOr<std::string> found = DataFolder(*given, name);
    if (!found.ok()) return found.status();
    *folder = *std::move(found);
  }
  return catalogue::LoadLaw(folders);
}

absl::StatusOr<RehearsalLaws> LawsOf(const Arguments& args, std::optional<absl::CivilDay> on) {
  RehearsalLaws laws;
  laws.today = on.value_or(LegalDay(SystemClock().Now()));
  laws.on = on;
  absl::StatusOr<catalogue::LawSnapshot> next =
      LoadLawFrom(args.word(1), args.Value("calendars"), args.Value("authorities"));
  if (!next.ok()) return next.status();
  absl::StatusOr<catalogue::LawSnapshot> now = LoadLawFrom(args.Value("old"), "", "");
  if (!now.ok()) return now.status();
  laws.next = *std::move(next);
  laws.now = *std::move(now);
  return laws;
}

}  // namespace

int RehearseCatalogue(const Arguments& args, std::optional<absl::CivilDay> on) {
  const absl::StatusOr<RehearsalLaws> laws = LawsOf(args, on);
  if (!laws.ok()) return RehearsalFailed(laws.status());
  const absl::StatusOr<StoreContents> contents = ReadStores(args.Values("against"));
  if (!contents.ok()) return RehearsalFailed(contents.status());
  const Rehearsal rehearsal = Rehearse(*contents, *laws);
  std::cout << (args.Has("json") ? RehearsalJson : RehearsalText)(rehearsal, *laws) << std::flush;
  return std::cout ? kExitOk : kExitFailed;
}

}  // namespace xiufu::ctl
