#include "libs/catalogue/parse_authority.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "libs/base/uscc.h"
#include "libs/catalogue/parse_common.h"
#include "libs/catalogue/parse_items.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {
namespace {

std::optional<Superior> ReadSuperior(data::Table& table) {
  Superior superior = {table.OptionalText("superior"), table.OptionalText("superior_name"),
                       table.OptionalText("superior_uscc")};
  if (superior.code.empty() && superior.name.empty()) {
    if (!superior.uscc.empty()) table.ComplainAbout("superior_uscc", "without superior_name");
    return std::nullopt;
  }
  if (!superior.code.empty() && !superior.name.empty()) {
    table.ComplainAbout("superior_name", "superior tells it");
  }
  if (!superior.uscc.empty()) {
    const UsccCheck check = CheckUscc(superior.uscc);
    if (!check.ok()) table.ComplainAbout("superior_uscc", check.reason);
  }
  return superior;
}

std::vector<Observer> ReadObservers(data::Table& table) {
  std::vector<Observer> observers;
  for (data::Table& row : table.OptionalTables("seen_by")) {
    Observer observer;
    observer.code = row.Text("authority");
    observer.from = row.Day("from");
    observer.to = row.OptionalDay("to");
    if (observer.to && *observer.to < observer.from) row.ComplainAbout("to", "before from");
    for (const Observer& other : observers) {
      const bool apart =
          (other.to && *other.to < observer.from) || (observer.to && *observer.to < other.from);
      if (other.code == observer.code && !apart) {
        row.ComplainAbout("from", absl::StrCat("'", other.code, "' sees it already"));
      }
    }
    row.Finish();
    observers.push_back(std::move(observer));
  }
  return observers;
}

int RankOf(absl::string_view level) { return level == "PROVINCE" ? 0 : level == "CITY" ? 1 : 2; }

class Together {
 public:
  Together(const std::vector<data::File>& files, const std::vector<Authority>& authorities,
           data::Problems& problems)
      : files_(files), authorities_(authorities), problems_(problems) {}

  void Run() {
    for (size_t i = 0; i < authorities_.size(); ++i) {
      data::Table table(files_[i].path, files_[i].root, problems_);
      OnlyOne(authorities_[i].uscc, "uscc", usccs_, table);
      OnlyOne(authorities_[i].name, "name", names_, table);
      CheckSuperior(authorities_[i], table);
      CheckObservers(authorities_[i], table);
    }
  }

 private:
  // Codes are unique because they are the files' names.
  static void OnlyOne(const std::string& value, absl::string_view key,
                      std::map<std::string, std::string>& owners, data::Table& table) {
    const auto [at, is_new] = owners.emplace(value, table.file());
    if (!is_new && !value.empty()) {
      table.ComplainAbout(key, absl::StrCat("the same as in ", at->second));
    }
  }

  // Above is always of a higher level, so there is no circle.
  void CheckSuperior(const Authority& authority, data::Table& table) const {
    if (!authority.superior || authority.superior->code.empty()) return;
    const Authority* superior = Find(authority.superior->code);
    if (superior == nullptr) {
      table.ComplainAbout("superior",
                          absl::StrCat("'", authority.superior->code, "' is not registered"));
    } else if (RankOf(superior->level) >= RankOf(authority.level)) {
      table.ComplainAbout("superior",
                          absl::StrCat("'", superior->code, "' is not of a higher level"));
    }
  }

  void CheckObservers(const Authority& authority, data::Table& table) const {
    std::vector<data::Table> rows = table.OptionalTables("seen_by");
    for (size_t i = 0; i < authority.seen_by.size(); ++i) {
      const std::string& code = authority.seen_by[i].code;
      if (code.empty()) continue;
      if (code == authority.code) {
        rows[i].ComplainAbout("authority", "the authority itself");
      } else if (Find(code) == nullptr) {
        rows[i].ComplainAbout("authority", absl::StrCat("'", code, "' is not registered"));
      }
    }
  }

  const Authority* Find(absl::string_view code) const {
    for (const Authority& each : authorities_) {
      if (each.code == code) return &each;
    }
    return nullptr;
  }

  const std::vector<data::File>& files_;
  const std::vector<Authority>& authorities_;
  data::Problems& problems_;
  std::map<std::string, std::string> usccs_;
  std::map<std::string, std::string> names_;
};

}  // namespace

Authority ParseAuthority(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  Authority authority;
  authority.code = table.Text("code");
  if (!IsAuthorityCode(authority.code)) table.ComplainAbout("code", "not [a-z0-9-]{1,32}");
  if (authority.code != file.stem) table.ComplainAbout("code", "not the file's name");
  authority.name = table.Text("name");
  authority.name_en = table.Text("name_en");
  authority.kind = table.Text("kind");
  authority.kind_line = table.LineOf("kind");
  authority.uscc = table.Text("uscc");
  const UsccCheck check = CheckUscc(authority.uscc);
  if (!check.ok()) table.ComplainAbout("uscc", check.reason);
  if (check.code != authority.uscc) table.ComplainAbout("uscc", "lower-case letters");
  authority.synthetic_uscc = table.OptionalBool("synthetic_uscc", false);
  authority.region = table.Text("region");
  if (!IsRegionCode(authority.region)) table.ComplainAbout("region", "not six digits");
  authority.level = table.OneOf("level", {"PROVINCE", "CITY", "COUNTY"});
  authority.superior = ReadSuperior(table);
  authority.seen_by = ReadObservers(table);
  authority.hotline = table.OptionalText("hotline");
  authority.valid_from = table.Day("valid_from");
  authority.valid_to = table.OptionalDay("valid_to");
  if (authority.valid_to && *authority.valid_to < authority.valid_from) {
    table.ComplainAbout("valid_to", "before valid_from");
  }
  authority.handling = ReadHandling(table);
  authority.implementations = ReadImplementations(table);
  table.Finish();
  return authority;
}

void CheckTogether(const std::vector<data::File>& files, const std::vector<Authority>& authorities,
                   data::Problems& problems) {
  Together(files, authorities, problems).Run();
}

}  // namespace xiufu::catalogue
