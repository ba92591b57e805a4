#include "services/intake/domain/eligibility.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/catalogue/deciding_authority.h"
#include "libs/catalogue/worded_record.h"
#include "services/intake/domain/resource_name.h"

namespace xiufu::intake {
namespace {

catalogue::RecordFacts FactsOf(const Law& law, const RecordSnapshot& record) {
  catalogue::WordedRecord words = record.words;
  words.authority_name = record.authority.name;
  words.authority_uscc = record.authority.uscc;
  return catalogue::FactsOf(words, *law.catalogue, *law.authorities);
}

std::vector<RequiredMaterial> MaterialsOf(const Law& law, const std::vector<std::string>& kinds) {
  std::vector<RequiredMaterial> materials;
  for (const std::string& kind : kinds) {
    const catalogue::MaterialKind* known = law.catalogue->FindMaterial(kind);
    if (known == nullptr) {
      materials.push_back({kind, kind, kind});
    } else {
      materials.push_back({kind, known->name, known->name_en, known->fetched});
    }
  }
  return materials;
}

std::optional<ItemRef> ItemOf(const Law& law, const catalogue::RecordFacts& facts) {
  const catalogue::Item* item = law.catalogue->ItemOf(facts.matter, facts.authority_kind);
  if (item == nullptr) return std::nullopt;
  const catalogue::OneThing& parent = law.catalogue->one_thing();
  ItemRef ref{item->id,
              item->name,
              item->name_en,
              item->base_code,
              "",
              parent.code,
              item->provisional || parent.provisional};
  const catalogue::Authority* authority = law.authorities->FindByCode(facts.authority_code);
  if (authority == nullptr) return ref;
  if (const catalogue::Implementation* own = authority->FindImplementation(item->id)) {
    ref.implementation_code = own->code;
    ref.provisional |= own->provisional;
  }
  return ref;
}

std::optional<catalogue::Handling> HandlingOf(const Law& law, const std::string& rule_id,
                                              const catalogue::Authority* authority,
                                              absl::CivilDay on) {
  const catalogue::Rule* rule = law.catalogue->FindRule(rule_id, on);
  if (authority == nullptr) return std::nullopt;
  return rule == nullptr ? authority->handling : catalogue::EffectiveHandling(*rule, *authority);
}

// Who decides on that day, and by which document where that is not the one the record names.
void NameAuthority(const Law& law, const RecordSnapshot& record,
                   const catalogue::DecidingAuthority& deciding, Eligibility& eligibility) {
  eligibility.authority = record.authority;
  if (deciding.authority == nullptr) return;
  const catalogue::Authority& authority = *deciding.authority;
  eligibility.authority = {authority.code, authority.name, authority.uscc};
  if (deciding.by.empty()) return;
  eligibility.reasons.push_back(law.messages->Text("RECORD_AUTHORITY_SUCCEEDED",
                                                   {{"predecessor", record.authority.name},
                                                    {"authority", authority.name},
                                                    {"document", deciding.by.back()->document}}));
}

bool Shields(const catalogue::Rule* rule) {
  return rule != nullptr &&
         std::any_of(rule->effects.begin(), rule->effects.end(),
                     [](const catalogue::Effect& effect) { return effect.id == "SHIELD"; });
}

// Only what is published can be ended; the catalogue judges the penalty, not its publicity.
void JudgePublicity(const Law& law, const RecordSnapshot& record, const catalogue::Rule* rule,
                    Eligibility& eligibility) {
  const bool shielded = record.state == RecordState::kShielded;
  // One that is shielded for a time can still be ended, but not be shielded once more.
  if (record.state == RecordState::kPublished || (shielded && !Shields(rule))) return;
  eligibility.verdict = catalogue::Verdict::kNotRepairable;
  eligibility.earliest.reset();
  eligibility.reasons = {law.messages->Text(shielded ? "RECORD_SHIELDED" : "RECORD_NOT_PUBLISHED")};
}

// A number that nobody has read in the law is told as such; it bars all the same, like every other
// minimum.
void JudgeBan(const Law& law, const catalogue::Rule* rule, const std::vector<Ban>& bans,
              absl::CivilDay on, Eligibility& eligibility) {
  const Ban* ban = rule == nullptr ? nullptr : BanBy(bans, rule->regime, on);
  if (ban == nullptr || eligibility.verdict == catalogue::Verdict::kNotRepairable) return;
  eligibility.ban = *ban;
  eligibility.verdict = catalogue::Verdict::kNotYet;
  eligibility.earliest = std::max(eligibility.earliest.value_or(ban->until + 1), ban->until + 1);
  const bool verified = catalogue::IsVerified(ban->confidence);
  eligibility.reasons.insert(
      eligibility.reasons.begin(),
      law.messages->Text(verified ? "SUBJECT_BANNED" : "SUBJECT_BANNED_UNVERIFIED",
                         {{"authority", ban->authority.name},
                          {"document_no", ban->document_no},
                          {"from", FormatDay(ban->from)},
                          {"until", FormatDay(ban->until)},
                          {"source", ban->source}}));
}

absl::Status Refused(const Eligibility& eligibility, absl::string_view reason,
                     absl::string_view message,
                     std::vector<std::pair<std::string, std::string>> metadata) {
  metadata.insert(metadata.begin(), {"record", RecordName(eligibility.record)});
  return WithReason(absl::FailedPreconditionError(message), reason, metadata);
}

}  // namespace

catalogue::DecidingAuthority DecidingAuthorityOf(const Law& law, const RecordSnapshot& record,
                                                 absl::CivilDay on) {
  const Authority& named = record.authority;
  return catalogue::DecidingAuthorityOf({named.code, named.name, named.uscc}, *law.authorities, on);
}

Eligibility JudgeRecord(const Law& law, const RecordSnapshot& record, absl::CivilDay on,
                        const std::vector<Ban>& bans) {
  const catalogue::RecordFacts facts = FactsOf(law, record);
  catalogue::Evaluation evaluation = law.catalogue->Evaluate(facts, on);
  Eligibility eligibility;
  eligibility.record = record.record;
  eligibility.verdict = evaluation.verdict;
  eligibility.earliest = evaluation.earliest;
  eligibility.publicity_end =
      evaluation.publicity_end ? evaluation.publicity_end : record.publicity_end;
  if (evaluation.record_class) {
    eligibility.record_class = std::string(catalogue::ToString(*evaluation.record_class));
  }
  eligibility.reasons = std::move(evaluation.reasons);
  eligibility.conditions = std::move(evaluation.conditions);
  eligibility.periods = std::move(evaluation.windows);
  const catalogue::Channel* channel = law.catalogue->ChannelOf(facts.authority_kind);
  if (channel != nullptr) eligibility.channel = *channel;
  eligibility.materials = MaterialsOf(law, evaluation.materials);
  const catalogue::DecidingAuthority deciding = DecidingAuthorityOf(law, record, on);
  NameAuthority(law, record, deciding, eligibility);
  eligibility.authority_kind = facts.authority_kind;
  eligibility.rule = {evaluation.rule_id, law.catalogue->version(), law.catalogue->sha256(),
                      law.calendar->version()};
  eligibility.source = evaluation.source;
  eligibility.confidence = evaluation.confidence;
  eligibility.item = ItemOf(law, facts);
  eligibility.handling = HandlingOf(law, evaluation.rule_id, deciding.authority, on);
  const catalogue::Rule* rule = law.catalogue->FindRule(evaluation.rule_id, on);
  JudgePublicity(law, record, rule, eligibility);
  JudgeBan(law, rule, bans, on, eligibility);
  return eligibility;
}

absl::Status CheckNotBanned(const Eligibility& eligibility) {
  if (!eligibility.ban) return absl::OkStatus();
  const Ban& ban = *eligibility.ban;
  return Refused(eligibility, "SUBJECT_BANNED",
                 absl::StrCat("至", FormatDay(ban.until),
                              "不得申请 / no application until the end of ", FormatDay(ban.until)),
                 {{"until_date", FormatDay(ban.until)},
                  {"document_no", ban.document_no},
                  {"source", ban.source},
                  {"confidence", ban.confidence}});
}

absl::Status CheckSubmittable(const Eligibility& eligibility) {
  if (absl::Status banned = CheckNotBanned(eligibility); !banned.ok()) return banned;
  const bool refused = eligibility.verdict == catalogue::Verdict::kNotYet ||
                       eligibility.verdict == catalogue::Verdict::kNotRepairable;
  if (refused || eligibility.rule.rule_id.empty()) {
    return Refused(eligibility, "RECORD_NOT_ELIGIBLE", "the record cannot be repaired on this day",
                   {{"verdict", std::string(catalogue::ToString(eligibility.verdict))},
                    {"earliest_date",
                     eligibility.earliest ? FormatDay(*eligibility.earliest) : std::string()}});
  }
  // One that nobody here is goes to the desk (待分办).
  if (eligibility.handling == catalogue::Handling::kResultOnly) {
    return Refused(eligibility, "RECORD_RESULT_ONLY",
                   "nothing is applied for: the authority's own act is awaited",
                   {{"handling", std::string(catalogue::ToString(*eligibility.handling))}});
  }
  return absl::OkStatus();
}

}  // namespace xiufu::intake
