#include "services/intake/settings.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/rpc/server.h"
#include "libs/service/law_keeper.h"
#include "services/intake/app/tell.h"
#include "services/intake/drivers/document_letter.h"
#include "services/intake/drivers/letter_words.h"
#include "services/intake/drivers/notification_plan.h"
#include "services/intake/drivers/window_letters.h"

namespace xiufu::intake {
namespace {

// The channel, and where its token is.
using ChannelAndToken = std::pair<ChannelSettings, std::string>;

ChannelAndToken ReadChannel(service::ConfigSection& section) {
  ChannelSettings channel;
  channel.entry.name = section.RequiredText("name");
  channel.entry.principal = section.Text("principal");
  const absl::StatusOr<ChannelKind> kind = ParseChannelKind(section.RequiredText("kind"));
  if (!kind.ok()) section.Wrong("kind", kind.status().message());
  channel.entry.kind = kind.value_or(ChannelKind::kFile);
  if (channel.entry.kind == ChannelKind::kFile) {
    channel.folder = section.RequiredText("folder");
    return {std::move(channel), ""};
  }
  channel.url = section.RequiredText("url");
  return {std::move(channel), section.RequiredText("token_file")};
}

absl::Status AddChannels(std::vector<ChannelAndToken>&& read,
                         std::vector<ChannelSettings>& channels) {
  std::set<std::string> names;
  for (auto& [channel, token_file] : read) {
    if (!names.insert(channel.entry.name).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("notification channel ", channel.entry.name, " is configured twice"));
    }
    if (!token_file.empty()) {
      absl::StatusOr<std::string> token = service::ReadSecretFile(token_file);
      if (!token.ok()) return token.status();
      channel.token = *std::move(token);
    }
    channels.push_back(std::move(channel));
  }
  return absl::OkStatus();
}

UpstreamSettings ReadUpstream(service::ConfigSection& section) {
  UpstreamSettings upstream;
  upstream.principal = section.RequiredText("principal");
  const std::string door = section.RequiredText("front_door");
  if (door == "CREDIT_CHINA") upstream.door = FrontDoor::kCreditChina;
  if (door == "GSXT") upstream.door = FrontDoor::kGsxt;
  if (upstream.door == FrontDoor::kUnspecified) {
    section.Wrong("front_door", "must be CREDIT_CHINA or GSXT");
  }
  upstream.base_url = section.RequiredText("base_url");
  return upstream;
}

}  // namespace

absl::StatusOr<Settings> LoadSettings(const std::string& path) {
  absl::StatusOr<service::ConfigFile> file = service::ConfigFile::Load(path);
  if (!file.ok()) return file.status();
  Settings settings;
  settings.common = file->Common("intake");
  service::ConfigSection own = file->Section("intake");
  settings.materials = own.RequiredText("materials");
  settings.publication = own.RequiredText("publication");
  settings.law = service::ReadLawFolders(own);
  settings.messages = own.Text("messages", "deploy/messages");
  settings.notifications = own.Text("notifications", "deploy/notifications");
  settings.ratings = own.Text("ratings", "deploy/ratings");
  std::vector<ChannelAndToken> channels;
  for (service::ConfigSection& section : own.Sections("notification_channel")) {
    channels.push_back(ReadChannel(section));
  }
  settings.letter_link = own.Text("letter_link", "https://www.creditchina.gov.cn");
  settings.progress_link = own.Text("progress_link");
  std::vector<std::string> token_files;
  for (service::ConfigSection& section : own.Sections("upstream")) {
    settings.upstream.push_back(ReadUpstream(section));
    token_files.push_back(section.RequiredText("token_file"));
  }
  if (absl::Status status = file->Check(); !status.ok()) return status;
  absl::Status added = AddChannels(std::move(channels), settings.channels);
  if (!added.ok()) return added;
  for (size_t i = 0; i < token_files.size(); ++i) {
    absl::StatusOr<std::string> token = service::ReadSecretFile(token_files[i]);
    if (!token.ok()) return token.status();
    settings.upstream[i].token = *std::move(token);
  }
  return settings;
}

absl::StatusOr<catalogue::Messages> LoadWords(const Settings& settings) {
  absl::StatusOr<catalogue::Messages> messages = catalogue::Messages::Load(settings.messages);
  if (!messages.ok()) return messages.status();
  if (absl::Status status = CheckMessages(*messages); !status.ok()) return status;
  if (absl::Status status = CheckLetterMessages(*messages); !status.ok()) return status;
  if (absl::Status status = CheckWindowMessages(*messages); !status.ok()) return status;
  if (absl::Status status = CheckDocumentMessages(*messages); !status.ok()) return status;
  return messages;
}

namespace {

// A file of the credentials folder, made when it is missing.
absl::StatusOr<std::string> SecretOf(const service::CommonConfig& config, const std::string& name) {
  absl::StatusOr<rpc::Tokens> tokens = rpc::Tokens::LoadOrCreate(config.credentials, {name});
  if (!tokens.ok()) return tokens.status();
  return tokens->TokenOf(name);
}

}  // namespace

absl::StatusOr<std::string> OwnToken(const service::CommonConfig& config) {
  return SecretOf(config, config.name);
}

absl::StatusOr<std::string> AgentSecret(const service::CommonConfig& config) {
  return SecretOf(config, "intake-agents");
}

}  // namespace xiufu::intake
