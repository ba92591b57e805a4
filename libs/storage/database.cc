#include "libs/storage/database.h"

#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "libs/storage/connection.h"
#include "libs/storage/copy.h"
#include "libs/storage/engine.h"
#include "libs/storage/plain_session.h"
#include "libs/storage/reader_pool.h"
#include "libs/storage/sqlite_status.h"
#include "libs/storage/store_file.h"
#include "libs/storage/store_lock.h"
#include "libs/storage/writer.h"

namespace xiufu::storage {
namespace {

constexpr absl::Duration kPatienceWithReaders = absl::Seconds(1);
constexpr char kInMemory[] = ":memory:";

// A single write: one savepoint, and its own answer when it was refused.
class FunctionUnit : public WriteUnit {
 public:
  FunctionUnit(absl::AnyInvocable<absl::Status(Tx&)> fn,
               absl::AnyInvocable<void(absl::Status)> done)
      : fn_(std::move(fn)), done_(std::move(done)) {}
  void Apply(Tx& tx) override {
    result_ = tx.InSavepoint([this](Tx& inside) { return fn_(inside); });
    if (!tx.status().ok()) result_ = absl::OkStatus();  // not its own error: the group's
  }
  void Settled(const absl::Status& status) override { done_(result_.ok() ? status : result_); }

 private:
  absl::AnyInvocable<absl::Status(Tx&)> fn_;
  absl::AnyInvocable<void(absl::Status)> done_;
  absl::Status result_;
};

}  // namespace

class Database::Impl {
 public:
  Impl(const Options& options, StoreLock lock, std::unique_ptr<Connection> connection,
       const Clock* clock, bool unclean)
      : path_(options.path),
        run_inline_(options.run_inline),
        unclean_(unclean),
        lock_(std::move(lock)),
        connection_(std::move(connection)),
        readers_(options.path, options.readers),
        writer_({options.path, options.max_group_weight, options.max_waiting,
                 options.path == kInMemory ? 0 : options.ballast_bytes},
                connection_.get(), &engine_, clock) {}

  absl::Status LoadCaches() {
    PlainSession session(connection_.get());
    for (GroupCache* cache : engine_.caches) cache->Load(session);
    epoch_ = engine_.epoch();
    return session.status();
  }

  void Start() {
    if (!run_inline_) writer_.StartThread();
  }

  void Stop() {
    if (stopped_.exchange(true)) return;
    StopCopying();
    // Whose connection was the last one on the store would have to clean up behind the writer.
    const absl::MutexLock no_copy(&copying_);
    const bool complete = writer_.Stop();
    readers_.Close(kPatienceWithReaders);
    if (complete) writer_.Seal();
    connection_.reset();
    lock_ = StoreLock();
  }

  void Push(std::unique_ptr<WriteUnit> unit, bool may_be_refused) {
    writer_.Push({std::move(unit), may_be_refused});
  }

  absl::Status WriteAndWait(absl::AnyInvocable<absl::Status(Tx&)> fn) {
    if (writer_.IsHere()) return absl::FailedPreconditionError("the writer cannot wait for itself");
    absl::Status result;
    absl::Notification settled;
    auto done = [&](absl::Status status) {
      result = std::move(status);
      settled.Notify();
    };
    Push(std::make_unique<FunctionUnit>(std::move(fn), done), true);
    if (!writer_.has_thread()) writer_.RunOnce();
    settled.WaitForNotification();
    return result;
  }

  absl::Status Read(absl::FunctionRef<absl::Status(Session&)> fn) {
    if (!run_inline_) return readers_.Read(fn);
    if (stopped_) return absl::UnavailableError("the store is stopped");
    PlainSession session(connection_.get());
    absl::Status status = fn(session);
    return status.ok() ? session.status() : status;
  }

