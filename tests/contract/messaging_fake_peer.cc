#include "tests/contract/messaging_fake_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "libs/messaging/method.h"
#include "libs/messaging/wire.h"

namespace xiufu::messaging {
namespace {

// No test waits longer for its client than this.
constexpr int kPatienceMs = 20000;

bool IsMethod(const Frame& frame, uint16_t class_id, uint16_t method_id) {
  WireReader in(frame.payload);
  return frame.type == FrameType::kMethod && in.U16() == class_id && in.U16() == method_id;
}

}  // namespace

PeerConnection::PeerConnection(int fd) : fd_(fd) {}

PeerConnection::~PeerConnection() { close(fd_); }

bool PeerConnection::Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool PeerConnection::SendMethod(uint16_t channel, uint16_t class_id, uint16_t method_id,
                                absl::string_view arguments) {
  std::string payload, frame;
  WireWriter out(&payload);
  out.U16(class_id);
  out.U16(method_id);
  out.Bytes(arguments);
  AppendFrame({FrameType::kMethod, channel, payload}, &frame);
  return Send(frame);
}

bool PeerConnection::ReadBytes(size_t size, std::string* bytes) {
  bytes->resize(size);
  return recv(fd_, bytes->data(), size, MSG_WAITALL) == static_cast<ssize_t>(size);
}

bool PeerConnection::ReadFrame(Frame* frame) {
  while (true) {
    absl::StatusOr<std::optional<Frame>> next = reader_.Next();
    if (!next.ok()) return false;
    if (next->has_value()) {
      *frame = **next;
      return true;
    }
    pollfd fd = {fd_, POLLIN, 0};
    if (poll(&fd, 1, kPatienceMs) <= 0) return false;
    const absl::Span<char> space = reader_.Space(65536);
    const ssize_t got = recv(fd_, space.data(), space.size(), 0);
    if (got <= 0) return false;
    reader_.Commit(static_cast<size_t>(got));
  }
}

bool PeerConnection::AwaitMethod(uint16_t class_id, uint16_t method_id) {
  Frame frame;
  while (ReadFrame(&frame)) {
    if (!IsMethod(frame, class_id, method_id)) continue;
    if (class_id == 10 && method_id == 11) start_ok_ = std::string(frame.payload);
    return true;
  }
  return false;
}

bool PeerConnection::AwaitHeartbeat() {
  Frame frame;
  while (ReadFrame(&frame)) {
    if (frame.type == FrameType::kHeartbeat) return true;
  }
  return false;
}

bool PeerConnection::Handshake(uint16_t heartbeat) {
  std::string header, start, tune, frame_payload;
  if (!ReadBytes(8, &header) || header.substr(0, 4) != "AMQP") return false;
  WireWriter start_out(&start);
  start_out.U8(0);
  start_out.U8(9);
  start_out.LongString("");  // server properties
  start_out.LongString("PLAIN");
  start_out.LongString("en_US");
  WireWriter tune_out(&tune);
  tune_out.U16(16);
  tune_out.U32(131072);
  tune_out.U16(heartbeat);
  if (!SendMethod(0, 10, 10, start) || !AwaitMethod(10, 11)) return false;
  if (!SendMethod(0, 10, 30, tune) || !AwaitMethod(10, 40)) return false;
  if (!SendMethod(0, 10, 41, absl::string_view("\0", 1)) || !AwaitMethod(20, 10)) return false;
  if (!SendMethod(1, 20, 11, absl::string_view("\0\0\0\0", 4))) return false;
  Frame frame;
  if (!ReadFrame(&frame)) return false;
  if (IsMethod(frame, 60, 10)) return SendMethod(1, 60, 11, "");
  if (IsMethod(frame, 85, 10)) return SendMethod(1, 85, 11, "");
  return false;
}

bool PeerConnection::AcceptConsume() {
  if (!AwaitMethod(60, 20)) return false;
  std::string ok;
  AppendMethod(1, BasicConsumeOk{"tag"}, &ok);
  return Send(ok);
}

bool PeerConnection::AwaitEnd(double seconds) {
  const auto limit = static_cast<int>(seconds * 1000);
  pollfd fd = {fd_, POLLIN, 0};
  char bytes[65536];
  while (poll(&fd, 1, limit) > 0) {
    if (recv(fd_, bytes, sizeof(bytes), 0) <= 0) return true;
  }
  return false;
}

FakePeer::FakePeer(Script script) : listen_fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (bind(listen_fd_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listen_fd_, 8) != 0 ||
      getsockname(listen_fd_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    abort();
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, script = std::move(script)] {
    for (int fd = accept(listen_fd_, nullptr, nullptr); fd >= 0;
         fd = accept(listen_fd_, nullptr, nullptr)) {
      PeerConnection connection(fd);
      script(connection, ++connections_);
    }
  });
}

FakePeer::~FakePeer() {
  shutdown(listen_fd_, SHUT_RDWR);  // accept returns
  thread_.join();
  close(listen_fd_);
}

}  // namespace xiufu::messaging
