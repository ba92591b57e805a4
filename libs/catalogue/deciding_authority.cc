#include "libs/catalogue/deciding_authority.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::catalogue {
namespace {

const Authority* Registered(const NamedAuthority& named, const AuthorityRegistry& authorities) {
  if (!named.uscc.empty()) return authorities.FindByUscc(named.uscc);
  if (!named.code.empty()) return authorities.FindByCode(named.code);
  return authorities.FindByName(named.name);
}

std::string NobodyBecause(const NamedAuthority& named, const Authority* gone, absl::CivilDay on) {
  const std::string who = absl::StrCat(named.name, " ", named.code, " ", named.uscc);
  if (gone == nullptr) {
    return absl::StrCat("未登记的认定单位 / no such determining authority is registered: ", who);
  }
  if (on < gone->valid_from) {
    return absl::StrCat("该认定单位自", FormatDay(gone->valid_from),
                        "起设立 / the determining authority is there only from that day on: ", who);
  }
  return absl::StrCat(
      "认定单位已撤销，职权承继表未载承继单位 / the determining authority is gone and "
      "the succession table names no successor: ",
      who);
}

}  // namespace

DecidingAuthority DecidingAuthorityOf(const NamedAuthority& named,
                                      const AuthorityRegistry& authorities, absl::CivilDay on) {
  DecidingAuthority deciding;
  const Authority* known = Registered(named, authorities);
  NamedAuthority at = named;
  // The table has no circle, so each row is taken once at most.
  while (known == nullptr || !known->IsValidOn(on)) {
    const Succession* row = authorities.FindSuccession(at.uscc, at.name, on);
    if (row == nullptr || deciding.by.size() > authorities.successions().size()) {
      deciding.by.clear();
      deciding.why = NobodyBecause(at, known, on);
      return deciding;
    }
    deciding.by.push_back(row);
    if (row->provenance.confidence == kConflict) {
      deciding.why = absl::StrCat("职权承继有争议，由人工确定（", row->document,
                                  "） / who has succeeded is disputed: a person decides");
      deciding.by.clear();
      return deciding;
    }
    known = authorities.FindByCode(row->to);
    if (known == nullptr) return deciding;  // not in a registry that was loaded
    at = {known->code, known->name, known->uscc};
  }
  deciding.authority = known;
  return deciding;
}

}  // namespace xiufu::catalogue
