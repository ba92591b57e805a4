#include "services/routing/app/law_book.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/catalogue/deciding_authority.h"
#include "libs/storage/law_versions.h"

namespace xiufu::routing {
namespace {

// With the rule as the authority has confirmed it; both keep their catalogue alive.
absl::StatusOr<Law> LawIn(const catalogue::Catalogue& catalogue, absl::string_view rule_id,
                          absl::Time submitted, absl::string_view authority,
                          calendar::Calendar calendar) {
  const absl::CivilDay on = LegalDay(submitted);
  auto holder = std::make_shared<const catalogue::Catalogue>(catalogue);
  const catalogue::Rule* rule = holder->FindRule(rule_id, on, authority);
  if (rule == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("目录中没有该规则 / the catalogue ",
                                                   catalogue.version(), " has no rule ", rule_id,
                                                   " on ", FormatDay(on)));
  }
  return Law{std::shared_ptr<const catalogue::Rule>(holder, rule), std::move(calendar),
             std::shared_ptr<const catalogue::Supervision>(holder, &holder->supervision())};
}

// What an authority or a system has, no applicant hands in.
std::vector<std::string> AskedPapers(const catalogue::Catalogue& catalogue,
                                     const catalogue::Rule& rule) {
  std::vector<std::string> kinds;
  for (const std::string& kind : rule.materials) {
    const catalogue::MaterialKind* material = catalogue.FindMaterial(kind);
    if (material == nullptr || !material->fetched) kinds.push_back(kind);
  }
  return kinds;
}

AuthorityRef RefOf(const catalogue::Authority& authority) {
  return {authority.code, authority.name, authority.uscc, authority.kind};
}

// As the record has it: the case waits for a person to say whose it is.
AuthorityRef RefOf(const SubmittedRecord& record) {
  return {record.authority_code, record.authority_name, record.authority_uscc, ""};
}

std::vector<Succession> SuccessionsOf(const SubmittedRecord& record,
                                      const catalogue::DecidingAuthority& deciding,
                                      const catalogue::AuthorityRegistry& authorities) {
  std::vector<Succession> successions;
  std::string name = record.authority_name;
  std::string uscc = record.authority_uscc;
  for (const catalogue::Succession* row : deciding.by) {
    successions.push_back({name, uscc, row->to, row->document,
                           FormatDay(row->provenance.effective_from), row->provenance.source,
                           row->provenance.confidence});
    if (const catalogue::Authority* to = authorities.FindByCode(row->to)) {
      name = to->name;
      uscc = to->uscc;
    }
  }
  return successions;
}

// Nothing where the regime of the repair says nothing of breaches.
std::optional<Breach> BreachBy(const catalogue::Catalogue& catalogue, const Case& kase,
                               const catalogue::Rule& repair, absl::CivilDay found_on) {
  const catalogue::Rule* rule =
      catalogue.BreachRuleOf(repair.regime, found_on, kase.authority.code);
  if (rule == nullptr) return std::nullopt;
  Breach breach{.rule_id = rule->id,
                .regime = rule->regime,
                .source = rule->provenance.source,
                .confidence = rule->provenance.confidence};
  if (rule->ban) {
    breach.ban_from = FormatDay(found_on);
    breach.ban_until = FormatDay(calendar::EndOf(found_on, *rule->ban));
  }
  return breach;
}

// By the form under which that line of authorities takes the paper.
std::optional<Commitment> CommitmentIn(const catalogue::Catalogue& catalogue,
                                       const catalogue::Rule& rule, const Case& kase) {
  const absl::CivilDay made_on = LegalDay(kase.opened_at);
  for (const std::string& kind : rule.materials) {
    const catalogue::Form* form =
        catalogue.FindForm(catalogue::FormKind::kCommitment, kind, kase.authority.kind, made_on);
    if (form != nullptr) return Commitment{form->name, form->name_en, FormatDay(made_on)};
  }
  return std::nullopt;
}

// A catalogue from before there were such rows says nothing of it: then the one in force does.
int MostRoundsOf(absl::string_view by, const catalogue::Catalogue& pinned,
                 const catalogue::Catalogue& in_force, absl::CivilDay on) {
  const std::optional<int> most = pinned.supervision().MostRounds(by, on);
  return most ? *most : in_force.supervision().MostRounds(by, on).value_or(0);
}

constexpr char kNoSystemHere[] =
    "该认定单位未接入本系统 / this authority has no system that is connected here";

absl::Status NoSuchAuthority() {
  return WithReason(absl::NotFoundError("no authority of this code is registered"),
                    "AUTHORITY_NOT_FOUND");
}

absl::Status NotValid() {
  return WithReason(absl::FailedPreconditionError("this authority is not there on this day"),
                    "AUTHORITY_NOT_VALID");
}

absl::Status NotLoaded(const RuleRef& rule) {
  return absl::UnavailableError(absl::StrCat(
      "尚未载入受理时适用的规则目录 / the catalogue ", rule.catalogue_version, " ",
      rule.catalogue_sha256.substr(0, 12), " that it was submitted under is not loaded here"));
}

absl::Status NotHere(const catalogue::Authority& authority, catalogue::Handling handling) {
  return absl::InvalidArgumentError(
      absl::StrCat("该认定单位的办件不在本系统办理 / not decided in the suite: ", authority.code,
                   " is ", catalogue::ToString(handling)));
}

}  // namespace

