#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/messaging/broker_channel.h"
#include "libs/messaging/content.h"
#include "libs/messaging/frame.h"
#include "libs/messaging/method.h"
#include "libs/messaging/wake.h"
#include "libs/messaging/watchdog.h"

namespace xiufu::messaging {

// What a link brings to its owner, on the link's thread.
class LinkHandler {
 public:
  virtual ~LinkHandler() = default;
  virtual void OnSubscribed() = 0;
  virtual void OnDeliver(const BasicDeliver& deliver, Content content) = 0;
  virtual void OnReturn(const BasicReturn& returned, const Content& content) = 0;
  virtual void OnConfirm(uint64_t tag, bool multiple, bool accepted) = 0;
  virtual void OnBlocked(bool blocked) = 0;
};

// The frame loop on a socket that was taken over: reads in large pieces, writes in bulk, serves
// heartbeats, answers closes. One thread uses it. Once a method has returned an error the
// connection is over: destroy the link.
class Link {
 public:
  Link(BrokerChannel channel, size_t max_body, const Clock* clock, Watchdog* watchdog,
       LinkHandler* handler);

  uint32_t frame_max() const { return frame_max_; }
  uint64_t writes() const { return writes_; }  // write(2) calls
  bool blocked() const { return blocked_; }

  // Frames to send; Flush() or the next Round() writes them.
  std::string* output() { return &output_; }
  // Writes as much as the socket takes.
  absl::Status Flush();
  // Waits until the socket has something, `wake` is signalled, or `until` (monotonic); then reads
  // what there is, hands it to the handler and writes the answers.
  absl::Status Round(absl::Duration until, Wake* wake);
  // Says goodbye, and waits until the broker has read all that was written before it, at most
  // `limit`.
  void CloseOrderly(absl::Duration limit);

 private:
  int TimeoutMs(absl::Duration now, absl::Duration until) const;
  absl::Status Read();
  absl::Status Dispatch();
  absl::Status OnFrame(const Frame& frame);
  absl::Status OnMethodFrame(const Frame& frame);
  absl::Status OnMethod(const ConnectionClose& close);
  absl::Status OnMethod(const ConnectionCloseOk& ok);
  absl::Status OnMethod(const ConnectionBlocked& blocked);
  absl::Status OnMethod(const ConnectionUnblocked& unblocked);
  absl::Status OnMethod(const ChannelClose& close);
  absl::Status OnMethod(const BasicConsumeOk& ok);
  absl::Status OnMethod(const BasicCancel& cancel);
  absl::Status OnMethod(const BasicReturn& returned);
  absl::Status OnMethod(const BasicDeliver& deliver);
  absl::Status OnMethod(const BasicAck& ack);
  absl::Status OnMethod(const BasicNack& nack);
  template <typename Other>
  absl::Status OnMethod(const Other&);  // what a broker may not send now
  absl::Status OnContentFrame(const Frame& frame);
  absl::Status ServeHeartbeats();
  void SetBlocked(bool blocked);
  void WatchOutput();

  const UniqueFd fd_;
  const absl::Duration heartbeat_;
  const uint32_t frame_max_;
  const Clock* const clock_;
  LinkHandler* const handler_;
  Watchdog::Watch watch_;  // after fd_: gone before the descriptor is closed

  FrameReader reader_;
  ContentAssembler assembler_;
  Method content_of_;  // the deliver or return whose content is being put together
  std::string output_;
  size_t written_ = 0;  // bytes of output_ that are already out
  absl::Duration last_read_;
  absl::Duration last_write_;
  bool blocked_ = false;
  bool watched_ = false;  // the watchdog expects progress of output_
  bool close_ok_ = false;
  uint64_t writes_ = 0;
};

}  // namespace xiufu::messaging
