// simulate_year: a year of applications against authorities with characters, on a virtual clock.
// Run from the top of the tree; scripts/simulate builds and runs it.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "tests/simulation/year/year_report.h"

ABSL_FLAG(int, year, 2026, "the year; its calendar must be in deploy/calendars");
ABSL_FLAG(int, applications, 10000, "how many");
ABSL_FLAG(uint64_t, seed, 1, "everything follows from it");
ABSL_FLAG(bool, json, false, "the outcome as JSON on the last line");

namespace {

// Papers are files: in memory where the system has such a folder.
std::string PapersFolder() {
  const std::filesystem::path memory = "/dev/shm";
  const bool has = std::filesystem::is_directory(memory);
  std::string pattern =
      ((has ? memory : std::filesystem::temp_directory_path()) / "xiufu-year-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    perror("mkdtemp");
    exit(1);
  }
  return pattern;
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "simulate_year [--year 2026] [--applications 10000] [--seed 1] [--json]");
  if (absl::ParseCommandLine(argc, argv).size() > 1) {
    fprintf(stderr, "多余的参数 / no other arguments are taken\n");
    return 2;
  }
  xiufu::simulation::YearSettings settings;
  settings.year = absl::GetFlag(FLAGS_year);
  settings.applications = absl::GetFlag(FLAGS_applications);
  settings.seed = absl::GetFlag(FLAGS_seed);
  if (settings.applications < 1 || settings.applications > 99999) {
    fprintf(stderr, "--applications: 1 .. 99999\n");
    return 2;
  }
  settings.folder = PapersFolder();
  const xiufu::simulation::YearOutcome outcome = SimulateYear(settings, true);
  std::filesystem::remove_all(settings.folder);
  fputs(Describe(settings, outcome).c_str(), stdout);
  if (absl::GetFlag(FLAGS_json)) puts(ToJson(outcome).c_str());
  return outcome.Good() && outcome.acts.applications == settings.applications ? 0 : 1;
}
