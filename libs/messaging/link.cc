#include "libs/messaging/link.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"

namespace xiufu::messaging {
namespace {

constexpr size_t kReadSize = 256 * 1024;
// So that a fast peer cannot keep one round going for ever.
constexpr int kReadsPerRound = 8;
// Above this an emptied output buffer gives its memory back.
constexpr size_t kKeptOutput = 1024 * 1024;

absl::Status Lost(absl::string_view what) {
  return absl::UnavailableError(absl::StrCat(what, ": ", strerror(errno)));
}

}  // namespace

Link::Link(BrokerChannel channel, size_t max_body, const Clock* clock, Watchdog* watchdog,
           LinkHandler* handler)
    : fd_(std::move(channel.fd)),
      heartbeat_(channel.heartbeat),
      frame_max_(channel.frame_max),
      clock_(clock),
      handler_(handler),
      watch_(watchdog, fd_.get(), 2 * heartbeat_),
      reader_(frame_max_),
      assembler_(max_body),
      last_read_(clock->Monotonic()),
      last_write_(last_read_) {}

absl::Status Link::Flush() {
  while (written_ < output_.size()) {
    const ssize_t sent =
        send(fd_.get(), output_.data() + written_, output_.size() - written_, MSG_NOSIGNAL);
    ++writes_;
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    if (sent < 0) return Lost("write");
    written_ += static_cast<size_t>(sent);
    last_write_ = clock_->Monotonic();
    if (watched_) watch_.Progress();
  }
  if (written_ == output_.size()) {
    output_.clear();
    if (output_.capacity() > kKeptOutput) output_.shrink_to_fit();
    written_ = 0;
  }
  WatchOutput();
  return absl::OkStatus();
}

// A peer with an alarm may rightly leave our bytes where they are; any other must take them in
// time.
void Link::WatchOutput() {
  const bool expect = !output_.empty() && !blocked_;
  if (expect == watched_) return;
  watched_ = expect;
  if (expect) {
    watch_.Enter();
  } else {
    watch_.Leave();
  }
}

int Link::TimeoutMs(absl::Duration now, absl::Duration until) const {
  absl::Duration next = std::min(until, last_read_ + 2 * heartbeat_);
  if (output_.empty()) next = std::min(next, last_write_ + heartbeat_ / 2);
  next -= now;
  // Whole milliseconds, rounded up and never zero: a wait that is too short turns into a busy loop.
  return static_cast<int>(
      std::clamp<int64_t>(absl::ToInt64Milliseconds(absl::Ceil(next, absl::Milliseconds(1))), 1,
                          absl::ToInt64Milliseconds(heartbeat_)));
}

absl::Status Link::Round(absl::Duration until, Wake* wake) {
  if (absl::Status status = Flush(); !status.ok()) return status;
  const auto events = static_cast<short>(POLLIN | (output_.empty() ? 0 : POLLOUT));
  pollfd fds[] = {{fd_.get(), events, 0}, {wake->fd(), POLLIN, 0}};
  const int timeout_ms = TimeoutMs(clock_->Monotonic(), until);
  const timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
  const int ready = ppoll(fds, std::size(fds), &timeout, nullptr);
  if (ready < 0 && errno != EINTR) return Lost("ppoll");
  if (ready > 0 && fds[1].revents != 0) wake->Take();
  if (ready > 0 && (fds[0].revents & ~POLLOUT) != 0) {
    if (absl::Status status = Read(); !status.ok()) {
      (void)Flush();  // an answer to a close, if the peer still listens
      return status;
    }
  }
  if (absl::Status status = ServeHeartbeats(); !status.ok()) return status;
  return Flush();
}

absl::Status Link::Read() {
  for (int i = 0; i < kReadsPerRound; ++i) {
    const absl::Span<char> space = reader_.Space(kReadSize);
    const ssize_t got = recv(fd_.get(), space.data(), space.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return absl::OkStatus();
    if (got < 0) return Lost("read");
    if (got == 0) return absl::UnavailableError("the broker ended the connection");
    last_read_ = clock_->Monotonic();
    reader_.Commit(static_cast<size_t>(got));
    if (absl::Status status = Dispatch(); !status.ok()) return status;
    // Less than was asked for: the socket is empty, as far as one more call would tell.
    if (static_cast<size_t>(got) < space.size()) return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status Link::Dispatch() {
  while (true) {
    absl::StatusOr<std::optional<Frame>> frame = reader_.Next();
    if (!frame.ok()) return frame.status();
    if (!frame->has_value()) return absl::OkStatus();
    if (absl::Status status = OnFrame(**frame); !status.ok()) return status;
  }
}

absl::Status Link::OnFrame(const Frame& frame) {
  switch (frame.type) {
    case FrameType::kHeartbeat:
      return absl::OkStatus();
    case FrameType::kMethod:
      return OnMethodFrame(frame);
    case FrameType::kHeader:
    case FrameType::kBody:
      return OnContentFrame(frame);
  }
  return absl::InternalError("unreachable");
}

absl::Status Link::OnMethodFrame(const Frame& frame) {
  if (frame.channel > kChannel) return absl::InvalidArgumentError("a frame on a foreign channel");
  absl::StatusOr<Method> method = ParseMethod(frame.payload);
  if (!method.ok()) return method.status();
  if (frame.channel == kChannel && assembler_.active()) {
    return absl::InvalidArgumentError("a method in the middle of a content");
  }
  return std::visit([this](const auto& m) { return OnMethod(m); }, *method);
}

absl::Status Link::OnMethod(const ConnectionClose& close) {
  AppendMethod(0, ConnectionCloseOk{}, &output_);
  return StatusOfClose(close.code, close.text);
}

absl::Status Link::OnMethod(const ConnectionCloseOk&) {
  close_ok_ = true;
  return absl::UnavailableError("closed");
}

absl::Status Link::OnMethod(const ConnectionBlocked&) {
  SetBlocked(true);
  return absl::OkStatus();
}

absl::Status Link::OnMethod(const ConnectionUnblocked&) {
  SetBlocked(false);
  return absl::OkStatus();
}

absl::Status Link::OnMethod(const ChannelClose& close) {
  AppendMethod(kChannel, ChannelCloseOk{}, &output_);
  return StatusOfClose(close.code, close.text);
}

absl::Status Link::OnMethod(const BasicConsumeOk&) {
  handler_->OnSubscribed();
  return absl::OkStatus();
}

absl::Status Link::OnMethod(const BasicCancel&) {
  return absl::NotFoundError("the broker cancelled the subscription: the queue was deleted");
}

absl::Status Link::OnMethod(const BasicReturn& returned) {
  content_of_ = returned;
  return assembler_.Begin();
}

absl::Status Link::OnMethod(const BasicDeliver& deliver) {
  content_of_ = deliver;
  return assembler_.Begin();
}

absl::Status Link::OnMethod(const BasicAck& ack) {
  handler_->OnConfirm(ack.delivery_tag, ack.multiple, true);
  return absl::OkStatus();
}

absl::Status Link::OnMethod(const BasicNack& nack) {
  handler_->OnConfirm(nack.delivery_tag, nack.multiple, false);
  return absl::OkStatus();
}

template <typename Other>
absl::Status Link::OnMethod(const Other&) {
  return absl::InvalidArgumentError("a method that is not due");
}

absl::Status Link::OnContentFrame(const Frame& frame) {
  if (frame.channel != kChannel) return absl::InvalidArgumentError("content on a foreign channel");
  absl::Status status = frame.type == FrameType::kHeader ? assembler_.OnHeader(frame.payload)
                                                         : assembler_.OnBody(frame.payload);
  if (!status.ok() || !assembler_.complete()) return status;
  Content content = assembler_.Take();
  if (const auto* deliver = std::get_if<BasicDeliver>(&content_of_)) {
    handler_->OnDeliver(*deliver, std::move(content));
  } else if (const auto* returned = std::get_if<BasicReturn>(&content_of_)) {
    handler_->OnReturn(*returned, content);
  }
  return absl::OkStatus();
}

absl::Status Link::ServeHeartbeats() {
  const absl::Duration now = clock_->Monotonic();
  if (now - last_read_ >= 2 * heartbeat_) {
    return absl::UnavailableError("the broker was silent for two heartbeats");
  }
  // Behind bytes that wait a heartbeat would tell the peer nothing.
  if (output_.empty() && now - last_write_ >= heartbeat_ / 2) AppendHeartbeat(&output_);
  return absl::OkStatus();
}

void Link::SetBlocked(bool blocked) {
  if (blocked_ == blocked) return;
  blocked_ = blocked;
  WatchOutput();
  handler_->OnBlocked(blocked);
}

void Link::CloseOrderly(absl::Duration limit) {
  AppendMethod(0, ConnectionClose{200, "bye", 0, 0}, &output_);
  const absl::Duration end = clock_->Monotonic() + limit;
  Wake never;
  while (!close_ok_ && clock_->Monotonic() < end && Round(end, &never).ok()) {
  }
}

}  // namespace xiufu::messaging
