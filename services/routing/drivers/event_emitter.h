#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

// Puts events on "routing" and on "dept.<code>".
class EventEmitter final : public EventSink {
 public:
  void Emit(storage::Tx& tx, const messaging::Cause& cause, const Case& kase,
            const CaseEvent& event) const override;
};

}  // namespace xiufu::routing
