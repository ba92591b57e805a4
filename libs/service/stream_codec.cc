#include "libs/service/stream_codec.h"

#include "absl/strings/str_cat.h"

namespace xiufu::service {

stream::v1::Head EncodeHead(const storage::StreamHead& head) {
  stream::v1::Head proto;
  proto.set_stream(head.stream);
  proto.set_epoch(head.epoch);
  proto.set_first(head.first);
  proto.set_head(head.head);
  proto.set_previous_epoch(head.previous_epoch);
  proto.set_previous_last(head.previous_last);
  if (!head.last_id.IsNone()) proto.set_last_id(std::string(head.last_id.bytes()));
  return proto;
}

absl::StatusOr<storage::StreamHead> DecodeHead(const stream::v1::Head& proto) {
  storage::StreamHead head;
  head.stream = proto.stream();
  head.epoch = proto.epoch();
  head.first = proto.first();
  head.head = proto.head();
  head.previous_epoch = proto.previous_epoch();
  head.previous_last = proto.previous_last();
  if (!proto.last_id().empty()) {
    absl::StatusOr<Id> id = Id::FromBytes(proto.last_id());
    if (!id.ok()) return absl::UnavailableError(absl::StrCat("bad head of ", proto.stream()));
    head.last_id = *id;
  }
  return head;
}

stream::v1::HeadsRequest EncodeHeadsRequest(const std::string& consumer,
                                            const std::vector<std::string>& patterns,
                                            const std::vector<storage::Mark>& marks) {
  stream::v1::HeadsRequest request;
  request.set_consumer(consumer);
  for (const std::string& pattern : patterns) request.add_patterns(pattern);
  for (const storage::Mark& mark : marks) {
    stream::v1::Mark* added = request.add_marks();
    added->set_stream(mark.stream);
    added->set_epoch(mark.epoch);
    added->set_seq(mark.seq);
  }
  return request;
}

std::vector<std::string> PatternsOf(const stream::v1::HeadsRequest& request) {
  return {request.patterns().begin(), request.patterns().end()};
}

std::vector<storage::Mark> MarksOf(const stream::v1::HeadsRequest& request) {
  std::vector<storage::Mark> marks;
  for (const stream::v1::Mark& mark : request.marks()) {
    marks.push_back({mark.stream(), mark.epoch(), mark.seq(), Id()});
  }
  return marks;
}

}  // namespace xiufu::service
