#include "libs/messaging/envelope.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "xiufu/stream/v1/stream.pb.h"

namespace xiufu::messaging {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr uint32_t kEventsTag = 1 << 3 | WireFormatLite::WIRETYPE_LENGTH_DELIMITED;

std::string BytesOf(const Id& id) { return id.IsNone() ? "" : std::string(id.bytes()); }

absl::Status ReadId(const std::string& bytes, const char* field, Id* id) {
  if (bytes.empty()) return absl::OkStatus();
  absl::StatusOr<Id> parsed = Id::FromBytes(bytes);
  if (!parsed.ok())
    return absl::InvalidArgumentError(absl::StrCat("Envelope.", field, " is no id"));
  *id = *parsed;
  return absl::OkStatus();
}

absl::Status CheckRequired(const Envelope& envelope, const stream::v1::Envelope& proto) {
  const char* missing = envelope.id.IsNone()      ? "id"
                        : envelope.type.empty()   ? "type"
                        : envelope.stream.empty() ? "stream"
                        : envelope.epoch <= 0     ? "epoch"
                        : envelope.seq <= 0       ? "seq"
                                                  : nullptr;
  if (missing != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("Envelope.", missing, " is missing or wrong"));
  }
  if (proto.cell() > 255 || proto.bucket() > 15) {
    return absl::InvalidArgumentError("Envelope.cell or bucket is out of range");
  }
  return absl::OkStatus();
}

absl::Status ReadIds(const stream::v1::Envelope& proto, Envelope* envelope) {
  const std::tuple<const std::string&, const char*, Id*> ids[] = {
      {proto.id(), "id", &envelope->id},
      {proto.previous_id(), "previous_id", &envelope->previous_id},
      {proto.application(), "application", &envelope->application},
      {proto.case_id(), "case_id", &envelope->case_id},
      {proto.cause(), "cause", &envelope->cause}};
  for (const auto& [bytes, field, id] : ids) {
    if (absl::Status status = ReadId(bytes, field, id); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// The bytes of each event of a Run, without parsing them.
absl::StatusOr<std::vector<std::string>> SplitRun(absl::string_view bytes) {
  std::vector<std::string> parts;
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  while (uint32_t tag = input.ReadTag()) {
    if (tag != kEventsTag) {
      if (!WireFormatLite::SkipField(&input, tag)) return absl::InvalidArgumentError("not a Run");
      continue;
    }
    uint32_t size = 0;
    parts.emplace_back();
    if (!input.ReadVarint32(&size) || size > bytes.size() ||
        !input.ReadString(&parts.back(), static_cast<int>(size))) {
      return absl::InvalidArgumentError("not a Run");
    }
    if (parts.size() > kMaxRunEvents) {
      return absl::InvalidArgumentError(
          absl::StrCat("a Run of more than ", kMaxRunEvents, " events"));
    }
  }
  if (!input.ConsumedEntireMessage()) return absl::InvalidArgumentError("not a Run");
  return parts;
}

absl::Status CheckFollows(const Envelope& before, const Envelope& event) {
  if (event.stream == before.stream && event.epoch == before.epoch && event.seq == before.seq + 1) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("a Run that is not contiguous after seq ", before.seq, " of ", before.stream));
}

}  // namespace

std::string EncodeEnvelope(const Envelope& envelope) {
  stream::v1::Envelope proto;
  proto.set_id(BytesOf(envelope.id));
  proto.set_source(envelope.source);
  proto.set_type(envelope.type);
  proto.set_subject(envelope.subject);
  const timespec time = absl::ToTimespec(envelope.time);
  proto.mutable_time()->set_seconds(time.tv_sec);
  proto.mutable_time()->set_nanos(static_cast<int32_t>(time.tv_nsec));
  proto.set_dataschema(envelope.dataschema);
  proto.set_data(envelope.data);
  proto.set_stream(envelope.stream);
  proto.set_epoch(envelope.epoch);
  proto.set_seq(envelope.seq);
  proto.set_previous_id(BytesOf(envelope.previous_id));
  proto.set_application(BytesOf(envelope.application));
  proto.set_case_id(BytesOf(envelope.case_id));
  proto.set_cause(BytesOf(envelope.cause));
  proto.set_traceparent(envelope.traceparent);
  proto.set_cell(envelope.place.cell);
  proto.set_bucket(envelope.place.bucket);
  proto.set_previous_epoch(envelope.previous_epoch);
  proto.set_previous_last(envelope.previous_last);
  return proto.SerializeAsString();
}

absl::StatusOr<Envelope> DecodeEnvelope(absl::string_view bytes) {
  stream::v1::Envelope proto;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError("not an Envelope");
  }
  Envelope envelope;
  if (absl::Status status = ReadIds(proto, &envelope); !status.ok()) return status;
  envelope.source = std::move(*proto.mutable_source());
  envelope.type = std::move(*proto.mutable_type());
  envelope.subject = std::move(*proto.mutable_subject());
  envelope.time =
      absl::TimeFromTimespec({proto.time().seconds(), static_cast<long>(proto.time().nanos())});
  envelope.dataschema = std::move(*proto.mutable_dataschema());
  envelope.data = std::move(*proto.mutable_data());
  envelope.stream = std::move(*proto.mutable_stream());
  envelope.epoch = proto.epoch();
  envelope.seq = proto.seq();
  envelope.traceparent = std::move(*proto.mutable_traceparent());
  envelope.place = {static_cast<uint8_t>(proto.cell()), static_cast<uint8_t>(proto.bucket())};
  envelope.previous_epoch = proto.previous_epoch();
  envelope.previous_last = proto.previous_last();
  if (absl::Status status = CheckRequired(envelope, proto); !status.ok()) return status;
  return envelope;
}

