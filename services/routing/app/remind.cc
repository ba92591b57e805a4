#include "services/routing/app/remind.h"

#include <optional>

#include "services/routing/domain/case_states.h"

namespace xiufu::routing {

void Remind(const Ports& ports, const Case& kase, const Reminded& reminded,
            const messaging::Cause& cause, storage::Tx& tx) {
  if (!HasTask(kase.state)) return;
  const std::optional<Task> task = ports.tasks->Find(tx, kase.task);
  if (!task || task->delivered_at == absl::InfinitePast()) return;
  ports.events->Emit(tx, cause, kase, reminded);
}

}  // namespace xiufu::routing
