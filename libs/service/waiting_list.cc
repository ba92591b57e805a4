#include "libs/service/waiting_list.h"

#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libs/base/id.h"
#include "libs/base/status.h"
#include "libs/storage/jobs.h"
#include "libs/storage/waiting.h"

namespace xiufu::service {
namespace {

using storage::JobState;
using storage::WaitingState;
using stream::v1::WaitingMessage;

// What is listed, in this order; each has ids of its own.
enum class Section : char { kEvents = 'e', kCalls = 'c', kPoison = 'p' };

// Where a page begins: behind an entry of a section.
struct Position {
  Section section = Section::kEvents;
  int64_t after = 0;  // of events and poison
  Id after_call;

  std::string ToText() const {
    const std::string name(1, static_cast<char>(section));
    return section == Section::kCalls ? absl::StrCat(name, after_call.bytes())
                                      : absl::StrCat(name, after);
  }
  // `text` is ToText()'s: page tokens are authentic.
  static Position FromText(absl::string_view text) {
    Position position;
    if (text.empty()) return position;
    position.section = static_cast<Section>(text[0]);
    if (position.section == Section::kCalls) {
      position.after_call = Id::FromBytes(text.substr(1)).value_or(Id());
    } else if (!absl::SimpleAtoi(text.substr(1), &position.after)) {
      position.after = 0;
    }
    return position;
  }
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
      return stream::v1::WAITING_STATE_DISCARDED;
  }
  return stream::v1::WAITING_STATE_UNSPECIFIED;
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
  if (row.state == WaitingState::kDiscarded) {
    SetTime(row.discarded, message.mutable_discarded());
    message.set_discard_reason(row.discard_reason);
  }
  return message;
}

WaitingMessage Encode(const storage::Job& job) {
  WaitingMessage message;
  message.set_state(stream::v1::WAITING_STATE_PARKED);
  stream::v1::WaitingJob* call = message.mutable_job();
  call->set_id(std::string(job.id.bytes()));
  call->set_kind(job.kind);
  call->set_destination(job.destination);
  SetTime(job.parked, call->mutable_parked_since());
  if (!job.application.IsNone()) message.set_application(std::string(job.application.bytes()));
  message.set_attempts(job.attempts);
  message.set_reason(job.last_error);
  SetTime(job.created, message.mutable_first_seen());
  if (job.state == JobState::kDiscarded) {
    message.set_state(stream::v1::WAITING_STATE_DISCARDED);
    SetTime(job.discarded, message.mutable_discarded());
    message.set_discard_reason(job.discard_reason);
  }
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
  Page(storage::Session& session, storage::Database& database, int size, Position position,
       stream::v1::ListWaitingResponse* response)
      : session_(session),
        database_(database),
        size_(size),
        position_(position),
        response_(response) {}

  void AddEvents(std::optional<WaitingState> state) {
    while (position_.section == Section::kEvents && !Full()) {
      const auto rows = database_.waiting().List(session_, state, position_.after, size_);
      for (const storage::WaitingRow& row : rows) {
        if (Full()) return;
        position_.after = row.id;
        if (state.has_value() || row.state != WaitingState::kDiscarded) Add(row);
      }
      if (static_cast<int>(rows.size()) < size_) position_ = {Section::kCalls, 0, Id()};
    }
  }

  void AddCalls(JobState state) {
    if (position_.section != Section::kCalls || Full()) return;
    const int room = Room();
    const auto jobs = database_.jobs().List(session_, state, position_.after_call, room);
    for (const storage::Job& job : jobs) {
      position_.after_call = job.id;
      Add(job);
    }
    if (static_cast<int>(jobs.size()) < room) position_ = {Section::kPoison, 0, Id()};
  }

  void AddPoison() {
    if (position_.section != Section::kPoison || Full()) return;
    for (const storage::PoisonRow& row :
         database_.waiting().ListPoison(session_, position_.after, Room())) {
      position_.after = row.id;
      Add(row);
    }
  }

  // A full page may be the last one: then the next is empty and says so.
  bool Full() const { return Room() == 0; }
  std::string position() const { return position_.ToText(); }

 private:
  int Room() const { return size_ - response_->messages_size(); }
  template <typename Row>
  void Add(const Row& row) {
    *response_->add_messages() = Encode(row);
  }

  storage::Session& session_;
  storage::Database& database_;
  const int size_;
  Position position_;
  stream::v1::ListWaitingResponse* const response_;
};

void Fill(stream::v1::WaitingState state, Page& page) {
  switch (state) {
    case stream::v1::WAITING_STATE_RETRY:
      page.AddEvents(WaitingState::kRetry);
      break;
    case stream::v1::WAITING_STATE_BEHIND:
      page.AddEvents(WaitingState::kBehind);
      break;
    case stream::v1::WAITING_STATE_PARKED:
      page.AddEvents(WaitingState::kParked);
      page.AddCalls(JobState::kParked);
      break;
    case stream::v1::WAITING_STATE_DISCARDED:
      page.AddEvents(WaitingState::kDiscarded);
      page.AddCalls(JobState::kDiscarded);
      break;
    case stream::v1::WAITING_STATE_POISON:
      page.AddPoison();
      break;
    default:
      page.AddEvents(std::nullopt);
      page.AddCalls(JobState::kParked);
      page.AddPoison();
  }
}

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
  absl::StatusOr<std::string> start = page_tokens.Decode(filter, request.page_token());
  if (!start.ok()) return start.status();

  Position position = Position::FromText(*start);
  if (request.state() == stream::v1::WAITING_STATE_POISON) position.section = Section::kPoison;
  return database->Read([&](storage::Session& session) {
    Page page(session, *database, *size, position, response);
    Fill(request.state(), page);
    if (page.Full()) {
      response->set_next_page_token(page_tokens.Encode(filter, page.position()));
    }
    return session.status();
  });
}

}  // namespace xiufu::service