size_t RunOverhead(size_t encoded_envelope_size) {
  return 1 + CodedOutputStream::VarintSize32(static_cast<uint32_t>(encoded_envelope_size));
}

std::string EncodeRun(const std::vector<absl::string_view>& encoded_envelopes) {
  size_t total = 0;
  for (absl::string_view event : encoded_envelopes)
    total += RunOverhead(event.size()) + event.size();
  std::string run;
  run.reserve(total);
  for (absl::string_view event : encoded_envelopes) {
    uint8_t prefix[16];
    uint8_t* end = CodedOutputStream::WriteTagToArray(kEventsTag, prefix);
    end = CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(event.size()), end);
    run.append(reinterpret_cast<const char*>(prefix), static_cast<size_t>(end - prefix));
    run.append(event.data(), event.size());
  }
  return run;
}

absl::StatusOr<std::vector<EncodedEvent>> DecodeRun(absl::string_view bytes) {
  if (bytes.size() > kMaxRunBytes) {
    return absl::InvalidArgumentError(absl::StrCat("a Run of ", bytes.size(), " bytes"));
  }
  absl::StatusOr<std::vector<std::string>> parts = SplitRun(bytes);
  if (!parts.ok()) return parts.status();
  if (parts->empty()) return absl::InvalidArgumentError("an empty Run");
  std::vector<EncodedEvent> events;
  events.reserve(parts->size());
  for (std::string& part : *parts) {
    absl::StatusOr<Envelope> envelope = DecodeEnvelope(part);
    if (!envelope.ok()) return envelope.status();
    if (!events.empty()) {
      absl::Status status = CheckFollows(events.back().envelope, *envelope);
      if (!status.ok()) return status;
    }
    events.push_back({*std::move(envelope), std::move(part)});
  }
  return events;
}

bool StreamMatches(absl::string_view pattern, absl::string_view stream) {
  if (!absl::EndsWith(pattern, "#")) return pattern == stream;
  pattern.remove_suffix(1);
  return absl::StartsWith(stream, pattern) && stream.size() > pattern.size();
}

}  // namespace xiufu::messaging
