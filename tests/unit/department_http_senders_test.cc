// The door for authorities against senders that are slow, endless or many.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <list>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/synchronization/mutex.h"
#include "tests/unit/department_http_rig.h"

namespace xiufu::department {
namespace {

constexpr char kHead[] = "POST /v1/answers HTTP/1.1\r\nHost: x\r\n";
constexpr char kToken[] = "Authorization: Bearer token-t\r\n";
// Nothing here takes a good sender longer.
constexpr absl::Duration kGenerous = absl::Seconds(12);

// A connection that sends what and as slowly as the test says.
class Sender {
 public:
  explicit Sender(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  }
  Sender(const Sender&) = delete;
  ~Sender() { ::close(socket_); }

  bool Send(absl::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  // Sends a byte whenever nothing came back for a moment; until the other side ends it, or `limit`.
  // What came back; "" when that is nothing, std::nullopt when the other side did not end it.
  std::optional<std::string> Trickle(absl::Duration limit = kGenerous) {
    std::string reply;
    for (const absl::Time start = absl::Now(); absl::Now() - start < limit;) {
      pollfd waits = {socket_, POLLIN, 0};
      if (::poll(&waits, 1, 100) == 0) {
        Send("a");
        continue;
      }
      if (!Receive(reply)) return reply;
    }
    return std::nullopt;
  }
  // Whether something has come back; it is left where it is.
  bool HasReply() {
    pollfd waits = {socket_, POLLIN, 0};
    return ::poll(&waits, 1, static_cast<int>(absl::ToInt64Milliseconds(kGenerous))) == 1;
  }
  // What comes back until the other side ends it.
  std::string Reply() {
    std::string reply;
    while (HasReply() && Receive(reply)) {
    }
    return reply;
  }

 private:
  bool Receive(std::string& reply) {
    char buffer[4096];
    const ssize_t got = ::recv(socket_, buffer, sizeof(buffer), 0);
    if (got > 0) reply.append(buffer, static_cast<size_t>(got));
    return got > 0;
  }
  const int socket_;
};

class DepartmentHttpSenders : public DepartmentHttp {
 protected:
  std::string ReplyTo(absl::string_view request) {
    Sender sender(server_->port());
    EXPECT_TRUE(sender.Send(request));
    return sender.Reply();
  }
  // More than the door has threads, at work in heads and bodies, with and without a token.
  class Crowd {
   public:
    explicit Crowd(int port) {
      for (int i = 0; i < 20; ++i) {
        for (const std::string& start :
             {std::string(kHead), absl::StrCat(kHead, "Content-Length: 100000\r\n\r\n"),
              absl::StrCat(kHead, kToken, "Content-Length: 100000\r\n\r\n")}) {
          senders_.emplace_back(port);
          EXPECT_TRUE(senders_.back().Send(start));
          threads_.emplace_back([sender = &senders_.back()] { sender->Trickle(); });
        }
      }
    }
    ~Crowd() {
      for (std::thread& thread : threads_) thread.join();
    }

