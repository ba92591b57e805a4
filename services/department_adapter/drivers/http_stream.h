#pragma once

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace xiufu::department {

// A connection as cpp-httplib sees it, with what cpp-httplib lacks: limits in time and bytes for
// the whole head, the whole body and the whole answer. Its own begin anew with every byte, so that
// a few senders of one byte a second hold every thread for ever.
class HttpStream final : public httplib::Stream {
 public:
  // `socket` is used, not closed. `stop`: a descriptor that is readable once the server stops; then
  // nothing more is read, and what is being written has a moment left.
  HttpStream(int socket, int stop);
  // The head is in and this much is to follow, in a time of its own.
  void StartBody(uint64_t announced);
  // Ends the sending side, and listens for a moment to who still sends: closing over unread bytes
  // would take the answer from him.
  void Finish();

  ssize_t read(char* to, size_t size) override;
  ssize_t write(const char* from, size_t size) override;
  bool is_readable() const override { return true; }  // both wait by themselves
  bool is_writable() const override { return true; }
  socket_t socket() const override { return socket_; }
  // Of no use behind a proxy.
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}

 private:
  using Clock = std::chrono::steady_clock;

  // Whether the socket is ready for `events` by then.
  bool Await(short events, Clock::time_point until);
  // Puts what there is into the empty buffer; false when nothing comes any more, or not in time.
  bool Fill();

  const int socket_;
  const int stop_;
  std::array<char, 4096> buffer_ = {};
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t left_;  // bytes of the head, or the body, that may still be asked for
  Clock::time_point read_by_;
  std::optional<Clock::time_point> written_by_;
  bool stopping_ = false;
};

}  // namespace xiufu::department
