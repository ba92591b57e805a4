// Configuration: every mistake at once, where it is, and what was probably meant.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "absl/strings/str_split.h"
#include "libs/service/config.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::service {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kGood[] = R"([service]
name = "routing"
cell = 2
store = "var/routing/store.db"
grpc_listen = "127.0.0.1:7102"
metrics_listen = ""
credentials = "var/credentials"
principals = ["portal", "operator"]
streams = "var/streams.toml"

[broker]
port = 5680
user = "routing"
password_file = "var/credentials/broker/routing"

[routing]
catalogue = "deploy/catalogue"

[[routing.authority]]
code = "transport"
[[routing.authority]]
code = "tax"
)";

class ServiceConfigTest : public ::testing::Test {
 protected:
  ServiceConfigTest() { folder_.Write("c.toml", kGood); }

  std::string Path() const { return folder_.FilePath("c.toml"); }
  ConfigFile Load() const {
    absl::StatusOr<ConfigFile> file = ConfigFile::Load(Path());
    EXPECT_TRUE(file.ok()) << file.status();
    return *file;
  }
  // Reads all that a service would, and returns its mistakes without the path.
  std::vector<std::string> Mistakes() const {
    ConfigFile file = Load();
    file.Common("routing");
    ConfigSection own = file.Section("routing");
    own.RequiredText("catalogue");
    own.Integer("workers", 4, 1, 64);
    for (ConfigSection& authority : own.Sections("authority")) authority.RequiredText("code");
    const absl::Status status = file.Check();
    if (status.ok()) return {};
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
    std::vector<std::string> lines = absl::StrSplit(std::string(status.message()), '\n');
    for (std::string& line : lines) {
      EXPECT_EQ(line.rfind(Path() + ":", 0), 0u) << line;
      line = line.substr(Path().size() + 1);
    }
    return lines;
  }

  TempFolder folder_;
};

TEST_F(ServiceConfigTest, ReadsWhatIsThere) {
  ConfigFile file = Load();
  const CommonConfig config = file.Common("routing");
  EXPECT_EQ(config.name, "routing");
  EXPECT_EQ(config.cell, 2);
  EXPECT_EQ(config.store, "var/routing/store.db");
  EXPECT_EQ(config.grpc_listen, "127.0.0.1:7102");
  EXPECT_EQ(config.metrics_listen, "");
  EXPECT_THAT(config.principals, ElementsAre("portal", "operator"));
  EXPECT_EQ(config.broker.host, "127.0.0.1");
  EXPECT_EQ(config.broker.port, 5680);
  EXPECT_EQ(config.broker.password_file, "var/credentials/broker/routing");
  ConfigSection own = file.Section("routing");
  EXPECT_EQ(own.Text("catalogue"), "deploy/catalogue");
  std::vector<std::string> codes;
  for (ConfigSection& authority : own.Sections("authority"))
    codes.push_back(authority.Text("code"));
  EXPECT_THAT(codes, ElementsAre("transport", "tax"));
  EXPECT_TRUE(file.Check().ok()) << file.Check();
}

TEST_F(ServiceConfigTest, EveryMistakeIsToldAtOnceInLineOrder) {
  folder_.Replace("c.toml", "name = \"routing\"", "nmae = \"routing\"");
  folder_.Replace("c.toml", "cell = 2", "cell = 256");
  folder_.Replace("c.toml", "127.0.0.1:7102", "127.0.0.1:0");
  folder_.Replace("c.toml", "[\"portal\", \"operator\"]", "[\"portal\", 7]");
  folder_.Replace("c.toml", "port = 5680", "port = \"5680\"");
  folder_.Replace("c.toml", "code = \"tax\"", "code = \"\"");
  folder_.Append("c.toml", "[routnig]\n");
  EXPECT_THAT(
      Mistakes(),
      ElementsAre("1: name: is missing in [service]",
                  "2: nmae: is not known in [service]; did you mean \"name\"?",
                  "3: cell: must be a whole number from 0 to 255",
                  "5: grpc_listen: must be host:port, with a port from 1 to 65535",
                  "8: principals: must hold nothing but texts that are not empty",
                  "12: port: must be a whole number from 1 to 65535", "22: code: must not be empty",
                  "23: routnig: is not known; did you mean \"routing\"?"));
}

TEST_F(ServiceConfigTest, AMissingSectionIsToldOnce) {
  folder_.Write("c.toml", "");
  EXPECT_THAT(Mistakes(),
              ElementsAre("1: section [broker] is missing", "1: section [routing] is missing",
                          "1: section [service] is missing"));
}

