#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/messaging/envelope.h"
#include "libs/storage/database.h"
#include "libs/storage/inbox.h"
#include "libs/storage/jobs.h"
#include "libs/storage/outbox.h"
#include "libs/storage/requests.h"
#include "libs/storage/timers.h"
#include "libs/storage/waiting.h"
#include "libs/testing/manual_clock.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::storage {

inline constexpr Migration kThingMigrations[] = {
    {1, "0001_thing", "CREATE TABLE thing (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;"},
};

inline Id TestId(absl::string_view tag, uint64_t n) { return DeriveId(Id(), tag, n, {}); }

// A folder in memory where the machine has one: for the many short lives of a property test.
class MemoryFolder {
 public:
  MemoryFolder()
      : path_((std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp") +
              std::string("/xiufu-test-XXXXXX")) {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("mkdtemp");
  }
  ~MemoryFolder() { std::filesystem::remove_all(path_); }
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A store on disk, run inline unless a test asks for the thread.
class StoreTest : public ::testing::Test {
 protected:
  Database::Options OptionsFor(const std::string& path) const {
    Database::Options options;
    options.path = path;
    options.service = "test";
    options.run_inline = true;
    options.ballast_bytes = 0;
    return options;
  }
  std::string Path(const std::string& name = "store.db") const { return folder_.FilePath(name); }

  absl::StatusOr<std::unique_ptr<Database>> TryOpen(
      const Database::Options& options,
      absl::Span<const Migration> migrations = kThingMigrations) const {
    return Database::Open(options, migrations, &clock_);
  }
  void Open(const Database::Options& options) {
    database_.reset();
    auto opened = TryOpen(options);
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    database_->Start();
  }
  void Open() { Open(OptionsFor(Path())); }
  void Reopen() {
    database_->Stop();
    Open();
  }
  void Crash() { database_.reset(); }

  absl::Status Write(absl::AnyInvocable<absl::Status(Tx&)> fn) {
    return database_->WriteAndWait(std::move(fn));
  }
  void MustWrite(absl::FunctionRef<void(Tx&)> fn) {
    absl::Status status = Write([&](Tx& tx) {
      fn(tx);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
  }
  void MustRead(absl::FunctionRef<void(Session&)> fn) {
    absl::Status status = database_->Read([&](Session& session) {
      fn(session);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
  }
  int64_t Int(const char* sql) {
    int64_t value = -1;
    MustRead([&](Session& session) {
      Query query = session.Sql(sql);
      if (query.Next()) value = query.Int(0);
    });
    return value;
  }

  // An event as a handler makes it.
  static messaging::Envelope NewEvent(const std::string& stream, uint64_t n) {
    messaging::Envelope envelope;
    envelope.id = TestId(stream, n);
    envelope.source = "/xiufu/test";
    envelope.type = "xiufu.test.happened.v1";
    envelope.stream = stream;
    envelope.data = std::string(20, 'x');
    return envelope;
  }
  void AppendEvents(const std::string& stream, uint64_t first, uint64_t last) {
    MustWrite([&](Tx& tx) {
      for (uint64_t n = first; n <= last; ++n) tx.outbox().Append(tx, NewEvent(stream, n));
    });
  }
  std::vector<StreamHead> Heads(const std::vector<std::string>& patterns = {}) {
    std::vector<StreamHead> heads;
    MustRead([&](Session& session) { heads = database_->outbox().Heads(session, patterns); });
    return heads;
  }
  std::vector<OutboxRow> Events(const std::string& stream, int64_t epoch) {
    std::vector<OutboxRow> rows;
    MustRead([&](Session& session) {
      auto read = database_->outbox().ReadFrom(session, stream, epoch, 1, 10'000);
      EXPECT_TRUE(read.ok()) << read.status();
      if (read.ok()) rows = *std::move(read);
    });
    return rows;
  }

  TempFolder folder_;
  mutable ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<Database> database_;
};

// Keeps what commits brought.
class Recorder : public CommitListener {
 public:
  void OnCommitted(Committed& committed) override { all.push_back(std::move(committed)); }
  std::vector<Committed> all;
};

}  // namespace xiufu::storage
