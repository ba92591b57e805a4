#include "services/department_adapter/drivers/http_connections.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <semaphore>
#include <utility>

#include "absl/strings/numbers.h"
#include "services/department_adapter/drivers/http_stream.h"

namespace xiufu::department {
namespace {

constexpr size_t kThreads = 32;
constexpr size_t kWaiting = 32;
constexpr int kBacklog = 128;

// Accepting waits when the queue is full: connections would use up the process's descriptors.
class BoundedPool final : public httplib::ThreadPool {
 public:
  BoundedPool() : ThreadPool(kThreads) {}
  void enqueue(std::function<void()> serve) override {
    room_.acquire();
    ThreadPool::enqueue([this, serve = std::move(serve)] {
      serve();
      room_.release();
    });
  }

 private:
  std::counting_semaphore<> room_{kThreads + kWaiting};
};

// The bytes that follow the head; without end when nobody says.
uint64_t BodyOf(const httplib::Request& request) {
  uint64_t bytes = 0;
  if (!request.has_header("Transfer-Encoding")) {
    if (absl::SimpleAtoi(request.get_header_value("Content-Length"), &bytes)) return bytes;
    if (request.method == "GET" || request.method == "HEAD") return 0;
  }
  return std::numeric_limits<uint64_t>::max();
}

}  // namespace

HttpConnections::HttpConnections() : stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  new_task_queue = [] { return new BoundedPool; };
  // cpp-httplib's own choice lets a second instance listen beside the first, and refuses a port on
  // which connections of another program still rest in TIME_WAIT.
  set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
}

HttpConnections::~HttpConnections() { ::close(stop_); }

int HttpConnections::Bind(const std::string& host, int port) {
  if (port == 0) {
    port = bind_to_any_port(host);
  } else if (!bind_to_port(host, port)) {
    return -1;
  }
  // cpp-httplib lets five wait; the sixth of a burst would be heard a second later.
  if (port > 0) ::listen(svr_sock_, kBacklog);
  return port;
}

void HttpConnections::StopConnections() { ::eventfd_write(stop_, 1); }

bool HttpConnections::process_and_close_socket(socket_t socket) {
  HttpStream stream(socket, stop_);
  try {
    bool closed = false;
    process_request(stream, /*close_connection=*/true, closed,
                    [&](const httplib::Request& request) { stream.StartBody(BodyOf(request)); });
  } catch (...) {
    // Of the head or the answer; what handlers throw is answered. The connection is all that ends.
  }
  stream.Finish();
  ::close(socket);
  return true;
}

}  // namespace xiufu::department
