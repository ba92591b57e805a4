#include "libs/catalogue/catalogue.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "libs/catalogue/penalty_kinds.h"
#include "libs/catalogue/select.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {
namespace {

template <typename Row>
const Row* FindIn(const std::vector<Row>& rows, std::string Row::*field, absl::string_view name) {
  for (const Row& row : rows) {
    if (row.*field == name) return &row;
  }
  return nullptr;
}

bool ContainsAny(absl::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return absl::StrContains(text, word); });
}

// A digit must be the whole text; words may stand anywhere in it.
bool NamesGround(const Ground& ground, absl::string_view text) {
  return std::any_of(ground.texts.begin(), ground.texts.end(), [&](const std::string& known) {
    const bool is_code = absl::ascii_isdigit(static_cast<unsigned char>(known.front()));
    return is_code ? text == known : absl::StrContains(text, known);
  });
}

}  // namespace

const std::string& Catalogue::version() const { return data_->version; }

const std::string& Catalogue::sha256() const { return data_->sha256; }

const std::string& Catalogue::archive() const { return data_->archive; }

const RegionTable& Catalogue::regions() const { return data_->regions; }

absl::Span<const Item> Catalogue::items() const { return data_->items; }

const OneThing& Catalogue::one_thing() const { return data_->one_thing; }

const Item* Catalogue::ItemOf(MatterKind matter, absl::string_view authority_kind) const {
  const auto has = [](const auto& members, const auto& member) {
    return std::find(members.begin(), members.end(), member) != members.end();
  };
  for (const Item& item : data_->items) {
    if (has(item.matters, matter) && has(item.authority_kinds, authority_kind)) return &item;
  }
  return nullptr;
}

const Rule* Catalogue::FindRule(absl::string_view id, absl::CivilDay on,
                                absl::string_view authority_code) const {
  return AsConfirmedBy(*data_, RuleOn(*data_, id, on), authority_code);
}

absl::Span<const Rule> Catalogue::rules() const { return data_->rules; }

const Rule* Catalogue::BreachRuleOf(absl::string_view regime, absl::CivilDay on,
                                    absl::string_view authority_code) const {
  for (const Rule& rule : data_->rules) {
    if (rule.regime == regime && rule.when.basis == Basis::kFalseMaterial &&
        rule.provenance.InForce(on)) {
      return AsConfirmedBy(*data_, &rule, authority_code);
    }
  }
  return nullptr;
}

const MaterialKind* Catalogue::FindMaterial(absl::string_view kind) const {
  return FindIn(data_->materials, &MaterialKind::kind, kind);
}

const Finding* Catalogue::FindFinding(absl::string_view id) const {
  return FindIn(data_->findings, &Finding::id, id);
}

const AuthorityKind* Catalogue::FindAuthorityKind(absl::string_view id) const {
  return FindIn(data_->authority_kinds, &AuthorityKind::id, id);
}

const Channel* Catalogue::FindChannel(absl::string_view id) const {
  return FindIn(data_->channels, &Channel::id, id);
}

const Channel* Catalogue::ChannelOf(absl::string_view authority_kind) const {
  const AuthorityKind* kind = FindAuthorityKind(authority_kind);
  return FindChannel(kind == nullptr ? data_->default_channel : kind->channel);
}

absl::Span<const HelpWindow> Catalogue::windows() const { return data_->windows; }

const Supervision& Catalogue::supervision() const { return data_->supervision; }

absl::Span<const Hotline> Catalogue::hotlines() const { return data_->hotlines; }

absl::Span<const ConsultationTopic> Catalogue::topics() const { return data_->topics; }

const WindowTerms& Catalogue::window_terms() const { return data_->window_terms; }

const Form* Catalogue::FindForm(FormKind kind, absl::string_view material,
                                absl::string_view authority_kind, absl::CivilDay on) const {
  for (const Form& form : data_->forms) {
    const bool fits = form.kind == kind && (material.empty() || form.material == material) &&
                      FitsAny(form.authority_kinds, authority_kind);
    if (fits && form.provenance.InForce(on)) return &form;
  }
  return nullptr;
}

std::vector<std::string> Catalogue::FieldsOf(absl::string_view words,
                                             absl::string_view authority_kind) const {
  std::vector<std::string> fields;
  for (const PenaltyField& field : data_->fields) {
    const bool of_line = std::find(field.authority_kinds.begin(), field.authority_kinds.end(),
                                   authority_kind) != field.authority_kinds.end();
    if (of_line || ContainsAny(words, field.words)) fields.push_back(field.id);
  }
  return fields;
}

const AuthorityKind* Catalogue::AuthorityKindOf(absl::string_view name) const {
  for (const AuthorityKind& kind : data_->authority_kinds) {
    if (ContainsAny(name, kind.words)) return &kind;
  }
  return nullptr;
}

const AuthorityKind* Catalogue::AuthorityKindOfList(absl::string_view list) const {
  for (const AuthorityKind& kind : data_->authority_kinds) {
    if (ContainsAny(list, kind.list_words)) return &kind;
  }
  return nullptr;
}

const Ground* Catalogue::GroundOf(MatterKind matter, absl::string_view text) const {
  for (const Ground& ground : data_->grounds) {
    const bool of_matter =
        std::find(ground.matters.begin(), ground.matters.end(), matter) != ground.matters.end();
    if (of_matter && NamesGround(ground, text)) return &ground;
  }
  return nullptr;
}

absl::StatusOr<std::vector<std::string>> Catalogue::ParsePenaltyKinds(
    absl::string_view text) const {
  return ParseKinds(*data_, text);
}

}  // namespace xiufu::catalogue
