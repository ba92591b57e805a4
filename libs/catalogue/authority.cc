#include "libs/catalogue/authority.h"

#include <algorithm>

namespace xiufu::catalogue {

const Implementation* Authority::FindImplementation(absl::string_view item) const {
  for (const Implementation& each : implementations) {
    if (each.item == item) return &each;
  }
  return nullptr;
}

AuthorityRegistry::AuthorityRegistry(std::vector<Authority> authorities, std::string sha256,
                                     std::string archive, std::vector<Succession> successions)
    : authorities_(std::move(authorities)),
      successions_(std::move(successions)),
      sha256_(std::move(sha256)),
      archive_(std::move(archive)) {
  std::sort(authorities_.begin(), authorities_.end(),
            [](const Authority& a, const Authority& b) { return a.code < b.code; });
}

const Authority* AuthorityRegistry::FindByCode(absl::string_view code) const {
  for (const Authority& authority : authorities_) {
    if (authority.code == code) return &authority;
  }
  return nullptr;
}

const Authority* AuthorityRegistry::FindByUscc(absl::string_view uscc) const {
  for (const Authority& authority : authorities_) {
    if (authority.uscc == uscc) return &authority;
  }
  return nullptr;
}

const Authority* AuthorityRegistry::FindByName(absl::string_view name) const {
  for (const Authority& authority : authorities_) {
    if (authority.name == name) return &authority;
  }
  return nullptr;
}

const Succession* AuthorityRegistry::FindSuccession(absl::string_view uscc, absl::string_view name,
                                                    absl::CivilDay on) const {
  for (const Succession& row : successions_) {
    if (row.provenance.InForce(on) && row.IsOf(uscc, name)) return &row;
  }
  return nullptr;
}

bool AuthorityRegistry::MaySee(absl::string_view viewer, const Authority& authority,
                               absl::CivilDay on) const {
  if (viewer == authority.code) return true;
  return std::any_of(authority.seen_by.begin(), authority.seen_by.end(), [&](const Observer& each) {
    return each.code == viewer && each.from <= on && (!each.to || on <= *each.to);
  });
}

std::string AuthorityRegistry::SuperiorNameOf(absl::string_view code) const {
  const Authority* authority = FindByCode(code);
  if (authority == nullptr || !authority->superior) return "";
  const Authority* registered = FindByCode(authority->superior->code);
  return registered == nullptr ? authority->superior->name : registered->name;
}

Handling EffectiveHandling(const Rule& rule, const Authority& authority) {
  return authority.handling == Handling::kInSuite ? rule.handling : authority.handling;
}

}  // namespace xiufu::catalogue
