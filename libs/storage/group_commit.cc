#include "libs/storage/group_commit.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/crash_point.h"
#include "libs/storage/end_process.h"
#include "libs/storage/plain_session.h"
#include "libs/storage/sqlite_status.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {
namespace {

absl::Status NotDurable(absl::string_view why) {
  return absl::UnavailableError(absl::StrCat("nothing was written: ", why));
}

}  // namespace

GroupCommit::GroupCommit(Connection* connection, Engine* engine, const Clock* clock,
                         std::string path)
    : connection_(connection), engine_(engine), clock_(clock), path_(std::move(path)) {}

bool GroupCommit::Run(std::vector<WriteQueue::Entry> group) {
  engine_->now = clock_->Now();
  engine_->jobs_changed = engine_->timers_changed = engine_->waiting_changed = false;
  Outcome outcome = Commit(group);
  if (outcome.status.ok()) {
    CrashPoint("db.after_commit");
    HandOn();
  } else {
    Reload();
  }
  for (size_t i = 0; i < group.size(); ++i) {
    group[i].unit->Settled(i == outcome.culprit ? outcome.of_culprit : outcome.status);
    group[i].unit.reset();
  }
  return !outcome.disk_failed;
}

GroupCommit::Outcome GroupCommit::Commit(std::vector<WriteQueue::Entry>& group) {
  int code = connection_->Step("BEGIN IMMEDIATE");
  if (code != SQLITE_OK) return Lost(code, "BEGIN");
  Tx tx(connection_, engine_);
  for (size_t i = 0; i < group.size(); ++i) {
    group[i].unit->Apply(tx);
    if (!tx.status_.ok()) return Spoilt(tx, i);
    if (i == 0) CrashPoint("db.in_group");
  }
  for (GroupCache* cache : engine_->caches) cache->Flush(tx);
  if (!tx.status_.ok()) return Spoilt(tx, SIZE_MAX);
  CrashPoint("db.before_commit");
  code = connection_->Step("COMMIT");
  if (code == SQLITE_OK) return {};
  if (IsIoError(code)) EndProcess(path_, "COMMIT", SqliteStatus(connection_->db(), code, "COMMIT"));
  return Lost(code, "COMMIT");
}

GroupCommit::Outcome GroupCommit::Lost(int code, const char* step) {
  return {NotDurable(SqliteStatus(connection_->db(), code, step).message()), absl::OkStatus(),
          SIZE_MAX, EndsTransaction(code)};
}

// A unit failed outside its savepoints, or the transaction itself broke inside one.
GroupCommit::Outcome GroupCommit::Spoilt(const Tx& tx, size_t culprit) {
  if (tx.code_ == SQLITE_IOERR_FSYNC || tx.code_ == SQLITE_IOERR_DIR_FSYNC) {
    EndProcess(path_, "fsync", tx.status_);
  }
  Outcome outcome{NotDurable(tx.status_.message()), tx.status_, culprit, EndsTransaction(tx.code_)};
  if (outcome.disk_failed) outcome.culprit = SIZE_MAX;  // it only came first
  return outcome;
}

void GroupCommit::HandOn() {
  commits_.fetch_add(1, std::memory_order_relaxed);
  for (GroupCache* cache : engine_->caches) cache->Keep();
  Committed committed{engine_->TakeAppended(), engine_->jobs_changed, engine_->timers_changed,
                      engine_->waiting_changed};
  for (CommitListener* listener : listeners_) listener->OnCommitted(committed);
}

void GroupCommit::Reload() {
  if (connection_->InTransaction()) connection_->Step("ROLLBACK");
  PlainSession session(connection_);
  for (GroupCache* cache : engine_->caches) cache->Load(session);
  // Without the heads no event could be numbered.
  if (!session.status().ok()) EndProcess(path_, "reading the store back", session.status());
}

}  // namespace xiufu::storage
