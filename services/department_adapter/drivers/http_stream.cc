#include "services/department_adapter/drivers/http_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace xiufu::department {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr uint64_t kMaxHead = 16 * 1024;
constexpr seconds kHeadTime(3);
constexpr seconds kBodyTime(5);
// A paper of some ten megabytes over a thin line.
constexpr seconds kAnswerTime(60);
constexpr seconds kAnswerPause(3);
constexpr milliseconds kMoment(500);
// More than the senders of bodies that are slightly too long have on their way.
constexpr uint64_t kMaxIgnored = 1024 * 1024;

}  // namespace

HttpStream::HttpStream(int socket, int stop)
    : socket_(socket), stop_(stop), left_(kMaxHead), read_by_(Clock::now() + kHeadTime) {}

void HttpStream::StartBody(uint64_t announced) {
  left_ = announced;
  read_by_ = Clock::now() + kBodyTime;
}

void HttpStream::Finish() {
  ::shutdown(socket_, SHUT_WR);
  if (left_ == 0) return;
  read_by_ = Clock::now() + kMoment;
  for (left_ = kMaxIgnored; left_ > 0 && Fill();) left_ -= std::min<uint64_t>(left_, end_);
}

ssize_t HttpStream::read(char* to, size_t size) {
  size = std::min<uint64_t>(size, left_);
  if (size == 0 || (begin_ == end_ && !Fill())) return -1;
  size = std::min(size, end_ - begin_);
  std::memcpy(to, buffer_.data() + begin_, size);
  begin_ += size;
  left_ -= size;
  return static_cast<ssize_t>(size);
}

ssize_t HttpStream::write(const char* from, size_t size) {
  if (!written_by_) written_by_ = Clock::now() + kAnswerTime;
  const Clock::time_point pause_ends = Clock::now() + kAnswerPause;
  do {
    const ssize_t sent = ::send(socket_, from, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) return sent;
    if (errno != EAGAIN && errno != EINTR) return -1;
  } while (Await(POLLOUT, std::min(*written_by_, pause_ends)));
  return -1;
}

bool HttpStream::Await(short events, Clock::time_point until) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd waits[] = {{socket_, events, 0}, {stop_, POLLIN, 0}};
    const int ready = ::poll(waits, stopping_ ? 1 : 2, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    if (waits[1].revents == 0) return true;
    if (events == POLLIN) return false;
    stopping_ = true;
    written_by_ = std::min(*written_by_, Clock::now() + kMoment);
    until = std::min(until, *written_by_);
  }
}

bool HttpStream::Fill() {
  while (Await(POLLIN, read_by_)) {
    const ssize_t got = ::recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    begin_ = 0;
    end_ = got > 0 ? static_cast<size_t>(got) : 0;
    return got > 0;
  }
  return false;
}

}  // namespace xiufu::department
