#pragma once

#include "services/routing/app/objection_ports.h"

namespace xiufu::routing {

// On the streams "routing" and "dept.<code>", each under the objection's own id for the
// application: what waits or is parked of a repair never holds it up, nor the other way round.
class ObjectionEmitter final : public ObjectionEvents {
 public:
  void Emit(storage::Tx& tx, const messaging::Cause& cause, const Objection& objection,
            const ObjectionEvent& event) const override;
};

}  // namespace xiufu::routing
