// The adapter's configuration: what must not start.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "absl/strings/str_cat.h"
#include "services/department_adapter/drivers/settings.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::department {
namespace {

class DepartmentSettingsTest : public ::testing::Test {
 protected:
  void WriteSecret(const std::string& name, const std::string& secret) {
    folder_.Write(name, secret + "\n");
    ASSERT_EQ(chmod(folder_.FilePath(name).c_str(), 0600), 0);
  }

  static std::string Authority(const std::string& code, const std::string& outgoing,
                               const std::string& incoming) {
    return absl::StrCat("[[department_adapter.authority]]\ncode = \"", code,
                        "\"\nconnector = \"push\"\nbase_url = \"http://127.0.0.1:1\"\n",
                        "outgoing_token_file = \"", outgoing, "\"\nincoming_token_file = \"",
                        incoming, "\"\n");
  }

  absl::StatusOr<Settings> Load(const std::string& incoming_of_second) {
    WriteSecret("out", "same for both, which is theirs to know");
    WriteSecret("in1", "one");
    WriteSecret("in2", incoming_of_second);
    const std::string out = folder_.FilePath("out");
    folder_.Write("c.toml", absl::StrCat(R"([service]
name = "department_adapter"
store = "s.db"
grpc_listen = "127.0.0.1:7103"
credentials = "credentials"
principals = ["operator"]
streams = "streams.toml"
[broker]
user = "department_adapter"
password_file = "password"
[department_adapter]
intake = "127.0.0.1:7101"
materials = "materials"
http_listen = "127.0.0.1:7180"
)",
                                         Authority("transport", out, folder_.FilePath("in1")),
                                         Authority("emergency", out, folder_.FilePath("in2"))));
    return LoadSettings(folder_.FilePath("c.toml"));
  }

  TempFolder folder_;
};

TEST_F(DepartmentSettingsTest, EveryAuthorityHasATokenOfItsOwn) {
  const absl::StatusOr<Settings> settings = Load("two");
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->served[0].incoming_token, "one");
  EXPECT_EQ(settings->served[1].incoming_token, "two");
}

TEST_F(DepartmentSettingsTest, ASharedIncomingTokenIsRefused) {
  EXPECT_EQ(Load("one").status(),
            absl::InvalidArgumentError("authorities transport and emergency have the same "
                                       "incoming token"));
}

}  // namespace
}  // namespace xiufu::department
