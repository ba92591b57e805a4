#include "libs/storage/writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "libs/storage/end_process.h"
#include "libs/storage/sqlite_status.h"
#include "libs/storage/store_file.h"

namespace xiufu::storage {
namespace {

constexpr absl::Duration kProbeEvery = absl::Seconds(1);
constexpr absl::Duration kIdleBeforeCheckpoint = absl::Milliseconds(500);

// A real allocation and a real fsync: 64 KiB come, and go to the free list.
constexpr char kProbeSql[] =
    "BEGIN IMMEDIATE;"
    "INSERT INTO meta (name, value) VALUES ('probe', zeroblob(65536))"
    " ON CONFLICT DO UPDATE SET value = excluded.value;"
    "COMMIT;"
    "UPDATE meta SET value = NULL WHERE name = 'probe';";

absl::Status Stopped() { return absl::UnavailableError("the store is stopped"); }

}  // namespace

Writer::Writer(Options options, Connection* connection, Engine* engine, const Clock* clock)
    : options_(std::move(options)),
      connection_(connection),
      engine_(engine),
      clock_(clock),
      queue_(options_.max_waiting),
      commit_(connection, engine, clock, options_.path),
      checkpointer_(connection, options_.path),
      ballast_(options_.path + ".ballast", options_.ballast_bytes) {
  ballast_
      .Take();  // without it the disk is nearly full already, which is for the monitoring to say
}

Writer::~Writer() {
  abandon_ = true;
  queue_.Close();
  if (thread_.joinable()) thread_.join();
  WriteQueue::Taken rest = queue_.Take(absl::ZeroDuration());
  std::move(rest.waiting.begin(), rest.waiting.end(), std::back_inserter(backlog_));
  std::move(rest.refused.begin(), rest.refused.end(), std::back_inserter(backlog_));
  for (WriteQueue::Entry& entry : backlog_) entry.unit->Settled(Stopped());
}

void Writer::Push(WriteQueue::Entry entry) {
  if (!queue_.Push(entry)) entry.unit->Settled(Stopped());
}

void Writer::StartThread() {
  has_thread_ = true;
  thread_ = std::thread([this] { Loop(); });
}

bool Writer::IsHere() const {
  return running_ || (thread_.joinable() && thread_.get_id() == std::this_thread::get_id());
}

void Writer::Loop() {
  while (!abandon_) {
    WriteQueue::Taken taken = queue_.Take(backlog_.empty() ? IdleTime() : absl::ZeroDuration());
    const bool nothing = taken.waiting.empty() && taken.refused.empty() && backlog_.empty();
    if (nothing && taken.closed) return;
    if (nothing && !disk_full_) checkpointer_.Idle();
    ProbeWhenDue();
    TakeOver(std::move(taken));
    if (!backlog_.empty()) RunGroup();
  }
}

size_t Writer::RunOnce() {
  if (running_) return 0;
  running_ = true;
  ProbeWhenDue();
  WriteQueue::Taken taken = queue_.Take(absl::ZeroDuration());
  const size_t count = taken.waiting.size() + taken.refused.size();
  TakeOver(std::move(taken));
  while (!backlog_.empty()) RunGroup();
  running_ = false;
  return count;
}

void Writer::TakeOver(WriteQueue::Taken taken) {
  for (WriteQueue::Entry& entry : taken.refused) {
    entry.unit->Settled(absl::ResourceExhaustedError("too many writes are waiting"));
  }
  std::move(taken.waiting.begin(), taken.waiting.end(), std::back_inserter(backlog_));
}

void Writer::RunGroup() {
  std::vector<WriteQueue::Entry> group = NextGroup();
  const size_t size = group.size();
  if (disk_full_) {
    RefuseAll(std::move(group));
  } else if (commit_.Run(std::move(group))) {
    checkpointer_.AfterCommit();
  } else {
    OnDiskFailure();
  }
  queue_.Answered(size);
}

// As many as fit; a unit that would take the group past its weight begins the next one.
std::vector<WriteQueue::Entry> Writer::NextGroup() {
  std::vector<WriteQueue::Entry> group;
  size_t weight = 0;
  while (!backlog_.empty()) {
    const size_t more = backlog_.front().unit->Weight();
    const bool full =
        weight >= options_.max_group_weight || more > options_.max_group_weight - weight;
    if (!group.empty() && full) break;
    weight += more;
    group.push_back(std::move(backlog_.front()));
    backlog_.pop_front();
  }
  return group;
}

// A client is told to come again later; a delivery is held by its owner.
void Writer::RefuseAll(std::vector<WriteQueue::Entry> entries) {
  static constexpr char kWhy[] = "the store's disk is full or failing";
  for (WriteQueue::Entry& entry : entries) {
    entry.unit->Settled(entry.may_be_refused ? absl::ResourceExhaustedError(kWhy)
                                             : absl::UnavailableError(kWhy));
  }
}

void Writer::OnDiskFailure() {
  disk_full_ = true;
  next_probe_ = clock_->Monotonic() + kProbeEvery;
  ballast_.GiveUp();
  checkpointer_.Truncate();
}

void Writer::ProbeWhenDue() {
  if (!disk_full_ || clock_->Monotonic() < next_probe_) return;
  next_probe_ = clock_->Monotonic() + kProbeEvery;
  disk_full_ = !Probe();
}

bool Writer::Probe() {
  if (!ballast_.Take()) return false;
  const int code = connection_->Exec(kProbeSql);
  if (code == SQLITE_OK) return true;
  if (code == SQLITE_IOERR_FSYNC) {
    EndProcess(options_.path, "fsync", SqliteStatus(connection_->db(), code, "probe"));
  }
  if (connection_->InTransaction()) connection_->Exec("ROLLBACK");
  ballast_.GiveUp();
  return false;
}

absl::Duration Writer::IdleTime() const {
  if (disk_full_) return kProbeEvery;
  return checkpointer_.HasIdleWork() ? kIdleBeforeCheckpoint : absl::InfiniteDuration();
}

bool Writer::Stop() {
  queue_.Close();
  if (thread_.joinable()) {
    thread_.join();
  } else {
    while (RunOnce() > 0) {
    }
  }
  // Notes of what was sent wait for a transaction that nobody else will make now.
  return !disk_full_ && (!engine_->HasSentNotes() || commit_.Run({}));
}

void Writer::Seal() {
  absl::Status marked = MarkClean(*connection_);
  if (marked.ok()) checkpointer_.Truncate();
}

}  // namespace xiufu::storage
