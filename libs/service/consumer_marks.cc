#include "libs/service/consumer_marks.h"

#include "libs/observability/log.h"
#include "libs/storage/outbox.h"

namespace xiufu::service {

void NoteConsumerMarks(storage::Database* database, const std::string& consumer,
                       const std::vector<storage::Mark>& marks, absl::Time now) {
  if (marks.empty()) return;
  database->Write(
      [database, consumer, marks, now](storage::Tx& tx) {
        for (const storage::Mark& mark : marks) {
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
