#include "libs/service/run_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/messaging/envelope.h"

namespace xiufu::service {
namespace {

absl::StatusOr<int64_t> HeadOf(storage::Database* database, const std::string& stream,
                               int64_t epoch) {
  std::vector<storage::StreamHead> heads;
  absl::Status status = database->Read([&](storage::Session& session) {
    heads = database->outbox().Heads(session, {stream});
    return session.status();
  });
  if (!status.ok()) return status;
  for (const storage::StreamHead& head : heads) {
    if (head.stream == stream && head.epoch == epoch) return head.head;
  }
  return absl::NotFoundError(
      absl::StrCat("this store does not hold epoch ", epoch, " of stream \"", stream, "\""));
}

}  // namespace

absl::StatusOr<RunReader> RunReader::Open(storage::Database* database, std::string stream,
                                          int64_t epoch, int64_t from_seq) {
  if (from_seq < 1) {
    return FieldViolation("from_seq", absl::StrCat(from_seq, " is below 1"), "1 or more");
  }
  absl::StatusOr<int64_t> head = HeadOf(database, stream, epoch);
  if (!head.ok()) return head.status();
  RunReader reader(database, std::move(stream), epoch, from_seq, *head);
  // What is wrong with the request is known before the first run is asked for.
  if (absl::Status status = reader.FillPage(); !status.ok()) return status;
  return reader;
}

absl::Status RunReader::FillPage() {
  page_.clear();
  taken_ = 0;
  if (next_ > head_) return absl::OkStatus();
  const size_t count =
      static_cast<size_t>(std::min<int64_t>(head_ - next_ + 1, messaging::kMaxRunEvents));
  return database_->Read([&](storage::Session& session) {
    absl::StatusOr<std::vector<storage::OutboxRow>> rows =
        database_->outbox().ReadFrom(session, stream_, epoch_, next_, count);
    if (!rows.ok()) return rows.status();
    page_ = *std::move(rows);
    return session.status();
  });
}

absl::StatusOr<std::string> RunReader::Next() {
  if (taken_ == page_.size()) {
    if (absl::Status status = FillPage(); !status.ok()) return status;
  }
  std::vector<absl::string_view> events;
  size_t size = 0;
  for (; taken_ < page_.size(); ++taken_) {
    const std::string& bytes = page_[taken_].bytes;
    size += bytes.size() + messaging::RunOverhead(bytes.size());
    if (size > messaging::kMaxRunBytes && !events.empty()) break;
    events.push_back(bytes);
    next_ = page_[taken_].seq + 1;
  }
  return events.empty() ? std::string() : messaging::EncodeRun(events);
}

}  // namespace xiufu::service
