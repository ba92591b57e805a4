#include "libs/messaging/broker_channel.h"

#include <amqp.h>
#include <amqp_tcp_socket.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"

namespace xiufu::messaging {
namespace {

constexpr int kFrameMax = 131072;
constexpr timeval kConnectTimeout = {3, 0};
constexpr timeval kCallTimeout = {10, 0};
constexpr int kUserTimeoutMs = 60000;

struct Destroy {
  void operator()(amqp_connection_state_t state) const { amqp_destroy_connection(state); }
};
using Library = std::unique_ptr<amqp_connection_state_t_, Destroy>;

absl::Status Failed(absl::string_view what, int library_status) {
  return absl::UnavailableError(absl::StrCat(what, ": ", amqp_error_string2(library_status)));
}

absl::string_view TextOf(const amqp_bytes_t& bytes) {
  return {static_cast<const char*>(bytes.bytes), bytes.len};
}

absl::Status StatusOfReply(absl::string_view what, const amqp_rpc_reply_t& reply) {
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return absl::OkStatus();
  if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) return Failed(what, reply.library_error);
  if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION &&
      reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD) {
    const auto* close = static_cast<const amqp_connection_close_t*>(reply.reply.decoded);
    return StatusOfClose(close->reply_code, TextOf(close->reply_text));
  }
  if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION &&
      reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD) {
    const auto* close = static_cast<const amqp_channel_close_t*>(reply.reply.decoded);
    return StatusOfClose(close->reply_code, TextOf(close->reply_text));
  }
  return absl::UnavailableError(absl::StrCat(what, ": an answer that is none"));
}

void SetSocketOptions(int fd) {
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &kUserTimeoutMs, sizeof(kUserTimeoutMs));
}

amqp_table_entry_t TrueEntry(const char* key) {
  amqp_table_entry_t entry;
  entry.key = amqp_cstring_bytes(key);
  entry.value.kind = AMQP_FIELD_KIND_BOOLEAN;
  entry.value.value.boolean = 1;
  return entry;
}

// Capabilities are named one by one: by default the library names neither connection.blocked nor
// consumer_cancel_notify, and the broker sends those only to clients that do.
amqp_rpc_reply_t LogIn(amqp_connection_state_t state, const BrokerOptions& options) {
  amqp_table_entry_t capabilities[] = {
      TrueEntry("publisher_confirms"),           TrueEntry("consumer_cancel_notify"),
      TrueEntry("connection.blocked"),           TrueEntry("basic.nack"),
      TrueEntry("authentication_failure_close"), TrueEntry("exchange_exchange_bindings")};
  amqp_table_entry_t properties[2];
  properties[0].key = amqp_cstring_bytes("capabilities");
  properties[0].value.kind = AMQP_FIELD_KIND_TABLE;
  properties[0].value.value.table = {static_cast<int>(std::size(capabilities)), capabilities};
  properties[1].key = amqp_cstring_bytes("connection_name");
  properties[1].value.kind = AMQP_FIELD_KIND_UTF8;
  properties[1].value.value.bytes = amqp_cstring_bytes(options.connection_name.c_str());
  const amqp_table_t table = {static_cast<int>(std::size(properties)), properties};
  return amqp_login_with_properties(state, options.vhost.c_str(), kChannel, kFrameMax,
                                    static_cast<int>(absl::ToInt64Seconds(options.heartbeat)),
                                    &table, AMQP_SASL_METHOD_PLAIN, options.user.c_str(),
                                    options.password.c_str());
}

absl::Status SetUpChannel(amqp_connection_state_t state, const ChannelPurpose& purpose) {
  amqp_channel_open(state, kChannel);
  absl::Status status = StatusOfReply("channel.open", amqp_get_rpc_reply(state));
  if (status.ok() && purpose.prefetch > 0) {
    amqp_basic_qos(state, kChannel, 0, purpose.prefetch, 0);
    status = StatusOfReply("basic.qos", amqp_get_rpc_reply(state));
  }
  if (status.ok() && purpose.confirms) {
    amqp_confirm_select(state, kChannel);
    status = StatusOfReply("confirm.select", amqp_get_rpc_reply(state));
  }
  return status;
}

// From here on the library is not used any more: it keeps no bytes that we would miss, and our copy
// of the descriptor stays open when it closes its own.
absl::StatusOr<BrokerChannel> TakeOver(amqp_connection_state_t state) {
  // Nothing is due to us between set-up and the first command, so what is buffered can only be a
  // notice, whole or half; a new connection is cheaper than to go on from there.
  if (amqp_frames_enqueued(state) || amqp_data_in_buffer(state)) {
    return absl::UnavailableError("the broker spoke out of turn during set-up");
  }
  const int heartbeat = amqp_get_heartbeat(state);
  const int frame_max = amqp_get_frame_max(state);
  if (heartbeat <= 0 || frame_max < 4096) {
    return absl::UnavailableError("the broker offers no heartbeat or no usable frame size");
  }
  const int fd = fcntl(amqp_get_sockfd(state), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return absl::UnavailableError("out of descriptors");
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  return BrokerChannel{UniqueFd(fd), absl::Seconds(heartbeat), static_cast<uint32_t>(frame_max)};
}

absl::Status SetUp(amqp_connection_state_t state, const BrokerOptions& options,
                   const ChannelPurpose& purpose, Watchdog* watchdog, Interrupt* interrupt) {
  const int fd = amqp_get_sockfd(state);
  SetSocketOptions(fd);
  const Interrupt::Scope interruptible(interrupt, fd);
  Watchdog::Watch watch(watchdog, fd, 2 * options.heartbeat);
  watch.Enter();
  absl::Status status = StatusOfReply("login", LogIn(state, options));
  if (absl::IsPermissionDenied(status)) return absl::UnauthenticatedError(status.message());
  watch.Progress();
  if (status.ok()) status = SetUpChannel(state, purpose);
  return status;
}

}  // namespace

UniqueFd::~UniqueFd() {
  if (fd_ >= 0) close(fd_);
}

absl::Status StatusOfClose(uint16_t code, absl::string_view text) {
  const std::string message = absl::StrCat("broker closed: ", code, " ", text);
  switch (code) {
    case AMQP_ACCESS_REFUSED:
    case AMQP_NOT_ALLOWED:
      return absl::PermissionDeniedError(message);
    case AMQP_NOT_FOUND:
      return absl::NotFoundError(message);
    default:
      return absl::UnavailableError(message);
  }
}

absl::StatusOr<BrokerChannel> OpenBrokerChannel(const BrokerOptions& options,
                                                const ChannelPurpose& purpose, Watchdog* watchdog,
                                                Interrupt* interrupt) {
  Library library(amqp_new_connection());
  if (library == nullptr) return absl::ResourceExhaustedError("out of memory");
  amqp_socket_t* socket = amqp_tcp_socket_new(library.get());
  if (socket == nullptr) return absl::ResourceExhaustedError("out of memory");
  timeval connect_timeout = kConnectTimeout;
  const int opened =
      amqp_socket_open_noblock(socket, options.host.c_str(), options.port, &connect_timeout);
  if (opened != AMQP_STATUS_OK) return Failed("connect", opened);
  amqp_set_handshake_timeout(library.get(), &kCallTimeout);
  amqp_set_rpc_timeout(library.get(), &kCallTimeout);
  absl::Status status = SetUp(library.get(), options, purpose, watchdog, interrupt);
  if (!status.ok()) return status;
  return TakeOver(library.get());
}

}  // namespace xiufu::messaging