   private:
    std::list<Sender> senders_;
    std::vector<std::thread> threads_;
  };
};

TEST_F(DepartmentHttpSenders, ASecondInstanceCannotListenBesideTheFirst) {
  const auto second = HttpServer::Start(
      {.listen = absl::StrCat("127.0.0.1:", server_->port()), .tokens = {}}, api_.get());
  EXPECT_TRUE(absl::StrContains(second.status().message(), "Address already in use"))
      << second.status();
}

TEST_F(DepartmentHttpSenders, AHeadThatTricklesIsEnded) {
  Sender sender(server_->port());
  ASSERT_TRUE(sender.Send(absl::StrCat(kHead, "X: ")));
  EXPECT_TRUE(sender.Trickle().has_value());
}

TEST_F(DepartmentHttpSenders, ABodyThatTricklesIsEndedAndTold) {
  Sender sender(server_->port());
  ASSERT_TRUE(sender.Send(absl::StrCat(kHead, kToken, "Content-Length: 100000\r\n\r\n{")));
  const std::optional<std::string> reply = sender.Trickle();
  ASSERT_TRUE(reply.has_value());
  EXPECT_TRUE(absl::StartsWith(*reply, "HTTP/1.1 408 ")) << *reply;
  EXPECT_TRUE(absl::StrContains(*reply, R"({"error":{"field":"","reason":)")) << *reply;
}

TEST_F(DepartmentHttpSenders, TheTokenIsLookedAtBeforeTheBody) {
  for (const std::string& length :
       {std::string("Content-Length: 100\r\n"), std::string("Content-Length: 999999999\r\n"),
        std::string("Transfer-Encoding: chunked\r\n"), std::string()}) {
    const std::string reply =
        ReplyTo(absl::StrCat(kHead, "Authorization: Bearer nobody\r\n", length, "\r\n"));
    EXPECT_TRUE(absl::StartsWith(reply, "HTTP/1.1 401 ")) << length << reply;
    EXPECT_TRUE(absl::StrContains(reply, "WWW-Authenticate: Bearer\r\n")) << reply;
  }
}

TEST_F(DepartmentHttpSenders, ABodyWithoutANumberOfBytesIsNotRead) {
  for (const std::string& length :
       {std::string(), std::string("Transfer-Encoding: chunked\r\n"),
        std::string("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"),
        std::string("Content-Length: -3\r\n"), std::string("Content-Length: 3x\r\n"),
        std::string("Content-Length: 3\r\nContent-Length: 4\r\n")}) {
    const std::string reply = ReplyTo(absl::StrCat(kHead, kToken, length, "\r\n"));
    EXPECT_TRUE(absl::StartsWith(reply, "HTTP/1.1 411 ")) << length << reply;
  }
}

TEST_F(DepartmentHttpSenders, WhatIsNotServedIsNotReadEither) {
  for (const char* line : {"PUT /v1/answers", "POST /v1/other", "DELETE /v1/answers"}) {
    const std::string reply =
        ReplyTo(absl::StrCat(line, " HTTP/1.1\r\n", kToken, "Transfer-Encoding: chunked\r\n\r\n"));
    EXPECT_TRUE(absl::StartsWith(reply, "HTTP/1.1 404 ")) << line << reply;
    EXPECT_TRUE(absl::EndsWith(reply, R"({"error":{"field":"","reason":"not served"}})")) << reply;
  }
}

TEST_F(DepartmentHttpSenders, MultipartIsNoAnswer) {
  const std::string reply = ReplyTo(absl::StrCat(
      kHead, kToken, "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_TRUE(absl::StartsWith(reply, "HTTP/1.1 415 ")) << reply;
}

TEST_F(DepartmentHttpSenders, AnEndlessSenderIsCutOff) {
  const std::string mebibyte(1024 * 1024, 'x');
  for (const std::string& head :
       {std::string(kHead), absl::StrCat(kHead, "\r\n"), absl::StrCat(kHead, kToken, "\r\n"),
        absl::StrCat(kHead, kToken, "Transfer-Encoding: chunked\r\n\r\n40000000\r\n"),
        absl::StrCat(kHead, kToken, "Content-Length: 1000000000\r\n\r\n")}) {
    Sender sender(server_->port());
    ASSERT_TRUE(sender.Send(head));
    // What the two kernels' buffers take is part of it.
    int sent = 0;
    while (sent < 64 && sender.Send(mebibyte)) ++sent;
    EXPECT_LT(sent, 64) << head;
  }
}

TEST_F(DepartmentHttpSenders, AnAnswerGetsThroughACrowdOfSlowSenders) {
  Crowd crowd(server_->port());
  EXPECT_EQ(Post(AnswerText("A-1")).status, 200);
}

TEST_F(DepartmentHttpSenders, StopDoesNotWaitForSlowSenders) {
  Crowd crowd(server_->port());
  const absl::Time start = absl::Now();
  server_->Stop();
  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
}

TEST_F(DepartmentHttpSenders, StopDoesNotWaitForWhoDoesNotRead) {
  GiveLongPaper(32 * 1024 * 1024);  // more than the two kernels' buffers take
  Sender reader(server_->port());
  ASSERT_TRUE(reader.Send(absl::StrCat("GET ", PaperPath(), " HTTP/1.1\r\n", kToken, "\r\n")));
  ASSERT_TRUE(reader.HasReply());
  const absl::Time start = absl::Now();
  server_->Stop();
  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
}

TEST_F(DepartmentHttpSenders, AnAnswerDoesNotWaitForIntake) {
  absl::Mutex mutex;
  bool released = false;
  int busy = 0;
  const auto others_refused = [&] { return busy == 16; };
  intake_.before_file = [&] {
    absl::MutexLock lock(&mutex);
    mutex.Await(absl::Condition(&released));
  };
  std::vector<std::thread> askers;
  for (int i = 0; i < 20; ++i) {
    askers.emplace_back([&] {
      const Reply reply = Get(TaskPath());
      if (reply.status == 200) return;
      EXPECT_EQ(reply.status, 503);
      EXPECT_TRUE(absl::StrContains(reply.head, "Retry-After: 1")) << reply.head;
      absl::MutexLock lock(&mutex);
      ++busy;
    });
  }
  EXPECT_EQ(Post(AnswerText("A-1")).status, 200);
  {
    absl::MutexLock lock(&mutex);
    EXPECT_TRUE(mutex.AwaitWithTimeout(absl::Condition(&others_refused), kGenerous));
    released = true;
  }
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(intake_.file_calls, 4);
  EXPECT_EQ(Get(TaskPath()).status, 200);
}

}  // namespace
}  // namespace xiufu::department
