#include "libs/catalogue/agreement.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/data/problems.h"

namespace xiufu::catalogue {
namespace {

bool IsOfLine(const Item& item, const Authority& authority) {
  return std::find(item.authority_kinds.begin(), item.authority_kinds.end(), authority.kind) !=
         item.authority_kinds.end();
}

class Comparison {
 public:
  Comparison(const Catalogue& catalogue, absl::string_view folder)
      : catalogue_(catalogue), folder_(folder) {}

  void Check(const Authority& authority) {
    if (catalogue_.FindAuthorityKind(authority.kind) == nullptr) {
      // An authority of an unknown line could fall under no rule of its line.
      return Complain(authority, "kind: '", authority.kind, "' is not in authority_kinds.toml");
    }
    for (const Item& item : catalogue_.items()) {
      if (IsOfLine(item, authority) && authority.FindImplementation(item.id) == nullptr) {
        Complain(authority, "implementation: none for ", item.id, "，", item.name);
      }
    }
    for (const Implementation& each : authority.implementations) CheckItem(authority, each.item);
  }
  absl::Status ToStatus() const { return problems_.ToStatus(); }

 private:
  void CheckItem(const Authority& authority, const std::string& id) {
    const auto items = catalogue_.items();
    const auto item =
        std::find_if(items.begin(), items.end(), [&](const Item& known) { return known.id == id; });
    if (item == items.end()) {
      Complain(authority, "implementation: '", id, "' is not in items.toml");
    } else if (!IsOfLine(*item, authority)) {
      Complain(authority, "implementation: ", id, " is not for ", authority.kind);
    }
  }
  template <typename... Words>
  void Complain(const Authority& authority, const Words&... words) {
    problems_.Add(absl::StrCat(folder_, "/", authority.code, ".toml"), authority.kind_line,
                  absl::StrCat(words...));
  }

  const Catalogue& catalogue_;
  const absl::string_view folder_;
  data::Problems problems_;
};

}  // namespace

absl::Status CheckAgreement(const Catalogue& catalogue, const AuthorityRegistry& authorities,
                            absl::string_view folder) {
  Comparison comparison(catalogue, folder);
  for (const Authority& authority : authorities.all()) comparison.Check(authority);
  return comparison.ToStatus();
}

}  // namespace xiufu::catalogue
