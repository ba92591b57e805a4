#include "tests/contract/messaging_broker_fixture.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/messaging/envelope.h"

namespace xiufu::messaging {
namespace {

std::string Environment(const char* name) {
  const char* value = getenv(name);
  if (value != nullptr) return value;
  ADD_FAILURE() << name << " is not set: run this through scripts/with-broker";
  return "";
}

std::string PasswordOf(const std::string& user) {
  std::ifstream file(Environment("XIUFU_CREDENTIALS_DIR") + "/broker/" + user);
  std::string password;
  EXPECT_TRUE(std::getline(file, password)) << "no password of " << user;
  return password;
}

size_t Append(const char* data, size_t size, size_t count, void* body) {
  static_cast<std::string*>(body)->append(data, size * count);
  return size * count;
}

}  // namespace

OutgoingEvent TestEvent(const std::string& stream, int64_t seq, size_t size) {
  Envelope envelope;
  envelope.id = DeriveId(Id(), stream, static_cast<uint64_t>(seq), {1, 0});
  envelope.type = "xiufu.test.happened.v1";
  envelope.stream = stream;
  envelope.epoch = kTestEpoch;
  envelope.seq = seq;
  envelope.data = std::string(size, 'd');
  return {stream, kTestEpoch, seq, envelope.type, EncodeEnvelope(envelope)};
}

std::vector<OutgoingEvent> TestEvents(const std::string& stream, int64_t first, int64_t last,
                                      size_t size) {
  std::vector<OutgoingEvent> events;
  for (int64_t seq = first; seq <= last; ++seq) events.push_back(TestEvent(stream, seq, size));
  return events;
}

absl::StatusOr<std::vector<OutgoingEvent>> TestOutbox::ReadOutbox(const std::string& stream,
                                                                  int64_t epoch, int64_t from_seq,
                                                                  size_t max_events) {
  absl::MutexLock lock(&mutex_);
  if (epoch != kTestEpoch) return absl::NotFoundError("another epoch");
  const int64_t last = std::min(heads_[stream], from_seq + static_cast<int64_t>(max_events) - 1);
  return TestEvents(stream, from_seq, last);
}

void TestOutbox::SetHead(const std::string& stream, int64_t head) {
  absl::MutexLock lock(&mutex_);
  heads_[stream] = head;
}

Publisher::OnConfirmed ConfirmedMarks::Callback() {
  return [this](const std::string& stream, int64_t, int64_t through) {
    absl::MutexLock lock(&mutex_);
    EXPECT_GT(through, marks_[stream]);
    marks_[stream] = through;
  };
}

int64_t ConfirmedMarks::Of(const std::string& stream) const {
  absl::MutexLock lock(&mutex_);
  const auto found = marks_.find(stream);
  return found == marks_.end() ? 0 : found->second;
}

void BrokerTest::SetUp() {
  for (const nlohmann::json& queue : nlohmann::json::parse(Api("GET", "/queues/xiufu"))) {
    Api("DELETE", absl::StrCat("/queues/xiufu/", queue.at("name").get<std::string>(), "/contents"));
  }
}

void BrokerTest::TearDown() {
  if (HasFailure()) fprintf(stderr, "%s\n", Control("list_queues -p xiufu name messages").c_str());
}

BrokerOptions BrokerTest::As(const std::string& user, const std::string& connection_name) {
  BrokerOptions options;
  uint32_t port = 0;
  EXPECT_TRUE(absl::SimpleAtoi(Environment("XIUFU_BROKER_PORT"), &port));
  options.port = static_cast<uint16_t>(port);
  options.user = user;
  options.password = PasswordOf(user);
  options.connection_name = connection_name;
  options.jitter = [] { return 0.5; };
  return options;
}

Consumer::Options BrokerTest::Consuming(const std::string& user, const std::string& queue) {
  Consumer::Options options;
  options.broker = As(user, queue + " consumer");
  options.broker.jitter = RandomJitter();  // consumer tags are made from it
  options.queue = queue;
  return options;
}

Publisher::Options BrokerTest::Publishing(const std::string& user) {
  Publisher::Options options;
  options.broker = As(user, user + " publisher");
  return options;
}

std::string BrokerTest::Api(const std::string& method, const std::string& path,
                            const std::string& body) {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  const std::string url =
      absl::StrCat("http://127.0.0.1:", Environment("XIUFU_BROKER_MANAGEMENT_PORT"), "/api", path);
  const std::string login = absl::StrCat("admin:", PasswordOf("admin"));
  std::string answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_USERPWD, login.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 20L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  if (!body.empty()) curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  EXPECT_EQ(curl_easy_perform(curl.get()), CURLE_OK) << method << " " << path;
  long code = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &code);
  EXPECT_LT(code, 300) << method << " " << path << ": " << answer;
  return answer;
}

