// Token files: made once, private, the same for everybody who looks.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "libs/rpc/server.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::rpc {
namespace {

class RpcTokensTest : public ::testing::Test {
 protected:
  std::string Folder() const { return temp_.FilePath("credentials"); }
  std::string File(const std::string& principal) const {
    return Folder() + "/" + principal + ".token";
  }
  mode_t ModeOf(const std::string& path) const {
    struct stat info {};
    EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777;
  }

  TempFolder temp_;
};

TEST_F(RpcTokensTest, MissingOnesAreMadeAndStay) {
  const auto first = Tokens::LoadOrCreate(Folder(), {"portal", "operator"});
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = Tokens::LoadOrCreate(Folder(), {"operator", "portal"});
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(*first->TokenOf("portal"), *second->TokenOf("portal"));
  EXPECT_NE(*first->TokenOf("portal"), *first->TokenOf("operator"));
  EXPECT_EQ(first->TokenOf("portal")->size(), 43u);  // 32 bytes in base64url
}

TEST_F(RpcTokensTest, FilesArePrivateWhateverTheUmask) {
  const mode_t before = umask(0);
  const auto tokens = Tokens::LoadOrCreate(Folder(), {"portal"});
  umask(before);
  ASSERT_TRUE(tokens.ok()) << tokens.status();
  EXPECT_EQ(ModeOf(File("portal")), 0600u);
  EXPECT_EQ(ModeOf(Folder()), 0700u);
}

TEST_F(RpcTokensTest, TokensNameTheirPrincipals) {
  const auto tokens = Tokens::LoadOrCreate(Folder(), {"portal", "operator"});
  EXPECT_EQ(tokens->PrincipalFor(*tokens->TokenOf("portal")), "portal");
  EXPECT_EQ(tokens->PrincipalFor(*tokens->TokenOf("operator")), "operator");
  EXPECT_EQ(tokens->PrincipalFor(""), "");
  EXPECT_EQ(tokens->PrincipalFor(tokens->TokenOf("portal")->substr(1)), "");
  EXPECT_TRUE(absl::IsNotFound(tokens->TokenOf("somebody").status()));
}

TEST_F(RpcTokensTest, AFileThatOthersCanReadIsRefused) {
  ASSERT_TRUE(Tokens::LoadOrCreate(Folder(), {"portal"}).ok());
  for (const mode_t mode : {0640, 0604, 0660, 0644}) {
    ASSERT_EQ(chmod(File("portal").c_str(), mode), 0);
    EXPECT_TRUE(absl::IsPermissionDenied(Tokens::LoadOrCreate(Folder(), {"portal"}).status()));
  }
}

TEST_F(RpcTokensTest, AFileThatHoldsNoTokenIsRefusedAndKept) {
  ASSERT_TRUE(Tokens::LoadOrCreate(Folder(), {"portal"}).ok());
  for (const char* content : {"", "short", "not base64url!", "one\ntwo\n"}) {
    temp_.Write("credentials/portal.token", content);
    EXPECT_TRUE(absl::IsInvalidArgument(Tokens::LoadOrCreate(Folder(), {"portal"}).status()));
    EXPECT_EQ(temp_.Read("credentials/portal.token"), content);
  }
}

TEST_F(RpcTokensTest, TwoPrincipalsMayNotShareAToken) {
  ASSERT_TRUE(Tokens::LoadOrCreate(Folder(), {"portal"}).ok());
  std::filesystem::copy_file(File("portal"), File("operator"));
  EXPECT_TRUE(
      absl::IsInvalidArgument(Tokens::LoadOrCreate(Folder(), {"portal", "operator"}).status()));
}

TEST_F(RpcTokensTest, APrincipalIsNoPath) {
  for (const char* name : {"", "../portal", "a/b", "Portal", "a b"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Tokens::LoadOrCreate(Folder(), {name}).status())) << name;
  }
}

// All wait at a pipe, so that they start at once.
TEST_F(RpcTokensTest, ProcessesThatStartTogetherAgree) {
  const std::vector<std::string> principals = {"portal", "operator", "intake", "routing"};
  for (int round = 0; round < 20; ++round) {
    int gate[2];
    int results[2];
    ASSERT_EQ(pipe(gate), 0);
    ASSERT_EQ(pipe(results), 0);
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
      const pid_t child = fork();
      ASSERT_GE(child, 0);
      if (child == 0) {
        close(gate[1]);
        char ignored;
        (void)!read(gate[0], &ignored, 1);  // ends when the parent closes it
        const auto tokens = Tokens::LoadOrCreate(Folder(), principals);
        std::string all;
        for (const auto& name : principals) all += tokens.ok() ? *tokens->TokenOf(name) : "failed";
        _exit(write(results[1], all.data(), all.size()) < 0 ? 1 : 0);
      }
      children.push_back(child);
    }
    close(gate[0]);
    close(gate[1]);
    close(results[1]);
    std::set<std::string> seen;
    for (size_t i = 0; i < children.size(); ++i) {
      std::string all(43 * principals.size(), '\0');  // below PIPE_BUF: comes in one piece
      ASSERT_EQ(read(results[0], all.data(), all.size()), static_cast<ssize_t>(all.size()));
      seen.insert(all);
    }
    close(results[0]);
    for (const pid_t child : children) {
      int status = 0;
      ASSERT_EQ(waitpid(child, &status, 0), child);
      EXPECT_EQ(status, 0);
    }
    EXPECT_EQ(seen.size(), 1u);
    size_t files = 0;
    for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(Folder())) ++files;
    EXPECT_EQ(files, principals.size()) << "drafts were left behind";
    std::filesystem::remove_all(Folder());
  }
}

}  // namespace
}  // namespace xiufu::rpc