  absl::Status Copy(const std::string& to) {
    if (!copying_.TryLock()) return absl::AbortedError("another copy is being taken");
    const absl::Status status = copying_stopped_
                                    ? absl::CancelledError("no copy begins any more")
                                    : CopyStore(path_, to, [this] { return !copying_stopped_; });
    copying_.Unlock();
    return absl::IsCancelled(status) ? absl::UnavailableError("the store is stopped") : status;
  }
  void StopCopying() { copying_stopped_ = true; }

  const std::string path_;
  const bool run_inline_;
  const bool unclean_;
  int64_t epoch_ = 0;
  std::atomic<bool> stopped_{false};
  std::atomic<bool> copying_stopped_{false};
  absl::Mutex copying_;  // held while a copy is being taken
  // Destroyed from the last to the first: the writer's thread ends before what it uses.
  StoreLock lock_;
  std::unique_ptr<Connection> connection_;
  Engine engine_;
  ReaderPool readers_;
  Writer writer_;
};

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const Options& options,
                                                         absl::Span<const Migration> migrations,
                                                         const Clock* clock) {
  StoreLock lock;
  if (options.path != kInMemory) {
    absl::StatusOr<StoreLock> taken = StoreLock::Take(options.path);
    if (!taken.ok()) return taken.status();
    lock = *std::move(taken);
  } else if (!options.run_inline) {
    return absl::InvalidArgumentError("a store in memory runs inline");
  }
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      Connection::Open(options.path, Connection::Mode::kWriter);
  if (!connection.ok()) return connection.status();
  absl::StatusOr<bool> unclean =
      PrepareStore(**connection, options.service, migrations, clock->Now());
  if (!unclean.ok()) return OfFile(options.path, unclean.status());
  auto impl =
      std::make_unique<Impl>(options, std::move(lock), *std::move(connection), clock, *unclean);
  absl::Status loaded = impl->LoadCaches();
  if (!loaded.ok()) return OfFile(options.path, loaded);
  return std::unique_ptr<Database>(new Database(std::move(impl)));
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

void Database::AddListener(CommitListener* listener) {
  impl_->writer_.commit().AddListener(listener);
}
void Database::Start() { impl_->Start(); }
void Database::Stop() { impl_->Stop(); }

void Database::Write(absl::AnyInvocable<absl::Status(Tx&)> fn,
                     absl::AnyInvocable<void(absl::Status)> done) {
  impl_->Push(std::make_unique<FunctionUnit>(std::move(fn), std::move(done)), true);
}

absl::Status Database::WriteAndWait(absl::AnyInvocable<absl::Status(Tx&)> fn) {
  return impl_->WriteAndWait(std::move(fn));
}

void Database::Submit(std::unique_ptr<WriteUnit> unit) { impl_->Push(std::move(unit), false); }

absl::Status Database::Read(absl::FunctionRef<absl::Status(Session&)> fn) {
  return impl_->Read(fn);
}

absl::Status Database::Copy(const std::string& to) { return impl_->Copy(to); }
void Database::StopCopying() { impl_->StopCopying(); }

size_t Database::RunPending() { return impl_->run_inline_ ? impl_->writer_.RunOnce() : 0; }

int64_t Database::epoch() const { return impl_->epoch_; }
bool Database::unclean_start() const { return impl_->unclean_; }
int64_t Database::commits() const { return impl_->writer_.commit().commits(); }

void Database::NoteSentThrough(const std::string& stream, int64_t epoch, int64_t seq) {
  impl_->engine_.NoteSent(stream, epoch, seq);
}

Outbox& Database::outbox() { return impl_->engine_.outbox; }
Inbox& Database::inbox() { return impl_->engine_.inbox; }
Waiting& Database::waiting() { return impl_->engine_.waiting; }
Requests& Database::requests() { return impl_->engine_.requests; }
Jobs& Database::jobs() { return impl_->engine_.jobs; }
Timers& Database::timers() { return impl_->engine_.timers; }

}  // namespace xiufu::storage
