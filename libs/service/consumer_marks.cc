#include "libs/service/consumer_marks.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "libs/observability/log.h"

namespace xiufu::service {
namespace {

bool IsWithin(const std::vector<storage::StreamHead>& heads, const storage::Mark& mark) {
  return std::any_of(heads.begin(), heads.end(), [&](const storage::StreamHead& head) {
    return head.stream == mark.stream && head.epoch == mark.epoch && mark.seq <= head.head;
  });
}

}  // namespace

void NoteConsumerMarks(storage::Database* database, const std::string& consumer,
                       const std::vector<storage::StreamHead>& heads,
                       const std::vector<storage::Mark>& marks, absl::Time now) {
  std::vector<storage::Mark> kept;
  std::copy_if(marks.begin(), marks.end(), std::back_inserter(kept),
               [&](const storage::Mark& mark) { return IsWithin(heads, mark); });
  if (kept.empty()) return;
  database->Write(
      [database, consumer, kept = std::move(kept), now](storage::Tx& tx) {
        for (const storage::Mark& mark : kept) {
          database->outbox().NoteConsumer(tx, consumer, mark.stream, mark.epoch, mark.seq, now);
        }
        return absl::OkStatus();
      },
      [consumer](const absl::Status& status) {
        if (status.ok()) return;
        observability::Log(observability::Level::kWarning, "consumer_marks_not_kept",
                           {{"consumer", observability::Code(consumer)}, {"error", status}});
      });
}

}  // namespace xiufu::service
