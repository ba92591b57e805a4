// Requests: the same answer for ever, another body refused, a failed write leaves the id unused.
#include "libs/base/status.h"
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class RequestsTest : public StoreTest {
 protected:
  RequestsTest() { Open(); }
  // A client's write as the services make it.
  absl::StatusOr<std::string> Call(const std::string& method, const Id& id, const std::string& body,
                                   absl::Status result = absl::OkStatus()) {
    std::string answer;
    absl::Status status = Write([&](Tx& tx) -> absl::Status {
      auto kept = tx.requests().Find(tx, method, id, Sha256(body));
      if (!kept.ok()) return kept.status();
      if (kept->has_value()) {
        answer = **kept;
        return absl::OkStatus();
      }
      answer = "answer " + std::to_string(++handled_);
      tx.requests().Keep(tx, method, id, Sha256(body), answer, clock_.Now());
      return result;
    });
    if (!status.ok()) return status;
    return answer;
  }
  int handled_ = 0;
};

TEST_F(RequestsTest, TheSameRequestHasTheSameAnswer) {
  const Id id = TestId("request", 1);
  EXPECT_EQ(*Call("Create", id, "body"), "answer 1");
  EXPECT_EQ(*Call("Create", id, "body"), "answer 1");
  Crash();
  Open();
  EXPECT_EQ(*Call("Create", id, "body"), "answer 1");
  EXPECT_EQ(*Call("Submit", id, "body"), "answer 2") << "scoped by method";
  EXPECT_EQ(handled_, 2);
}

TEST_F(RequestsTest, AnotherBodyIsRefused) {
  const Id id = TestId("request", 1);
  EXPECT_TRUE(Call("Create", id, "body").ok());
  absl::Status reused = Call("Create", id, "other").status();
  EXPECT_EQ(reused.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(HasReason(reused, "REQUEST_ID_REUSED")) << reused;
}

TEST_F(RequestsTest, ARefusedWriteLeavesTheIdUnused) {
  const Id id = TestId("request", 1);
  EXPECT_FALSE(Call("Create", id, "bad", absl::InvalidArgumentError("no")).ok());
  EXPECT_EQ(*Call("Create", id, "good"), "answer 2");
}

}  // namespace
}  // namespace xiufu::storage
