#include "services/routing/app/law_book.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::routing {

absl::StatusOr<Law> LawBook::For(absl::string_view rule_id, absl::Time submitted) const {
  const absl::CivilDay on = LegalDay(submitted);
  const catalogue::Rule* rule = catalogue_->FindRule(rule_id, on);
  if (rule == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("目录中没有该规则 / the catalogue ",
                                                   catalogue_->version(), " has no rule ", rule_id,
                                                   " on ", FormatDay(on)));
  }
  return Law{rule, calendar_};
}

absl::StatusOr<const catalogue::Authority*> LawBook::AuthorityFor(
    const SubmittedRecord& record, const catalogue::Rule& rule) const {
  const catalogue::Authority* authority = record.authority_code.empty()
                                              ? authorities_->FindByUscc(record.authority_uscc)
                                              : authorities_->FindByCode(record.authority_code);
  if (authority == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("未登记的认定单位 / unknown determining authority: ", record.authority_code,
                     " ", record.authority_uscc));
  }
  const catalogue::Handling handling = catalogue::EffectiveHandling(rule, *authority);
  if (handling != catalogue::Handling::kInSuite) {
    return absl::InvalidArgumentError(
        absl::StrCat("该认定单位的办件不在本系统办理 / not decided in the suite: ", authority->code,
                     " is ", catalogue::ToString(handling)));
  }
  return authority;
}

std::string LawBook::Versions() const {
  return absl::StrCat("catalogue=", catalogue_->version(), "@", catalogue_->sha256().substr(0, 12),
                      " calendar=", calendar_->version());
}

}  // namespace xiufu::routing