std::string BrokerTest::Control(const std::string& arguments) {
  const std::string command =
      absl::StrCat("'", Environment("XIUFU_RABBITMQCTL"), "' -q ", arguments, " 2>&1");
  FILE* pipe = popen(command.c_str(), "re");
  std::string output;
  char piece[4096];
  for (size_t got = fread(piece, 1, sizeof(piece), pipe); got > 0;
       got = fread(piece, 1, sizeof(piece), pipe)) {
    output.append(piece, got);
  }
  EXPECT_EQ(pclose(pipe), 0) << arguments << ": " << output;
  return output;
}

void BrokerTest::PublishRaw(const std::string& queue, const std::string& body) {
  const nlohmann::json request = {{"properties", {{"delivery_mode", 2}}},
                                  {"routing_key", queue},
                                  {"payload", body},
                                  {"payload_encoding", "string"}};
  const std::string answer = Api("POST", "/exchanges/xiufu/amq.default/publish", request.dump());
  EXPECT_TRUE(nlohmann::json::parse(answer).at("routed").get<bool>());
}

void BrokerTest::DeclareQueue(const std::string& queue) {
  Api("PUT", "/queues/xiufu/" + queue,
      R"({"durable": true, "arguments": {"x-queue-type": "quorum"}})");
}

void BrokerTest::Unbind(const std::string& queue, const std::string& key) {
  Api("DELETE", absl::StrCat("/bindings/xiufu/e/xiufu.events/q/", queue, "/",
                             key.substr(0, key.size() - 1), "%23"));
}

void BrokerTest::Bind(const std::string& queue, const std::string& key) {
  Api("POST", "/bindings/xiufu/e/xiufu.events/q/" + queue,
      nlohmann::json({{"routing_key", key}, {"arguments", nlohmann::json::object()}}).dump());
}

std::pair<int, int> BrokerTest::Depth(const std::string& queue) {
  const std::string output = Control(
      "list_queues -p xiufu name messages_ready messages_unacknowledged --no-table-headers");
  for (const absl::string_view line : absl::StrSplit(output, '\n')) {
    const std::vector<std::string> columns = absl::StrSplit(line, '\t');
    std::pair<int, int> depth;
    if (columns.size() == 3 && columns[0] == queue && absl::SimpleAtoi(columns[1], &depth.first) &&
        absl::SimpleAtoi(columns[2], &depth.second)) {
      return depth;
    }
  }
  ADD_FAILURE() << "no queue " << queue << " in:\n" << output;
  return {-1, -1};
}

bool BrokerTest::AwaitDepth(const std::string& queue, std::pair<int, int> depth) {
  return Eventually([&] { return Depth(queue) == depth; });
}

RunSink::RunSink() {
  on_batch = [this](const std::vector<Delivery>& batch) { Take(batch); };
}

void RunSink::AckWith(Consumer* consumer) {
  absl::MutexLock lock(&runs_mutex_);
  acker_ = consumer;
}

void RunSink::Take(const std::vector<Delivery>& batch) {
  absl::MutexLock lock(&runs_mutex_);
  for (const Delivery& delivery : batch) {
    absl::StatusOr<std::vector<EncodedEvent>> run = DecodeRun(delivery.body);
    ASSERT_TRUE(run.ok()) << run.status();
    events_ += run->size();
    for (const EncodedEvent& event : *run) {
      seqs_[event.envelope.stream].push_back(event.envelope.seq);
    }
  }
  if (acker_ != nullptr) acker_->Ack(batch.back().generation, batch.back().tag);
}

std::vector<int64_t> RunSink::SeqsOf(const std::string& stream) const {
  absl::MutexLock lock(&runs_mutex_);
  const auto found = seqs_.find(stream);
  return found == seqs_.end() ? std::vector<int64_t>() : found->second;
}

size_t RunSink::events() const {
  absl::MutexLock lock(&runs_mutex_);
  return events_;
}

std::vector<int64_t> FirstSeen(const std::vector<int64_t>& seqs) {
  std::set<int64_t> seen;
  std::vector<int64_t> first;
  for (const int64_t seq : seqs) {
    if (seen.insert(seq).second) first.push_back(seq);
  }
  return first;
}

std::vector<int64_t> Counting(int64_t first, int64_t last) {
  std::vector<int64_t> seqs;
  for (int64_t seq = first; seq <= last; ++seq) seqs.push_back(seq);
  return seqs;
}

}  // namespace xiufu::messaging
