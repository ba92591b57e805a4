// What every channel to applicants promises, whatever stands behind it. A new kind adds a receiver
// and one line at the end.
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/system_clock.h"
#include "services/intake/drivers/file_channel.h"
#include "services/intake/drivers/http_channels.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::intake {
namespace {

// What stands behind a channel: keeps each message by its id, and can be put out of order.
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual NotificationChannel& channel() = 0;
  virtual std::map<std::string, nlohmann::json> Received() = 0;
  virtual void TakeNothing(bool nothing) = 0;
  virtual bool GetsThePhone() const = 0;
};

class HttpReceiver : public Receiver {
 public:
  HttpReceiver() {
    server_.Post("/in", [this](const httplib::Request& request, httplib::Response& response) {
      const std::scoped_lock lock(mutex_);
      authorization_ = request.get_header_value("Authorization");
      response.status = answer_;
      if (answer_ >= 300) {
        response.set_content("13812345678", "text/plain");
        if (answer_ == 429) response.set_header("Retry-After", "17");
        return;
      }
      const nlohmann::json body = nlohmann::json::parse(request.body);
      received_[body.at("id")] = body;
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~HttpReceiver() override {
    server_.stop();
    thread_.join();
  }
  std::string url() const { return absl::StrCat("http://127.0.0.1:", port_, "/in"); }
  std::map<std::string, nlohmann::json> Received() override {
    const std::scoped_lock lock(mutex_);
    return received_;
  }
  void TakeNothing(bool nothing) override { Answer(nothing ? 503 : 204); }
  void Answer(int status) {
    const std::scoped_lock lock(mutex_);
    answer_ = status;
  }
  std::string authorization() {
    const std::scoped_lock lock(mutex_);
    return authorization_;
  }

 protected:
  SystemClock clock_;

 private:
  httplib::Server server_;
  std::mutex mutex_;
  std::map<std::string, nlohmann::json> received_;
  std::string authorization_;
  int answer_ = 200;
  int port_ = 0;
  std::thread thread_;
};

template <typename Channel>
class HttpReceiverOf final : public HttpReceiver {
 public:
  NotificationChannel& channel() override { return channel_; }
  bool GetsThePhone() const override { return std::is_same_v<Channel, SmsChannel>; }

 private:
  Channel channel_{{url(), "secret"}, &clock_};
};

class FolderReceiver final : public Receiver {
 public:
  NotificationChannel& channel() override { return channel_; }
  bool GetsThePhone() const override { return true; }
  std::map<std::string, nlohmann::json> Received() override {
    std::map<std::string, nlohmann::json> received;
    if (!std::filesystem::is_directory(path_)) return received;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      EXPECT_EQ(entry.status().permissions(),
                std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
      std::ifstream file(entry.path());
      const nlohmann::json body = nlohmann::json::parse(file);
      EXPECT_EQ(entry.path().filename(), absl::StrCat(body.at("id").get<std::string>(), ".json"));
      received[body.at("id")] = body;
    }
    return received;
  }
  // A file where the folder should be.
  void TakeNothing(bool nothing) override {
    std::filesystem::remove_all(path_);
    if (nothing) folder_.Write("drop", "");
  }

 private:
  TempFolder folder_;
  const std::string path_ = folder_.FilePath("drop");
  FileChannel channel_{path_};
};

struct NamedReceiver {
  const char* name;
  std::unique_ptr<Receiver> (*make)();
};

template <typename T>
std::unique_ptr<Receiver> Make() {
  return std::make_unique<T>();
}

OutgoingMessage MessageCalled(const char* tag) {
  OutgoingMessage message;
  message.notification.id = DeriveId(Id(), tag, 0, {});
  message.notification.number = "XYXF21060020260615000000013";
  message.notification.code = "CASE_ACCEPTED";
  message.notification.text = "【信用修复】已受理";
  message.notification.text_en = "accepted";
  message.notification.told = absl::FromUnixSeconds(1'780'000'000);
  message.notification.due = message.notification.told;
  message.phone = "13812345678";
  return message;
}

absl::Time Soon() { return absl::Now() + absl::Seconds(10); }

class ChannelSuite : public ::testing::TestWithParam<NamedReceiver> {
 protected:
  const std::unique_ptr<Receiver> receiver_ = GetParam().make();
};

TEST_P(ChannelSuite, AMessageArrivesOnceHoweverOftenItIsSent) {
  for (int i = 0; i < 2; ++i) {
    const absl::Status sent = receiver_->channel().Send(MessageCalled("one"), Soon());
    ASSERT_TRUE(sent.ok()) << sent;
  }
  ASSERT_TRUE(receiver_->channel().Send(MessageCalled("two"), Soon()).ok());
  const auto received = receiver_->Received();
  ASSERT_EQ(received.size(), 2u);
  const nlohmann::json& body = received.at(MessageCalled("one").notification.id.ToString());
  EXPECT_EQ(body.at("text"), "【信用修复】已受理");
  EXPECT_EQ(body.at("number"), "XYXF21060020260615000000013");
  EXPECT_EQ(body.contains("phone"), receiver_->GetsThePhone());
}

TEST_P(ChannelSuite, WhatCannotBeTakenNowMayBeLater) {
  receiver_->TakeNothing(true);
  const absl::Status refused = receiver_->channel().Send(MessageCalled("one"), Soon());
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_EQ(refused.ToString().find("138"), std::string::npos) << refused;
  receiver_->TakeNothing(false);
  const absl::Status sent = receiver_->channel().Send(MessageCalled("one"), Soon());
  EXPECT_TRUE(sent.ok()) << sent;
}

TEST_P(ChannelSuite, ManyAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const absl::Status sent =
          receiver_->channel().Send(MessageCalled(absl::StrCat("message ", i).c_str()), Soon());
      EXPECT_TRUE(sent.ok()) << sent;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(receiver_->Received().size(), 8u);
}

INSTANTIATE_TEST_SUITE_P(All, ChannelSuite,
                         ::testing::Values(NamedReceiver{"Webhook",
                                                         Make<HttpReceiverOf<WebhookChannel>>},
                                           NamedReceiver{"Sms", Make<HttpReceiverOf<SmsChannel>>},
                                           NamedReceiver{"File", Make<FolderReceiver>}),
                         [](const auto& info) { return info.param.name; });

TEST(HttpChannels, RefusalsForGoodAndDelaysAreTold) {
  HttpReceiverOf<SmsChannel> receiver;
  receiver.Answer(422);
  absl::Status status = receiver.channel().Send(MessageCalled("one"), Soon());
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  receiver.Answer(429);
  status = receiver.channel().Send(MessageCalled("one"), Soon());
  EXPECT_TRUE(HasReason(status, "RETRY_AFTER")) << status;
  receiver.Answer(200);
  EXPECT_TRUE(receiver.channel().Send(MessageCalled("one"), Soon()).ok());
  EXPECT_EQ(receiver.authorization(), "Bearer secret");
}

TEST(HttpChannels, NobodyThere) {
  SystemClock clock;
  WebhookChannel channel({"http://127.0.0.1:1/in", "secret"}, &clock);
  EXPECT_TRUE(absl::IsUnavailable(channel.Send(MessageCalled("one"), Soon())));
}

}  // namespace
}  // namespace xiufu::intake
