// A service that comes back is called again within a second, however long it was away.
#include <arpa/inet.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::rpc {
namespace {

constexpr absl::Duration kAway = absl::Seconds(4);
constexpr absl::Duration kLongestPause = absl::Seconds(1);
constexpr absl::Duration kSlack = absl::Milliseconds(500);  // of a busy machine

// Holds the port of a server that is away. Connections are ended as soon as they are made, so that
// each attempt is seen, fails, and is followed by a pause.
class Absence {
 public:
  explicit Absence(int port) : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int on = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    held_ = bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 &&
            listen(listener_, 16) == 0;
  }
  ~Absence() { close(listener_); }
  Absence(const Absence&) = delete;
  Absence& operator=(const Absence&) = delete;

  bool held() const { return held_; }
  // When the next attempt was refused; nothing when none came in time.
  std::optional<absl::Time> NextAttempt(absl::Duration patience) const {
    pollfd waiting = {listener_, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(absl::ToInt64Milliseconds(patience))) != 1) {
      return std::nullopt;
    }
    const int connection = accept(listener_, nullptr, nullptr);
    if (connection < 0) return std::nullopt;
    close(connection);
    return absl::Now();
  }

 private:
  const int listener_;
  bool held_ = false;
};

// Calls as the services do: gives up at once while there is no connection, and soon tries again.
class Caller {
 public:
  explicit Caller(std::shared_ptr<grpc::Channel> channel)
      : stub_(grpc::health::v1::Health::NewStub(std::move(channel))), thread_([this] {
          while (!stop_) Ask();
        }) {}
  ~Caller() {
    stop_ = true;
    thread_.join();
  }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  bool AwaitAnswered(bool answered, absl::Duration patience) {
    absl::MutexLock lock(&mutex_);
    auto as_wanted = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return answered_ == answered; };
    return mutex_.AwaitWithTimeout(absl::Condition(&as_wanted), patience);
  }

 private:
  void Ask() {
    grpc::ClientContext context;
    SetDeadline(context, absl::Seconds(2));
    grpc::health::v1::HealthCheckResponse response;
    const bool ok = stub_->Check(&context, {}, &response).ok();
    {
      absl::MutexLock lock(&mutex_);
      answered_ = ok;
    }
    absl::SleepFor(absl::Milliseconds(20));
  }

  const std::unique_ptr<grpc::health::v1::Health::Stub> stub_;
  absl::Mutex mutex_;
  bool answered_ ABSL_GUARDED_BY(mutex_) = false;
  std::atomic<bool> stop_{false};
  std::thread thread_;  // the last: it uses the others
};

class RpcReconnectTest : public ::testing::Test {
 protected:
  RpcReconnectTest() : tokens_(*Tokens::LoadOrCreate(folder_.path(), {"portal"})) {}

  std::unique_ptr<Server> ServeAt(int port) {
    auto server = Server::Start({absl::StrCat("127.0.0.1:", port), &tokens_}, {});
    EXPECT_TRUE(server.ok()) << server.status();
    (*server)->SetServing(true);
    return *std::move(server);
  }

  TempFolder folder_;
  Tokens tokens_;
  // As every caller has one: its threads look after all connections of the process, also the
  // outgoing ones, which nobody else looks after between calls.
  const std::unique_ptr<Server> own_ = ServeAt(0);
};

TEST_F(RpcReconnectTest, AServerThatIsBackIsCalledWithinASecond) {
  std::unique_ptr<Server> server = ServeAt(0);
  const int port = server->port();
  Caller caller(NewChannel(absl::StrCat("127.0.0.1:", port), *tokens_.TokenOf("portal")));
  ASSERT_TRUE(caller.AwaitAnswered(true, absl::Seconds(30)));

  server->Shutdown(absl::ZeroDuration());
  server.reset();
  {
    Absence absence(port);
    ASSERT_TRUE(absence.held()) << strerror(errno);
    const absl::Time left = absl::Now();
    absl::Time last = left;
    // It ends just after an attempt failed: the longest pause is still to come.
    while (last - left < kAway) {
      std::optional<absl::Time> attempt = absence.NextAttempt(absl::Seconds(30));
      ASSERT_TRUE(attempt.has_value()) << "no attempt for " << absl::Now() - last;
      EXPECT_LE(*attempt - last, kLongestPause + kSlack);
      last = *attempt;
    }
    ASSERT_TRUE(caller.AwaitAnswered(false, absl::ZeroDuration()));
  }

  server = ServeAt(port);
  EXPECT_TRUE(caller.AwaitAnswered(true, kLongestPause + kSlack));
}

}  // namespace
}  // namespace xiufu::rpc
