#include "libs/catalogue/parse_authority.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "libs/base/uscc.h"
#include "libs/catalogue/parse_common.h"
#include "libs/catalogue/parse_items.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {

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

void CheckUnique(const std::vector<data::File>& files, const std::vector<Authority>& authorities,
                 data::Problems& problems) {
  std::map<std::string, std::string>
      owner;  // of a USCC; codes are unique because they are the files' names
  for (size_t i = 0; i < authorities.size(); ++i) {
    const auto [at, is_new] = owner.emplace(authorities[i].uscc, files[i].path);
    if (!is_new && !authorities[i].uscc.empty()) {
      data::Table(files[i].path, files[i].root, problems)
          .ComplainAbout("uscc", absl::StrCat("the same as in ", at->second));
    }
  }
}

}  // namespace xiufu::catalogue