absl::StatusOr<Opening> LawBook::ForOpening(const SubmittedRecord& record, absl::Time submitted,
                                            storage::Tx& tx) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  absl::StatusOr<catalogue::Catalogue> pinned = Pinned(record.rule, *law, tx);
  if (absl::IsNotFound(pinned.status())) return NotLoaded(record.rule);
  if (!pinned.ok()) return pinned.status();
  const catalogue::DecidingAuthority deciding = catalogue::DecidingAuthorityOf(
      {record.authority_code, record.authority_name, record.authority_uscc}, law->authorities,
      LegalDay(submitted));
  const catalogue::Authority* authority = deciding.authority;
  const AuthorityRef ref = authority == nullptr ? RefOf(record) : RefOf(*authority);
  absl::StatusOr<Law> with = LawIn(*pinned, record.rule.rule_id, submitted, ref.code,
                                   law->calendar.For(ref.code, ref.kind));
  if (!with.ok()) return with.status();
  std::vector<std::string> asked = AskedPapers(*pinned, *with->rule);
  if (authority == nullptr) {
    return Opening{.authority = ref,
                   .law = *with,
                   .unknown_because = deciding.why,
                   .asked_papers = std::move(asked)};
  }
  const catalogue::Handling handling = catalogue::EffectiveHandling(*with->rule, *authority);
  if (handling == catalogue::Handling::kResultOnly) return NotHere(*authority, handling);
  std::vector<Succession> successions = SuccessionsOf(record, deciding, law->authorities);
  if (handling == catalogue::Handling::kInSuite) {
    return Opening{.authority = ref,
                   .law = *with,
                   .successions = std::move(successions),
                   .asked_papers = std::move(asked)};
  }
  const catalogue::Channel* door = pinned->ChannelOf(authority->kind);
  return Opening{.authority = ref,
                 .law = *with,
                 .handling = std::string(catalogue::ToString(handling)),
                 .door = door == nullptr ? "" : door->name,
                 .successions = std::move(successions),
                 .asked_papers = std::move(asked)};
}

absl::StatusOr<Opening> LawBook::ForAssignment(const Case& kase, absl::string_view authority_code,
                                               absl::Time at, storage::Tx& tx) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  const catalogue::Authority* authority = law->authorities.FindByCode(authority_code);
  if (authority == nullptr) return NoSuchAuthority();
  if (!authority->IsValidOn(LegalDay(at))) return NotValid();
  Case assigned = kase;
  assigned.authority = RefOf(*authority);
  absl::StatusOr<Law> with = ForCase(assigned, tx);
  if (!with.ok()) return with.status();
  const catalogue::Handling handling = catalogue::EffectiveHandling(*with->rule, *authority);
  if (handling != catalogue::Handling::kInSuite) {
    return WithReason(absl::FailedPreconditionError(NotHere(*authority, handling).message()),
                      "NOT_IN_SUITE");
  }
  return Opening{assigned.authority, *std::move(with)};
}

