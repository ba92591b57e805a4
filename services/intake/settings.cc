#include "services/intake/settings.h"

#include "libs/rpc/server.h"
#include "libs/service/law_keeper.h"
#include "services/intake/app/tell.h"
#include "services/intake/drivers/document_letter.h"
#include "services/intake/drivers/letter_words.h"

namespace xiufu::intake {

namespace {

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
  settings.letter_link = own.Text("letter_link", "https://www.creditchina.gov.cn");
  settings.progress_link = own.Text("progress_link");
  std::vector<std::string> token_files;
  for (service::ConfigSection& section : own.Sections("upstream")) {
    settings.upstream.push_back(ReadUpstream(section));
    token_files.push_back(section.RequiredText("token_file"));
  }
  if (absl::Status status = file->Check(); !status.ok()) return status;
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
  if (absl::Status status = CheckDocumentMessages(*messages); !status.ok()) return status;
  return messages;
}

absl::StatusOr<std::string> OwnToken(const service::CommonConfig& config) {
  absl::StatusOr<rpc::Tokens> tokens = rpc::Tokens::LoadOrCreate(config.credentials, {config.name});
  if (!tokens.ok()) return tokens.status();
  return tokens->TokenOf(config.name);
}

}  // namespace xiufu::intake
