// The door for authorities, over a real socket and a store with its thread.
#include <curl/curl.h>

#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "libs/storage/session.h"
#include "services/department_adapter/drivers/disk_cache.h"
#include "services/department_adapter/drivers/http_api.h"
#include "services/department_adapter/drivers/http_server.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/department_rig.h"

namespace xiufu::department {
namespace {

struct Reply {
  long status = 0;
  std::string head;
  std::string body;
};

size_t Collect(char* data, size_t size, size_t count, void* text) {
  static_cast<std::string*>(text)->append(data, size * count);
  return size * count;
}

// A client that is not the code under test.
Reply Call(const std::string& url, const std::string& token, const std::string* body = nullptr,
           const char* extra_header = nullptr) {
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

TEST_F(DepartmentHttp, AnAnswerIsStoredBeforeItIsAcknowledged) {
  EXPECT_EQ(Post(AnswerText("A-1")).status, 200);
  EXPECT_EQ(StoredAnswers(), 1);
  EXPECT_EQ(Post(AnswerText("A-1")).status, 200);
  EXPECT_EQ(Post(AnswerText("A-1", "2号")).status, 409);
  EXPECT_EQ(Post(AnswerText("A-2")).status, 200);
  EXPECT_EQ(StoredAnswers(), 2);
}

TEST_F(DepartmentHttp, WhoIsWho) {
  EXPECT_EQ(Post(AnswerText("A-1"), "").status, 401);
  EXPECT_EQ(Post(AnswerText("A-1"), "token-").status, 401);
  EXPECT_EQ(Post(AnswerText("A-1"), "token-e").status, 403);
  EXPECT_EQ(Get(TaskPath(), "").status, 401);
  EXPECT_EQ(Get(TaskPath(), "token-e").status, 403);
  EXPECT_EQ(Get(PaperPath(), "token-e").status, 403);
  EXPECT_EQ(StoredAnswers(), 0);
}

TEST_F(DepartmentHttp, WhatIsNotThere) {
  EXPECT_EQ(Post(AnswerText("A-1", "1号", TestId("unknown"))).status, 404);
  EXPECT_EQ(Get("/v1/tasks/x").status, 404);
  EXPECT_EQ(Get(absl::StrCat("/v1/tasks/", TestId("unknown").ToString())).status, 404);
  EXPECT_EQ(Get(TaskPath("/materials/x")).status, 404);
  EXPECT_EQ(Get(TaskPath(absl::StrCat("/materials/", TestId("unknown").ToString()))).status, 404);
  EXPECT_EQ(Get("/").status, 404);
}

TEST_F(DepartmentHttp, BadBodiesSayWhatIsWrong) {
  const Reply reply = Post(AnswerText("A-1", std::string(65, 'x')));
  EXPECT_EQ(reply.status, 400);
  EXPECT_TRUE(absl::StrContains(reply.body, R"("field":"accepted.documentNo")")) << reply.body;
  EXPECT_EQ(Post("").status, 400);
  EXPECT_EQ(Post("not json").status, 400);
  EXPECT_EQ(Post(std::string(256 * 1024 + 1, ' ')).status, 413);
  EXPECT_EQ(Post("x", "token-t", "Content-Encoding: gzip").status, 415);
  EXPECT_EQ(StoredAnswers(), 0);
}

TEST_F(DepartmentHttp, ATaskCanBeAskedFor) {
  const Reply reply = Get(TaskPath());
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(absl::StrContains(reply.body, TestId("task").ToString())) << reply.body;
  EXPECT_TRUE(absl::StrContains(reply.body, "承诺书.pdf")) << reply.body;
  EXPECT_TRUE(absl::StrContains(reply.body, absl::StrCat("http://adapter", PaperPath())));
  intake_.status = absl::UnavailableError("away");
  EXPECT_EQ(Get(TaskPath()).status, 503);
}

TEST_F(DepartmentHttp, PapersComeWithTheirDigestAlsoWhenTheCacheIsEmpty) {
  const std::string digest = absl::StrCat("Digest: sha-256=", absl::Base64Escape(Sha256(kPaper)));
  for (int i = 0; i < 2; ++i) {
    const Reply reply = Get(PaperPath());
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, kPaper);
    EXPECT_TRUE(absl::StrContains(reply.head, digest)) << reply.head;
    EXPECT_TRUE(absl::StrContains(reply.head, "application/pdf")) << reply.head;
  }
  EXPECT_EQ(intake_.material_calls, 1);
  std::filesystem::remove_all(folder_.FilePath("materials"));
  EXPECT_EQ(Get(PaperPath()).body, kPaper);
  EXPECT_EQ(intake_.material_calls, 2);
}

TEST_F(DepartmentHttp, ALongPaperComesWhole) {
  std::string paper(3 * 1024 * 1024 + 17, '\0');
  for (size_t i = 0; i < paper.size(); ++i) paper[i] = static_cast<char>(i * 31 >> 3);
  intake_.bytes = paper;
  ASSERT_TRUE(database_
                  ->WriteAndWait([&](storage::Tx& tx) {
                    const std::string sha256 = Sha256(paper);
                    tx.Run("UPDATE task_material SET size = ?, sha256 = ?",
                           static_cast<int64_t>(paper.size()), storage::Blob{sha256});
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_TRUE(Get(PaperPath()).body == paper);
}

TEST_F(DepartmentHttp, APaperThatIntakeCannotGiveIsNotNow) {
  intake_.bytes = "other bytes";
  EXPECT_EQ(Get(PaperPath()).status, 503);
  intake_.status = absl::UnavailableError("away");
  EXPECT_EQ(Get(PaperPath()).status, 503);
}

TEST_F(DepartmentHttp, AStoreThatIsClosedAcknowledgesNothing) {
  database_->Stop();
  EXPECT_GE(Post(AnswerText("A-1")).status, 500);
}

}  // namespace
}  // namespace xiufu::department
