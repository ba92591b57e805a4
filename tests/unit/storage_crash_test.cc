// Killed at every crash point and at arbitrary moments, and with a disk that fails: what was said
// to be durable is there, nothing is there by half, and what was not said is there in order or not
// at all.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/time/clock.h"
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

struct Ended {
  int status = 0;
  int64_t durable = 0;  // highest number said to be durable
  int64_t refused = 0;  // how many were
};

class CrashTest : public StoreTest {
 protected:
  // Runs the writer with these settings in its environment; when there is a `meanwhile`, kills it
  // after that.
  Ended Run(const std::vector<std::string>& settings, int64_t count,
            const std::function<void()>& meanwhile = nullptr) {
    const std::string said = folder_.FilePath("said");
    const std::string rows = std::to_string(count);
    const std::string store = Path();
    folder_.Remove("said");
    const pid_t child = fork();
    if (child == 0) {
      const int out = open(said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      dup2(out, STDOUT_FILENO);
      dup2(open((said + ".err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
      for (const std::string& setting : settings) putenv(const_cast<char*>(setting.c_str()));
      execl(STORAGE_CRASH_WRITER, "storage_crash_writer", store.c_str(), rows.c_str(), nullptr);
      _exit(127);
    }
    if (meanwhile != nullptr) {
      meanwhile();
      kill(child, SIGKILL);
    }
    Ended ended;
    waitpid(child, &ended.status, 0);
    std::istringstream lines(folder_.Read("said"));
    std::string word;
    int64_t number = 0;
    while (lines >> word >> number) {
      if (word == "durable") {
        EXPECT_EQ(number, ended.durable == 0 ? number : ended.durable + 1) << "answered in order";
        ended.durable = number;
      } else {
        ++ended.refused;
      }
    }
    return ended;
  }
  // Waits for the writer to have said so many bytes, or a word; where it is.
  size_t UntilSaid(size_t bytes) {
    return Until([&] { return folder_.Read("said").size() >= bytes ? bytes : std::string::npos; });
  }
  size_t UntilSaid(const std::string& word, size_t after) {
    return Until([&] { return folder_.Read("said").find(word, after); });
  }
  static size_t Until(const std::function<size_t()>& look) {
    for (const absl::Time limit = absl::Now() + absl::Seconds(60); absl::Now() < limit;) {
      const size_t found = look();
      if (found != std::string::npos) return found;
      absl::SleepFor(absl::Milliseconds(2));
    }
    ADD_FAILURE() << "the writer never came so far";
    return 0;
  }
  std::string Preload() const { return std::string("LD_PRELOAD=") + STORAGE_DISK_FAULTS; }

  // Everything up to some number that is not below `durable`, and nothing else. That number.
  int64_t CheckStore(int64_t durable) {
    Open();
    const int64_t rows = Int("SELECT COUNT(*) FROM thing");
    EXPECT_EQ(Int("SELECT COALESCE(MAX(n), 0) FROM thing"), rows) << "no gaps";
    EXPECT_GE(rows, durable);
    EXPECT_EQ(Int("SELECT COUNT(*) FROM outbox"), rows) << "no row without its event";
    EXPECT_EQ(database_->inbox().Newest("s").seq, rows) << "no row without its mark";
    EXPECT_EQ(Int("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
    Crash();
    return rows;
  }
};

bool Killed(const Ended& ended) {
  return WIFSIGNALED(ended.status) && WTERMSIG(ended.status) == SIGKILL;
}

TEST_F(CrashTest, AtEveryCrashPoint) {
  int64_t before = 0;
  for (const char* point : {"db.in_group", "db.before_commit", "db.after_commit"}) {
    for (int nth : {1, 2, 7}) {
      SCOPED_TRACE(std::string(point) + ":" + std::to_string(nth));
      Ended ended =
          Run({"XIUFU_CRASH_AT=" + std::string(point) + ":" + std::to_string(nth)}, 100'000);
      ASSERT_TRUE(Killed(ended)) << ended.status << folder_.Read("said.err");
      before = CheckStore(std::max(before, ended.durable));
    }
  }
}

TEST_F(CrashTest, BeforeACheckpoint) {
  for (int nth : {1, 2}) {
    Ended ended = Run({"XIUFU_CRASH_AT=db.before_checkpoint:" + std::to_string(nth)}, 20'000);
    ASSERT_TRUE(Killed(ended)) << ended.status;
    EXPECT_GT(ended.durable, 0);
    CheckStore(ended.durable);
  }
}

TEST_F(CrashTest, AtAnyMoment) {
  int64_t before = 0;
  for (size_t bytes : {1, 300, 1000, 1500, 4000, 9001, 20'000, 35'000}) {
    Ended ended = Run({}, 1'000'000, [&] { UntilSaid(bytes); });
    ASSERT_TRUE(Killed(ended)) << ended.status << folder_.Read("said.err");
    EXPECT_GT(ended.durable, before);
    auto opened = TryOpen(OptionsFor(Path()));
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_TRUE((*opened)->unclean_start());
    opened->reset();
    before = CheckStore(ended.durable);
  }
}

// A sanitizer's runtime wants to be the first library; these two need theirs to be.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define XIUFU_NEEDS_PRELOAD GTEST_SKIP() << "not under a sanitizer"
#else
#define XIUFU_NEEDS_PRELOAD
#endif

TEST_F(CrashTest, AFailedFsyncEndsTheProcess) {
  XIUFU_NEEDS_PRELOAD;
  Run({}, 10);  // the store is made: what fails below is a commit's or a checkpoint's
  int ended_by_it = 0;
  for (int nth = 1; nth < 20; ++nth) {
    SCOPED_TRACE(nth);
    Ended ended = Run({Preload(), "XIUFU_FDATASYNC_FAILS_AT=" + std::to_string(nth)}, 3000);
    ASSERT_TRUE(WIFEXITED(ended.status));
    if (WEXITSTATUS(ended.status) == 0) continue;  // fewer groups than that
    const std::string error = folder_.Read("said.err");
    if (ended.durable == 0 && WEXITSTATUS(ended.status) == 2) continue;  // could not even open
    ++ended_by_it;
    EXPECT_EQ(WEXITSTATUS(ended.status), 74) << error;
    EXPECT_NE(error.find("outcome unknown"), std::string::npos) << error;
    EXPECT_EQ(ended.refused, 0) << "nobody is told a lie";
    CheckStore(ended.durable);
  }
  EXPECT_GT(ended_by_it, 8);
}

TEST_F(CrashTest, AFullDiskRefusesUntilThereIsRoomAndNothingIsLost) {
  XIUFU_NEEDS_PRELOAD;
  Run({}, 100);
  Ended ended =
      Run({Preload(), "XIUFU_DISK_FULL_FILE=" + folder_.FilePath("full")}, 1'000'000, [&] {
        UntilSaid(1);
        folder_.Write("full", "");
        const size_t refused = UntilSaid("refused", 0);
        folder_.Remove("full");
        UntilSaid("durable", refused);
      });
  EXPECT_TRUE(Killed(ended)) << folder_.Read("said.err");
  EXPECT_GT(ended.refused, 0);
  CheckStore(ended.durable);
}

}  // namespace
}  // namespace xiufu::storage
