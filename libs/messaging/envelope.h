#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::messaging {

// One event: the plain form of xiufu.stream.v1.Envelope (see the proto for the meaning of each
// field).
struct Envelope {
  Id id;
  std::string source;
  std::string type;
  std::string subject;
  absl::Time time;
  std::string dataschema;
  std::string data;

  std::string stream;
  int64_t epoch = 0;
  int64_t seq = 0;
  Id previous_id;
  Id application;  // none when the event is about no application
  Id case_id;      // none when it is about the application as a whole
  Id cause;
  std::string traceparent;
  Place place;
  int64_t previous_epoch = 0;  // first event of an epoch only
  int64_t previous_last = 0;
};

constexpr size_t kMaxRunEvents = 64;
constexpr size_t kMaxRunBytes = 256 * 1024;

std::string EncodeEnvelope(const Envelope& envelope);
// INVALID_ARGUMENT for bytes that are no Envelope, or lack id, type, stream, epoch or seq.
absl::StatusOr<Envelope> DecodeEnvelope(absl::string_view bytes);

// An event with the bytes it came in, which are kept when it has to wait.
struct EncodedEvent {
  Envelope envelope;
  std::string bytes;
};

// What an encoded envelope of this size takes in a Run beside its own bytes.
size_t RunOverhead(size_t encoded_envelope_size);
// A Run is the concatenation of its events as field 1; built without parsing them again.
std::string EncodeRun(const std::vector<absl::string_view>& encoded_envelopes);
// INVALID_ARGUMENT when the bytes are no Run, it is empty, has more than kMaxRunEvents, exceeds
// kMaxRunBytes, or its events are not contiguous in one stream and epoch.
absl::StatusOr<std::vector<EncodedEvent>> DecodeRun(absl::string_view bytes);

// True when `stream` is matched by an AMQP-like pattern: "routing" matches itself, "adapter.#"
// every stream that begins with "adapter.".
bool StreamMatches(absl::string_view pattern, absl::string_view stream);

}  // namespace xiufu::messaging