TEST_F(ServiceConfigTest, AnotherServicesFileIsRefused) {
  folder_.Replace("c.toml", "name = \"routing\"", "name = \"intake\"");
  EXPECT_THAT(Mistakes(),
              ElementsAre("2: name: must be \"routing\", the program that was started"));
}

TEST_F(ServiceConfigTest, UnknownKeysOfElementsAreTold) {
  folder_.Replace("c.toml", "code = \"tax\"", "code = \"tax\"\nbase_ulr = \"x\"");
  EXPECT_THAT(Mistakes(),
              ElementsAre(HasSubstr("23: base_ulr: is not known in [routing.authority]")));
}

TEST_F(ServiceConfigTest, WrongShapesAreTold) {
  folder_.Replace("c.toml", "catalogue = \"deploy/catalogue\"", "catalogue = 1\nworkers = 0");
  folder_.Replace(
      "c.toml",
      "[[routing.authority]]\ncode = \"transport\"\n[[routing.authority]]\ncode = \"tax\"\n",
      "authority = [1]\n");
  EXPECT_THAT(Mistakes(), ElementsAre("17: catalogue: must be a text in quotes",
                                      "18: workers: must be a whole number from 1 to 64",
                                      "20: authority: must be written as [[routing.authority]]"));
}

TEST_F(ServiceConfigTest, ASectionMustBeOne) {
  folder_.Write("c.toml", "service = 1\n");
  EXPECT_THAT(Mistakes(), ::testing::Contains("1: service: must be a section: [service]"));
}

TEST_F(ServiceConfigTest, TheServiceCanComplainToo) {
  ConfigFile file = Load();
  file.Common("routing");
  ConfigSection own = file.Section("routing");
  own.Wrong("catalogue", "must be somewhere else");
  for (ConfigSection& authority : own.Sections("authority")) authority.RequiredText("code");
  EXPECT_EQ(std::string(file.Check().message()), Path() + ":17: catalogue: must be somewhere else");
}

TEST_F(ServiceConfigTest, SectionsOutliveTheirFile) {
  absl::StatusOr<ConfigSection> section = Load().Section("routing");
  EXPECT_EQ(section->Text("catalogue"), "deploy/catalogue");
}

TEST_F(ServiceConfigTest, WhatIsNoTomlIsToldWithItsLine) {
  folder_.Append("c.toml", "[unfinished\n");
  const absl::Status status = ConfigFile::Load(Path()).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr(Path() + ":23: "));
  EXPECT_TRUE(absl::IsNotFound(ConfigFile::Load(folder_.FilePath("none.toml")).status()));
}

TEST_F(ServiceConfigTest, StreamTargets) {
  folder_.Write("s.toml",
                "[targets]\n\"dept.#\" = \"127.0.0.1:7102\"\nintake = \"127.0.0.1:7101\"\n");
  const auto targets = LoadStreamTargets(folder_.FilePath("s.toml"));
  ASSERT_TRUE(targets.ok()) << targets.status();
  EXPECT_EQ(targets->size(), 2u);
  EXPECT_EQ(targets->at("dept.#"), "127.0.0.1:7102");
}

TEST_F(ServiceConfigTest, WrongStreamTargetsAreToldAtOnce) {
  folder_.Write(
      "s.toml",
      "target = 1\n[targets]\n\"#\" = \"127.0.0.1:7102\"\nintake = 7101\n\"a.#.b\" = \"h:1\"\n");
  const std::string path = folder_.FilePath("s.toml");
  EXPECT_EQ(std::string(LoadStreamTargets(path).status().message()),
            path + ":1: target: is not known; did you mean \"targets\"?\n" + path +
                ":3: #: is no stream pattern\n" + path + ":4: intake: must be \"host:port\"\n" +
                path + ":5: a.#.b: is no stream pattern");
  folder_.Write("s.toml", "");
  EXPECT_EQ(std::string(LoadStreamTargets(path).status().message()),
            path + ":1: section [targets] is missing");
}

TEST_F(ServiceConfigTest, SecretsAreOnePrivateLine) {
  const std::string path = folder_.FilePath("password");
  folder_.Write("password", "s3cret 密\n");
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  EXPECT_EQ(*ReadSecretFile(path), "s3cret 密");
  for (const char* content : {"", "\n", "two\nlines\n"}) {
    folder_.Write("password", content);
    EXPECT_TRUE(absl::IsInvalidArgument(ReadSecretFile(path).status()));
  }
  folder_.Write("password", "s3cret\n");
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  EXPECT_TRUE(absl::IsPermissionDenied(ReadSecretFile(path).status()));
  EXPECT_TRUE(absl::IsNotFound(ReadSecretFile(folder_.FilePath("none")).status()));
}

}  // namespace
}  // namespace xiufu::service