absl::StatusOr<Opening> LawBook::ForObjection(const ObjectionFiled& filed, storage::Tx& tx) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  absl::StatusOr<catalogue::Catalogue> pinned = Pinned(filed.rule, *law, tx);
  if (absl::IsNotFound(pinned.status())) return NotLoaded(filed.rule);
  if (!pinned.ok()) return pinned.status();
  const SubmittedRecord record{.authority_code = filed.authority_code,
                               .authority_uscc = filed.authority_uscc,
                               .authority_name = filed.authority_name};
  const catalogue::DecidingAuthority deciding = catalogue::DecidingAuthorityOf(
      {filed.authority_code, filed.authority_name, filed.authority_uscc}, law->authorities,
      LegalDay(filed.filed_at));
  const catalogue::Authority* authority = deciding.authority;
  const AuthorityRef ref = authority == nullptr ? RefOf(record) : RefOf(*authority);
  absl::StatusOr<Law> with = LawIn(*pinned, filed.rule.rule_id, filed.filed_at, ref.code,
                                   law->calendar.For(ref.code, ref.kind));
  if (!with.ok()) return with.status();
  if (authority == nullptr) {
    return Opening{.authority = ref, .law = *with, .unknown_because = deciding.why};
  }
  const bool here = authority->handling == catalogue::Handling::kInSuite;
  return Opening{.authority = ref, .law = *with, .unknown_because = here ? "" : kNoSystemHere};
}

absl::StatusOr<AuthorityRef> LawBook::ForObjectionOf(absl::string_view authority_code,
                                                     absl::Time at) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  const catalogue::Authority* authority = law->authorities.FindByCode(authority_code);
  if (authority == nullptr) return NoSuchAuthority();
  if (!authority->IsValidOn(LegalDay(at))) return NotValid();
  if (authority->handling == catalogue::Handling::kInSuite) return RefOf(*authority);
  return WithReason(absl::FailedPreconditionError(kNoSystemHere), "NOT_IN_SUITE");
}

absl::StatusOr<catalogue::Catalogue> LawBook::CatalogueOf(const RuleRef& rule,
                                                          const catalogue::Law& law,
                                                          storage::Tx& tx) const {
  absl::StatusOr<catalogue::Catalogue> pinned = Pinned(rule, law, tx);
  // Opened before catalogues were kept: a catalogue keeps the rules that were in force.
  if (absl::IsNotFound(pinned.status())) return law.catalogue;
  return pinned;
}

std::vector<std::string> LawBook::FetchedAmong(const std::vector<std::string>& kinds,
                                               const Case& kase, storage::Tx& tx) const {
  std::vector<std::string> fetched;
  absl::StatusOr<catalogue::Catalogue> pinned = CatalogueOf(kase.rule, *in_force_->Get(), tx);
  if (!pinned.ok()) return fetched;
  for (const std::string& kind : kinds) {
    const catalogue::MaterialKind* material = pinned->FindMaterial(kind);
    if (material != nullptr && material->fetched) fetched.push_back(kind);
  }
  return fetched;
}

absl::StatusOr<Law> LawBook::OfObjection(const Objection& objection, const AuthorityRef& authority,
                                         storage::Tx& tx) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  absl::StatusOr<catalogue::Catalogue> pinned = CatalogueOf(objection.rule, *law, tx);
  if (!pinned.ok()) return pinned.status();
  return LawIn(*pinned, objection.rule.rule_id, objection.filed_at, authority.code,
               law->calendar.For(authority.code, authority.kind));
}

