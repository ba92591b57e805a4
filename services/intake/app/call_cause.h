#pragma once

#include <cstdint>

#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/messaging/cause.h"
#include "services/intake/app/client_write.h"

namespace xiufu::intake {

// What the use cases of clients share.
struct CallContext {
  const Clock* clock = nullptr;
  Ids* ids = nullptr;
  uint8_t cell = 0;
};

// The time of a call, in the milliseconds that are stored: what is answered is what is read back.
inline absl::Time NowOf(const CallContext& context) {
  return absl::FromUnixMillis(absl::ToUnixMillis(context.clock->Now()));
}

// The cause of everything that one call leads to in an application.
inline messaging::Cause CauseOfCall(const CallContext& context, const Call& call,
                                    const Id& application, absl::Time now) {
  return {context.ids->NewV7(now), now, {context.cell, BucketOf(application)}, call.traceparent};
}

}  // namespace xiufu::intake
