#include "libs/service/waiting_list.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/storage/waiting.h"

namespace xiufu::service {
namespace {

using storage::WaitingState;
using stream::v1::WaitingMessage;

// Where a page begins. Poison has ids of its own, which follow those of rows: as negative numbers
// in tokens.
struct Position {
  bool in_poison = false;
  int64_t after = 0;

  static Position FromNumber(int64_t number) {
    return number < 0 ? Position{true, -number - 1} : Position{false, number};
  }
  int64_t ToNumber() const { return in_poison ? -after - 1 : after; }
};

void SetTime(absl::Time time, google::protobuf::Timestamp* proto) {
  const timespec spec = absl::ToTimespec(time);
  proto->set_seconds(spec.tv_sec);
  proto->set_nanos(static_cast<int32_t>(spec.tv_nsec));
}

stream::v1::WaitingState ToProto(WaitingState state) {
  switch (state) {
    case WaitingState::kRetry:
      return stream::v1::WAITING_STATE_RETRY;
    case WaitingState::kParked:
      return stream::v1::WAITING_STATE_PARKED;
    case WaitingState::kBehind:
      return stream::v1::WAITING_STATE_BEHIND;
    case WaitingState::kDiscarded:
      break;
  }
  return stream::v1::WAITING_STATE_UNSPECIFIED;
}

std::optional<WaitingState> FromProto(stream::v1::WaitingState state) {
  switch (state) {
    case stream::v1::WAITING_STATE_RETRY:
      return WaitingState::kRetry;
    case stream::v1::WAITING_STATE_PARKED:
      return WaitingState::kParked;
    case stream::v1::WAITING_STATE_BEHIND:
      return WaitingState::kBehind;
    default:
      return std::nullopt;
  }
}

WaitingMessage Encode(const storage::WaitingRow& row) {
  const messaging::Envelope& event = row.event.envelope;
  WaitingMessage message;
  message.set_id(row.id);
  message.set_state(ToProto(row.state));
  message.set_stream(event.stream);
  message.set_epoch(event.epoch);
  message.set_seq(event.seq);
  message.set_type(event.type);
  if (!event.application.IsNone()) message.set_application(std::string(event.application.bytes()));
  if (!event.case_id.IsNone()) message.set_case_id(std::string(event.case_id.bytes()));
  message.set_attempts(row.attempts);
  message.set_reason(row.reason);
  SetTime(row.first_now, message.mutable_first_seen());
  if (row.state == WaitingState::kRetry) SetTime(row.due, message.mutable_next_attempt());
  return message;
}

WaitingMessage Encode(const storage::PoisonRow& row) {
  WaitingMessage message;
  message.set_id(row.id);
  message.set_state(stream::v1::WAITING_STATE_POISON);
  message.set_reason(
      absl::StrCat("queue ", row.queue, ": ", row.reason, " (", row.size, " bytes)"));
  SetTime(row.received, message.mutable_first_seen());
  return message;
}

// A page being filled: what it holds is never more than `size`.
class Page {
 public:
  Page(storage::Session& session, const storage::Waiting& waiting, int size, Position position,
       stream::v1::ListWaitingResponse* response)
      : session_(session),
        waiting_(waiting),
        size_(size),
        position_(position),
        response_(response) {}

  void AddRows(std::optional<WaitingState> state) {
    while (!position_.in_poison && !Full()) {
      const auto rows = waiting_.List(session_, state, position_.after, size_);
      for (const storage::WaitingRow& row : rows) {
        if (Full()) return;
        position_.after = row.id;
        if (row.state != WaitingState::kDiscarded) *response_->add_messages() = Encode(row);
      }
      if (static_cast<int>(rows.size()) < size_) position_ = {true, 0};
    }
  }

  void AddPoison() {
    if (!position_.in_poison) return;
    const int room = size_ - response_->messages_size();
    const auto rows = waiting_.ListPoison(session_, position_.after, room);
    for (const storage::PoisonRow& row : rows) {
      position_.after = row.id;
      *response_->add_messages() = Encode(row);
    }
  }

  // A full page may be the last one: then the next is empty and says so.
  bool Full() const { return response_->messages_size() == size_; }
  int64_t position() const { return position_.ToNumber(); }

 private:
  storage::Session& session_;
  const storage::Waiting& waiting_;
  const int size_;
  Position position_;
  stream::v1::ListWaitingResponse* const response_;
};

}  // namespace

absl::Status FillWaitingList(storage::Database* database, const rpc::PageTokens& page_tokens,
                             const stream::v1::ListWaitingRequest& request,
                             stream::v1::ListWaitingResponse* response) {
  if (!stream::v1::WaitingState_IsValid(request.state())) {
    return FieldViolation("state", "not a known state", "one of WaitingState");
  }
  const std::string filter = absl::StrCat("ListWaiting/", request.state());
  absl::StatusOr<int> size = rpc::PageSize(request.page_size(), 100, 1000);
  if (!size.ok()) return size.status();
  absl::StatusOr<int64_t> start = page_tokens.DecodeNumber(filter, request.page_token());
  if (!start.ok()) return start.status();

  return database->Read([&](storage::Session& session) {
    const bool poison_only = request.state() == stream::v1::WAITING_STATE_POISON;
    Position position = Position::FromNumber(*start);
    if (poison_only) position.in_poison = true;
    Page page(session, database->waiting(), *size, position, response);
    page.AddRows(FromProto(request.state()));
    if (poison_only || request.state() == stream::v1::WAITING_STATE_UNSPECIFIED) page.AddPoison();
    if (page.Full()) {
      response->set_next_page_token(page_tokens.EncodeNumber(filter, page.position()));
    }
    return session.status();
  });
}

}  // namespace xiufu::service
