#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "absl/strings/string_view.h"
#include "libs/messaging/frame.h"

namespace xiufu::messaging {

// One AMQP connection as a broker sees it, scripted by a test on the peer's thread. Every step
// returns false when the client has gone.
class PeerConnection {
 public:
  explicit PeerConnection(int fd);
  ~PeerConnection();
  PeerConnection(const PeerConnection&) = delete;
  PeerConnection& operator=(const PeerConnection&) = delete;

  // Everything up to an open channel that is set up: header, start, tune, open, channel.open, qos
  // or confirm.select. The heartbeat is what the broker offers, in seconds.
  bool Handshake(uint16_t heartbeat);
  // Waits for basic.consume and accepts it.
  bool AcceptConsume();
  bool Send(absl::string_view bytes);
  // Reads until a method (class, method) comes; other frames are counted and passed over.
  bool AwaitMethod(uint16_t class_id, uint16_t method_id);
  // Reads until a heartbeat comes.
  bool AwaitHeartbeat();
  // True when the client ends the connection within `seconds`.
  bool AwaitEnd(double seconds);

  const std::string& start_ok() const { return start_ok_; }  // what the client said of itself

 private:
  bool ReadFrame(Frame* frame);
  bool ReadBytes(size_t size, std::string* bytes);
  bool SendMethod(uint16_t channel, uint16_t class_id, uint16_t method_id,
                  absl::string_view arguments);

  const int fd_;
  FrameReader reader_{131072};
  std::string start_ok_;
};

// Listens on a free port of 127.0.0.1 and runs the script for one connection after another.
class FakePeer {
 public:
  using Script = std::function<void(PeerConnection&, int number)>;  // number from 1
  explicit FakePeer(Script script);
  ~FakePeer();
  uint16_t port() const { return port_; }
  int connections() const { return connections_; }

 private:
  int listen_fd_;
  uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::thread thread_;
};

}  // namespace xiufu::messaging
