// What the store takes: writes of one state row (200 B) and one event (800 B) each, as many waiting
// as a busy service has. Usage: storage_bench FOLDER [WRITES] [IN_FLIGHT]. Prints one JSON object.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "libs/base/random_ids.h"
#include "libs/base/system_clock.h"
#include "libs/storage/database.h"
#include "libs/storage/inbox.h"
#include "libs/storage/outbox.h"

namespace xiufu::storage {
namespace {

constexpr Migration kMigrations[] = {{1, "0001_state",
                                      "CREATE TABLE state (id BLOB PRIMARY KEY, n INTEGER NOT "
                                      "NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID;"}};

// At most so many writes at once; the next one begins when one is answered.
class Window {
 public:
  explicit Window(int64_t size) : free_(size), size_(size) {}
  void Enter() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &Window::HasRoom));
    --free_;
  }
  void Leave() {
    absl::MutexLock lock(&mutex_);
    ++free_;
  }
  void WaitEmpty() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &Window::Empty));
  }

 private:
  bool HasRoom() const { return free_ > 0; }
  bool Empty() const { return free_ == size_; }
  absl::Mutex mutex_;
  int64_t free_;
  const int64_t size_;
};

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int Main(const std::string& folder, int64_t writes, int64_t in_flight) {
  const std::string path = folder + "/storage_bench.db";
  for (const char* suffix : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(path + suffix);
  SystemClock clock;
  RandomIds ids;
  Database::Options options;
  options.path = path;
  options.service = "bench";
  options.ballast_bytes = 0;
  auto opened = Database::Open(options, kMigrations, &clock);
  if (!opened.ok()) {
    fprintf(stderr, "%s\n", opened.status().ToString().c_str());
    return 1;
  }
  Database& database = **opened;
  database.Start();
  const std::string body(200, 'b');
  Window window(in_flight);
  std::vector<int64_t> micros(static_cast<size_t>(writes));
  std::atomic<int64_t> failed{0};
  const double cpu_before = CpuSeconds();
  const absl::Time begin = absl::Now();
  for (int64_t i = 0; i < writes; ++i) {
    window.Enter();
    const absl::Time asked = absl::Now();
    messaging::Envelope event;
    event.id = ids.NewV7(asked);
    event.source = "/xiufu/bench";
    event.type = "xiufu.bench.happened.v1";
    event.stream = "bench";
    event.time = asked;
    event.data = std::string(680, 'x');
    database.Write(
        [&, i, event = std::move(event)](Tx& tx) {
          tx.Run("INSERT INTO state VALUES (?, ?, ?)", event.id, i, Blob{body});
          tx.outbox().Append(tx, event);
          return absl::OkStatus();
        },
        [&, i, asked](const absl::Status& status) {
          if (!status.ok()) ++failed;
          micros[static_cast<size_t>(i)] = absl::ToInt64Microseconds(absl::Now() - asked);
          window.Leave();
        });
  }
  window.WaitEmpty();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  const double cpu = CpuSeconds() - cpu_before;
  const int64_t commits = database.commits();
  database.Stop();
  std::sort(micros.begin(), micros.end());
  printf(
      "{\"writes\": %lld, \"in_flight\": %lld, \"failed\": %lld, \"writes_s\": %.0f, \"commits\": "
      "%lld, "
      "\"p50_us\": %lld, \"p99_us\": %lld, \"cpu_us_per_write\": %.1f}\n",
      static_cast<long long>(writes), static_cast<long long>(in_flight),
      static_cast<long long>(failed.load()), static_cast<double>(writes) / seconds,
      static_cast<long long>(commits), static_cast<long long>(micros[micros.size() / 2]),
      static_cast<long long>(micros[micros.size() * 99 / 100]),
      cpu * 1e6 / static_cast<double>(writes));
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace xiufu::storage

int main(int argc, char** argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: storage_bench FOLDER [WRITES] [IN_FLIGHT]\n");
    return 2;
  }
  return xiufu::storage::Main(argv[1], argc > 2 ? atoll(argv[2]) : 100'000,
                              argc > 3 ? atoll(argv[3]) : 1024);
}
