// The door for authorities, over a real socket and a store with its thread.
#include <filesystem>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "tests/unit/department_http_rig.h"

namespace xiufu::department {
namespace {

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
  const Reply without_remedies =
      Post(absl::StrCat(R"({"answerId":"N-1","answeredAt":"2026-04-02T09:00:00Z","task":")",
                        TestId("task").ToString(), R"(","notAccepted":{"reasons":["超出管辖"]}})"));
  EXPECT_EQ(without_remedies.status, 400);
  EXPECT_TRUE(absl::StrContains(without_remedies.body, R"("field":"notAccepted.remedies")"))
      << without_remedies.body;
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
  const std::string paper = GiveLongPaper(3 * 1024 * 1024 + 17);
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
