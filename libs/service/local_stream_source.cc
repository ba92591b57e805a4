#include <utility>

#include "libs/service/consumer_marks.h"
#include "libs/service/run_reader.h"
#include "libs/service/stream_source.h"
#include "libs/storage/database.h"

namespace xiufu::service {
namespace {

class LocalStreamSource final : public StreamSource {
 public:
  LocalStreamSource(storage::Database* database, const Clock* clock)
      : database_(database), clock_(clock) {}

  absl::StatusOr<std::vector<storage::StreamHead>> Heads(
      const std::string& consumer, const std::vector<std::string>& patterns,
      const std::vector<storage::Mark>& marks) override {
    std::vector<storage::StreamHead> heads;
    absl::Status status = database_->Read([&](storage::Session& session) {
      heads = database_->outbox().Heads(session, patterns);
      return session.status();
    });
    if (!status.ok()) return status;
    NoteConsumerMarks(database_, consumer, heads, marks, clock_->Now());
    return heads;
  }

  absl::Status Read(const std::string& /*consumer*/, const std::string& stream, int64_t epoch,
                    int64_t from_seq, absl::FunctionRef<bool(std::string run)> take) override {
    absl::StatusOr<RunReader> reader = RunReader::Open(database_, stream, epoch, from_seq);
    if (!reader.ok()) return reader.status();
    while (true) {
      absl::StatusOr<std::string> run = reader->Next();
      if (!run.ok()) return run.status();
      if (run->empty() || !take(*std::move(run))) return absl::OkStatus();
    }
  }

 private:
  storage::Database* const database_;
  const Clock* const clock_;
};

}  // namespace

std::unique_ptr<StreamSource> NewLocalStreamSource(storage::Database* database,
                                                   const Clock* clock) {
  return std::make_unique<LocalStreamSource>(database, clock);
}

}  // namespace xiufu::service