absl::StatusOr<Law> LawBook::ForCase(const Case& kase, storage::Tx& tx) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  absl::StatusOr<catalogue::Catalogue> pinned = CatalogueOf(kase.rule, *law, tx);
  if (!pinned.ok()) return pinned.status();
  absl::StatusOr<Law> with = LawIn(*pinned, kase.rule.rule_id, kase.opened_at, kase.authority.code,
                                   law->calendar.For(kase.authority.code, kase.authority.kind));
  if (!with.ok()) return with;
  const absl::CivilDay on = LegalDay(kase.opened_at);
  with->authority_rounds = MostRoundsOf("AUTHORITY", *pinned, law->catalogue, on);
  with->reviewer_rounds = MostRoundsOf("REVIEWER", *pinned, law->catalogue, on);
  with->commitment = CommitmentIn(*pinned, *with->rule, kase);
  return with;
}

FindingLaw LawBook::OfFinding(const Case& kase, const catalogue::Rule& rule, const Revoked& revoked,
                              absl::Time told) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  const catalogue::Finding* finding = law->catalogue.FindFinding(revoked.kind);
  const absl::StatusOr<absl::CivilDay> found_on = ParseDay(revoked.found_on);
  if (finding == nullptr || !found_on.ok() || *found_on > LegalDay(told)) return {};
  // Nothing is found about an approval before it was given.
  const absl::StatusOr<absl::CivilDay> decided = ParseDay(kase.decision_date);
  if (decided.ok() && *found_on < *decided) return {};
  const bool about_it =
      finding->of_effect.empty() ||
      std::any_of(rule.effects.begin(), rule.effects.end(),
                  [&](const auto& each) { return each.id == finding->of_effect; });
  FindingLaw made_of_it{.revokes = about_it, .name = finding->name, .name_en = finding->name_en};
  made_of_it.breach_of_commitment = finding->breach;
  if (finding->breach) {
    made_of_it.breach = BreachBy(law->catalogue, kase, rule, *found_on);
    made_of_it.restarts = rule.restarts_on_revocation;
  }
  return made_of_it;
}

calendar::Calendar LawBook::CalendarOf(const Case& kase) const {
  return CalendarOf(kase.authority);
}

calendar::Calendar LawBook::CalendarOf(const AuthorityRef& authority) const {
  return in_force_->Get()->calendar.For(authority.code, authority.kind);
}

std::shared_ptr<const catalogue::Supervision> LawBook::Supervision() const {
  const catalogue::LawSnapshot law = in_force_->Get();
  return {law, &law->catalogue.supervision()};
}

std::string LawBook::RegionOf(absl::string_view authority_code) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  const catalogue::Authority* authority = law->authorities.FindByCode(authority_code);
  return authority == nullptr ? "" : authority->region;
}

std::string LawBook::CalendarVersion() const { return in_force_->Get()->calendar.version(); }

absl::StatusOr<catalogue::Catalogue> LawBook::Pinned(const RuleRef& rule, const catalogue::Law& law,
                                                     storage::Tx& tx) const {
  const std::string& sha256 = rule.catalogue_sha256;
  if (sha256.empty() || sha256 == law.catalogue.sha256()) return law.catalogue;
  absl::MutexLock lock(&mutex_);
  if (const auto known = earlier_.find(sha256); known != earlier_.end()) return known->second;
  const std::optional<std::string> kept = storage::FindLaw(tx, storage::kCatalogueKind, sha256);
  if (!kept.has_value()) return absl::NotFoundError("no such catalogue in the store");
  absl::StatusOr<catalogue::Catalogue> catalogue = catalogue::Catalogue::FromFiles(*kept);
  // A program that cannot read what an earlier one kept: the case waits for one that can.
  if (!catalogue.ok()) return absl::FailedPreconditionError(catalogue.status().message());
  earlier_.emplace(sha256, *catalogue);
  return catalogue;
}

std::string LawBook::Versions() const {
  const catalogue::LawSnapshot law = in_force_->Get();
  return absl::StrCat("catalogue=", law->catalogue.version(), "@",
                      law->catalogue.sha256().substr(0, 12), " calendar=", law->calendar.version());
}

}  // namespace xiufu::routing
