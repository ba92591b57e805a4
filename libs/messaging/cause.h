#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/messaging/envelope.h"

namespace xiufu::messaging {

// What led to a change: an event being handled, a client's request, a timer, a job's answer.
// Everything that is born from it is named from it, so that handling it again gives the same ids.
struct Cause {
  Id id;           // of the event, request, job or timer
  absl::Time now;  // time of first delivery; the same on every attempt
  Place place;
  std::string traceparent;

  Id Derive(absl::string_view tag, uint64_t ordinal = 0) const {
    return DeriveId(id, tag, ordinal, place);
  }
};

Cause CauseOf(const Envelope& event, absl::Time now);

// What an event is about; the emitter adds data and Outbox::Append the numbers.
struct About {
  absl::string_view stream;  // "routing", "dept.transport"
  absl::string_view type;    // "xiufu.routing.case_opened.v1"
  std::string subject;       // "cases/<uuid>"
  Id application;
  Id case_id;
};

// An envelope born from `cause`: id from (cause, stream, type, subject), time = cause.now. A cause
// may lead to one event of a type about a subject on a stream; a second one needs its own subject.
Envelope NewEvent(const Cause& cause, absl::string_view source, const About& about,
                  absl::string_view dataschema, std::string data);

}  // namespace xiufu::messaging
