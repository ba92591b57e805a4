#include "libs/service/catch_up.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "libs/base/crash_point.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/inbox.h"

namespace xiufu::service {

CatchUp::CatchUp(Parts parts) : parts_(std::move(parts)) {}

absl::Status CatchUp::Run(StreamSource& source) {
  const Subscription& subscription = *parts_.subscription;
  Marks marks = parts_.database->inbox().Marks(subscription.patterns);
  absl::StatusOr<std::vector<storage::StreamHead>> heads =
      source.Heads(subscription.queue, subscription.patterns, marks);
  if (!heads.ok()) return heads.status();
  absl::Status first_failure;
  for (size_t i = 0; i < heads->size(); ++i) {
    const storage::StreamHead& head = (*heads)[i];
    if (parts_.stopped->Contains(head.stream)) continue;
    const bool newest_epoch = i + 1 == heads->size() || (*heads)[i + 1].stream != head.stream;
    // One stream that cannot be levelled does not hold up the others.
    first_failure.Update(LevelStream(source, head, newest_epoch, marks));
  }
  return first_failure;
}

absl::Status CatchUp::LevelStream(StreamSource& source, const storage::StreamHead& head,
                                  bool newest_epoch, const Marks& marks_told) {
  if (newest_epoch && Contradicts(head, marks_told)) return absl::OkStatus();
  storage::Mark newest = parts_.database->inbox().Newest(head.stream);
  if (head.epoch < newest.epoch) return absl::OkStatus();  // left behind, complete
  if (head.epoch > newest.epoch) {
    absl::Status entered = EnterEpoch(head);
    if (!entered.ok()) return entered;
    newest = parts_.database->inbox().Newest(head.stream);
  }
  if (newest.seq >= head.head) return absl::OkStatus();
  if (newest.seq + 1 < head.first) {
    Stop(head.stream, absl::StrCat("the producer no longer holds ", head.epoch, "/", newest.seq + 1,
                                   "; a snapshot is needed"));
    return absl::OkStatus();
  }
  return ReadMissing(source, head, newest.seq + 1);
}

// Only a mark that was told before the producer looked can contradict: live deliveries go on
// meanwhile.
bool CatchUp::Contradicts(const storage::StreamHead& head, const Marks& marks_told) {
  const int64_t epoch_marked = parts_.database->inbox().Newest(head.stream).epoch;
  auto told = std::find_if(marks_told.begin(), marks_told.end(), [&](const storage::Mark& mark) {
    return mark.stream == head.stream && mark.epoch == head.epoch;
  });
  if (told == marks_told.end() || head.epoch < epoch_marked) return false;
  const bool above = told->seq > head.head;
  const bool other = told->seq == head.head && told->seq > 0 && told->last_id != head.last_id;
  if (above || other) {
    Stop(head.stream, absl::StrCat("mark ", told->epoch, "/", told->seq,
                                   above ? " is above the producer's head "
                                         : " differs from the producer's event at its head ",
                                   head.head, "; was its store restored without a new epoch?"));
  }
  return above || other;
}

absl::Status CatchUp::EnterEpoch(const storage::StreamHead& head) {
  absl::Status entered;
  absl::Status written;
  absl::Notification done;
  const absl::Time now = parts_.clock->Now();
  parts_.database->Write(
      [&](storage::Tx& tx) {
        // A refusal too may have changed the marks (a step back to an older epoch): it must not
        // roll that back.
        entered = tx.inbox().EnterEpoch(tx, head.stream, head.epoch, head.previous_epoch,
                                        head.previous_last, now);
        return absl::OkStatus();
      },
      [&](const absl::Status& status) {
        written = status;
        done.Notify();
      });
  parts_.settle();
  done.WaitForNotification();
  return written.ok() ? entered : written;
}

absl::Status CatchUp::ReadMissing(StreamSource& source, const storage::StreamHead& head,
                                  int64_t from) {
  absl::Status taken;
  absl::Status read = source.Read(
      parts_.subscription->queue, head.stream, head.epoch, from, [&](const std::string& run) {
        absl::StatusOr<std::vector<messaging::EncodedEvent>> events = messaging::DecodeRun(run);
        if (!events.ok()) {
          taken = events.status();
          return false;
        }
        auto batch = std::make_shared<Batch>();
        batch->events = *std::move(events);
        batch->now = parts_.clock->Now();
        absl::Notification done;
        parts_.dispatcher->Offer(std::move(batch), [&](const absl::Status& status) {
          taken = status;
          done.Notify();
        });
        parts_.settle();
        done.WaitForNotification();
        CrashPoint("catch_up.after_run");
        return taken.ok() && !parts_.stopping();
      });
  return read.ok() ? taken : read;
}

void CatchUp::Stop(const std::string& stream, const std::string& reason) {
  if (parts_.stopped->Stop(stream, reason)) parts_.on_stopped(stream, reason);
}

}  // namespace xiufu::service
