// Drives the chain or the floor: xiufu-load --target=chain|floor --address=H:P --store=FILE
// --count=N --window=N
//   --lonely=N [--token_file=F --subjects=FILE]. Prints one JSON object.
#include <cstdio>
#include <fstream>
#include <memory>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_format.h"
#include "libs/service/config.h"
#include "tests/bench/load/chain_target.h"
#include "tests/bench/load/floor_target.h"
#include "tests/bench/load/run.h"

ABSL_FLAG(std::string, target, "chain", "chain or floor");
ABSL_FLAG(std::string, address, "", "gRPC address of the entrance");
ABSL_FLAG(std::string, store, "", "the entrance's store, read to see ends");
ABSL_FLAG(std::string, token_file, "", "portal's token (chain)");
ABSL_FLAG(std::string, subjects, "", "file with one USCC a line (chain)");
ABSL_FLAG(size_t, count, 10000, "applications in the closed loop");
ABSL_FLAG(size_t, window, 2000, "of them under way at a time");
ABSL_FLAG(size_t, lonely, 200, "applications one at a time, before the loop");

namespace xiufu::bench {
namespace {

absl::StatusOr<std::unique_ptr<Target>> MakeTarget() {
  if (absl::GetFlag(FLAGS_target) == "floor") {
    return std::make_unique<FloorTarget>(absl::GetFlag(FLAGS_address));
  }
  absl::StatusOr<std::string> token = service::ReadSecretFile(absl::GetFlag(FLAGS_token_file));
  if (!token.ok()) return token.status();
  ChainTarget::Options options;
  options.address = absl::GetFlag(FLAGS_address);
  options.token = *token;
  options.material_kinds = {"M2", "M3"};
  std::ifstream file(absl::GetFlag(FLAGS_subjects));
  for (std::string line; std::getline(file, line);) options.subjects.push_back(line);
  return std::make_unique<ChainTarget>(std::move(options));
}

absl::Status Run() {
  absl::StatusOr<std::unique_ptr<Target>> target = MakeTarget();
  if (!target.ok()) return target.status();
  const size_t lonely = absl::GetFlag(FLAGS_lonely);
  const size_t count = absl::GetFlag(FLAGS_count);
  const std::string store = absl::GetFlag(FLAGS_store);
  absl::Status prepared = (*target)->Prepare(lonely + count);
  if (!prepared.ok()) return prepared;
  // The script samples CPU and counters from here on.
  printf("prepared\n");
  fflush(stdout);
  absl::StatusOr<double> lonely_ms = 0.0;
  if (lonely > 0) lonely_ms = RunLonely(**target, store, 0, lonely);
  if (!lonely_ms.ok()) return lonely_ms.status();
  printf("lonely\n");
  fflush(stdout);
  absl::StatusOr<Throughput> loop =
      RunWindow(**target, store, lonely, count, absl::GetFlag(FLAGS_window));
  if (!loop.ok()) return loop.status();
  absl::PrintF(
      "{\"apps_s\": %.1f, \"seconds\": %.3f, \"p50_ms\": %.1f, \"p99_ms\": %.1f,"
      " \"lonely_ms\": %.2f}\n",
      loop->per_second, loop->seconds, loop->p50_ms, loop->p99_ms, *lonely_ms);
  return absl::OkStatus();
}

}  // namespace
}  // namespace xiufu::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  absl::Status status = xiufu::bench::Run();
  if (!status.ok()) fprintf(stderr, "load: %s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
