#pragma once

#include <curl/curl.h>

#include "absl/strings/str_cat.h"
#include "libs/storage/session.h"
#include "services/department_adapter/drivers/disk_cache.h"
#include "services/department_adapter/drivers/http_api.h"
#include "services/department_adapter/drivers/http_server.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/department_rig.h"

namespace xiufu::department {

// What came back over HTTP.
struct Reply {
  long status = 0;
  std::string head;
  std::string body;
};

inline size_t Collect(char* data, size_t size, size_t count, void* text) {
  static_cast<std::string*>(text)->append(data, size * count);
  return size * count;
}

// A client that is not the code under test.
inline Reply Call(const std::string& url, const std::string& token,
                  const std::string* body = nullptr, const char* extra_header = nullptr) {
  Reply reply;
  CURL* curl = curl_easy_init();
  curl_slist* headers = nullptr;
  if (!token.empty()) {
    headers = curl_slist_append(headers, absl::StrCat("Authorization: Bearer ", token).c_str());
  }
  if (extra_header != nullptr) headers = curl_slist_append(headers, extra_header);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Collect);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, Collect);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply.head);
  if (body != nullptr) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
  }
  EXPECT_EQ(curl_easy_perform(curl), CURLE_OK) << url;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return reply;
}

class DepartmentHttp : public ::testing::Test {
 protected:
  void SetUp() override {
    database_ = *storage::Database::Open(
        {.path = folder_.FilePath("store.db"), .service = "department_adapter"}, Migrations(),
        &clock_);
    database_->Start();
    cache_ = *DiskCache::Open(folder_.FilePath("materials"));
    api_ = std::make_unique<HttpApi>(HttpApi::Parts{database_.get(), &clock_, &StoredTasks(),
                                                    &intake_, cache_.get(), NewReceiveAnswer(),
                                                    "http://adapter"});
    server_ = *HttpServer::Start(
        {.listen = "127.0.0.1:0", .tokens = {{"transport", "token-t"}, {"environment", "token-e"}}},
        api_.get());
    GiveTask();
  }
  void TearDown() override {
    server_->Stop();
    database_->Stop();
  }
  void GiveTask() {
    service::Wiring wiring =
        WireDepartmentAdapter({database_.get(), &clock_, {}, &intake_, cache_.get()});
    messaging::Envelope envelope;
    envelope.id = TestId("event");
    envelope.data = GivenTask().SerializeAsString();
    ASSERT_TRUE(database_
                    ->WriteAndWait([&](storage::Tx& tx) {
                      return (*wiring.router.Find("xiufu.dept.task_given.v1"))(
                          envelope, messaging::CauseOf(envelope, clock_.Now()), tx);
                    })
                    .ok());
  }
  // The task's paper becomes one of that many bytes.
  std::string GiveLongPaper(size_t size) {
    std::string paper(size, '\0');
    for (size_t i = 0; i < paper.size(); ++i) paper[i] = static_cast<char>(i * 31 >> 3);
    intake_.bytes = paper;
    EXPECT_TRUE(database_
                    ->WriteAndWait([&](storage::Tx& tx) {
                      const std::string sha256 = Sha256(paper);
                      tx.Run("UPDATE task_material SET size = ?, sha256 = ?",
                             static_cast<int64_t>(paper.size()), storage::Blob{sha256});
                      return absl::OkStatus();
                    })
                    .ok());
    return paper;
  }
  Reply Get(const std::string& path, const std::string& token = "token-t") {
    return Call(absl::StrCat("http://127.0.0.1:", server_->port(), path), token);
  }
  Reply Post(const std::string& body, const std::string& token = "token-t",
             const char* extra_header = nullptr) {
    return Call(absl::StrCat("http://127.0.0.1:", server_->port(), "/v1/answers"), token, &body,
                extra_header);
  }
  std::string AnswerText(const std::string& answer_id, const std::string& number = "1号",
                         const Id& task = TestId("task")) {
    return absl::StrCat(R"({"answerId":")", answer_id, R"(","task":")", task.ToString(),
                        R"(","answeredAt":"2026-04-02T09:00:00+08:00","accepted":{"documentNo":")",
                        number, R"("}})");
  }
  int64_t StoredAnswers() {
    int64_t count = -1;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      storage::Query query = session.Sql("SELECT count(*) FROM answer");
                      if (query.Next()) count = query.Int(0);
                      return session.status();
                    })
                    .ok());
    return count;
  }
  std::string TaskPath(const std::string& below = "") {
    return absl::StrCat("/v1/tasks/", TestId("task").ToString(), below);
  }
  std::string PaperPath() {
    return TaskPath(absl::StrCat("/materials/", TestId("paper").ToString()));
  }

  TempFolder folder_;
  ManualClock clock_{TestNow()};
  FakeIntake intake_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<DiskCache> cache_;
  std::unique_ptr<HttpApi> api_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace xiufu::department
