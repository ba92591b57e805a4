#include "libs/storage/engine.h"

#include "libs/storage/inbox_marks.h"
#include "libs/storage/outbox_heads.h"
#include "libs/storage/waiting_index.h"

namespace xiufu::storage {

Engine::Engine() : caches{outbox.heads_.get(), inbox.marks_.get(), waiting.index_.get()} {}

int64_t Engine::epoch() const { return outbox.heads_->epoch(); }

std::vector<OutboxRow> Engine::TakeAppended() { return outbox.heads_->TakeAppended(); }

void Engine::NoteSent(const std::string& stream, int64_t epoch, int64_t seq) {
  outbox.heads_->NoteSent(stream, epoch, seq);
}

bool Engine::HasSentNotes() const { return outbox.heads_->HasNotes(); }

}  // namespace xiufu::storage
