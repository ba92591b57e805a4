#include "services/intake/settings.h"

#include "libs/rpc/server.h"
#include "libs/service/law_keeper.h"
#include "services/intake/app/tell.h"
#include "services/intake/drivers/document_letter.h"
#include "services/intake/drivers/letter_words.h"

namespace xiufu::intake {

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
  if (absl::Status status = file->Check(); !status.ok()) return status;
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
