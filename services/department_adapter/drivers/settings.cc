#include "services/department_adapter/drivers/settings.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/authority.h"

namespace xiufu::department {
namespace {

struct TokenFiles {
  std::string outgoing;
  std::string incoming;
};

absl::Status CheckServed(const Settings& settings) {
  absl::StatusOr<catalogue::AuthorityRegistry> registry =
      catalogue::AuthorityRegistry::Load(settings.authorities);
  if (!registry.ok()) return registry.status();
  std::set<std::string> codes;
  for (const AuthoritySettings& authority : settings.served) {
    if (registry->FindByCode(authority.code) == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("authority ", authority.code, " is not in ", settings.authorities));
    }
    if (!codes.insert(authority.code).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("authority ", authority.code, " is configured twice"));
    }
    if (!authority.instant && (authority.base_url.empty() || settings.http_listen.empty())) {
      return absl::InvalidArgumentError(
          absl::StrCat("authority ", authority.code, ": push needs base_url and http_listen"));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadTokens(const TokenFiles& files, AuthoritySettings& authority) {
  if (authority.instant) return absl::OkStatus();
  for (const auto& [path, token] : {std::pair(&files.outgoing, &authority.outgoing_token),
                                    std::pair(&files.incoming, &authority.incoming_token)}) {
    absl::StatusOr<std::string> secret = service::ReadSecretFile(*path);
    if (!secret.ok()) return secret.status();
    if (secret->empty()) return absl::InvalidArgumentError(absl::StrCat(*path, " is empty"));
    *token = *std::move(secret);
  }
  return absl::OkStatus();
}

// Whoever shows a token is one authority: with a shared one, one would answer for the other.
absl::Status CheckTokens(const Settings& settings) {
  std::map<std::string, std::string> owners;
  for (const AuthoritySettings& authority : settings.served) {
    if (authority.instant) continue;
    const auto [owner, alone] = owners.emplace(authority.incoming_token, authority.code);
    if (alone) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "authorities ", owner->second, " and ", authority.code, " have the same incoming token"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Settings> LoadSettings(const std::string& path) {
  absl::StatusOr<service::ConfigFile> file = service::ConfigFile::Load(path);
  if (!file.ok()) return file.status();
  Settings settings;
  settings.common = file->Common("department_adapter");
  service::ConfigSection own = file->Section("department_adapter");
  settings.intake = own.RequiredText("intake");
  settings.materials = own.RequiredText("materials");
  settings.http_listen = own.Text("http_listen");
  settings.public_url = own.Text("public_url", absl::StrCat("http://", settings.http_listen));
  settings.authorities = own.Text("authorities", "deploy/authorities");
  settings.messages = own.Text("messages", "deploy/messages");
  std::vector<TokenFiles> token_files;
  for (service::ConfigSection& section : own.Sections("authority")) {
    AuthoritySettings authority;
    authority.code = section.RequiredText("code");
    const std::string connector = section.RequiredText("connector");
    authority.instant = connector == "instant";
    if (!authority.instant && connector != "push") {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": connector of ", authority.code, " must be push or instant"));
    }
    authority.base_url = section.Text("base_url");
    token_files.push_back(
        {section.Text("outgoing_token_file"), section.Text("incoming_token_file")});
    settings.served.push_back(std::move(authority));
  }
  if (absl::Status status = file->Check(); !status.ok()) return status;
  if (absl::Status status = CheckServed(settings); !status.ok()) return status;
  for (size_t i = 0; i < settings.served.size(); ++i) {
    if (absl::Status status = ReadTokens(token_files[i], settings.served[i]); !status.ok()) {
      return status;
    }
  }
  if (absl::Status status = CheckTokens(settings); !status.ok()) return status;
  return settings;
}

}  // namespace xiufu::department
