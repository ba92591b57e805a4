// A program for storage_crash_test: writes numbered rows, each with an event and a mark, and says
// on stdout which are durable, until it is killed or has written `count`. Usage:
// storage_crash_writer STORE COUNT
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "libs/base/system_clock.h"
#include "libs/storage/database.h"
#include "libs/storage/inbox.h"
#include "libs/storage/outbox.h"

namespace xiufu::storage {
namespace {

constexpr Migration kMigrations[] = {
    {1, "0001_thing", "CREATE TABLE thing (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;"}};

Id NumberedId(int64_t n) { return DeriveId(Id(), "event", static_cast<uint64_t>(n), {}); }

void Say(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(3);
}

messaging::Envelope Event(int64_t n) {
  messaging::Envelope event;
  event.id = NumberedId(n);
  event.type = "t";
  event.stream = "s";
  event.data = std::string(600, 'x');
  return event;
}

// The number of the row that it wrote.
absl::Status WriteNext(Tx& tx, int64_t* n) {
  {
    Query last = tx.Sql("SELECT MAX(rowid) FROM thing");
    *n = last.Next() ? last.Int(0) + 1 : 0;
  }
  messaging::Envelope taken = Event(*n);
  taken.epoch = 1;
  taken.seq = *n;
  if (*n > 1) taken.previous_id = NumberedId(*n - 1);
  if (tx.inbox().TryClaim(tx, taken, absl::UnixEpoch()) != Claim::kNew) {
    return absl::InternalError("not new");
  }
  tx.Run("INSERT INTO thing VALUES (?, ?)", std::to_string(*n), *n);
  tx.outbox().Append(tx, Event(*n));
  return absl::OkStatus();
}

int Main(const std::string& path, int64_t count) {
  Database::Options options;
  options.path = path;
  options.service = "test";
  options.ballast_bytes = 0;
  SystemClock clock;
  auto database = Database::Open(options, kMigrations, &clock);
  if (!database.ok()) {
    fprintf(stderr, "%s\n", database.status().ToString().c_str());
    return 2;
  }
  (*database)->Start();
  for (int64_t i = 0; i < count; ++i) {
    auto n = std::make_shared<int64_t>(0);
    (*database)->Write([n](Tx& tx) { return WriteNext(tx, n.get()); },
                       [n](const absl::Status& status) {
                         Say((status.ok() ? "durable " : "refused ") + std::to_string(*n) + "\n");
                       });
    if (i % 20 == 0) usleep(500);  // so that there are many groups
  }
  (*database)->Stop();
  return 0;
}

}  // namespace
}  // namespace xiufu::storage

int main(int argc, char** argv) {
  if (argc != 3) return 1;
  return xiufu::storage::Main(argv[1], atoll(argv[2]));
}
