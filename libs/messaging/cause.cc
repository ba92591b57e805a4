#include "libs/messaging/cause.h"

#include "absl/strings/str_cat.h"

namespace xiufu::messaging {

Cause CauseOf(const Envelope& event, absl::Time now) {
  return Cause{event.id, now, event.place, event.traceparent};
}

Envelope NewEvent(const Cause& cause, absl::string_view source, const About& about,
                  absl::string_view dataschema, std::string data) {
  Envelope event;
  event.id = cause.Derive(absl::StrCat(about.stream, "/", about.type, "/", about.subject));
  event.source = std::string(source);
  event.type = std::string(about.type);
  event.subject = about.subject;
  event.time = cause.now;
  event.dataschema = std::string(dataschema);
  event.data = std::move(data);
  event.stream = std::string(about.stream);
  event.application = about.application;
  event.case_id = about.case_id;
  event.cause = cause.id;
  event.traceparent = cause.traceparent;
  event.place = cause.place;
  return event;
}

}  // namespace xiufu::messaging
