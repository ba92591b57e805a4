#include "services/intake/domain/eligibility.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
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
                                              const std::string& authority_code,
                                              absl::CivilDay on) {
  const catalogue::Rule* rule = law.catalogue->FindRule(rule_id, on);
  const catalogue::Authority* authority = law.authorities->FindByCode(authority_code);
  if (authority == nullptr) return std::nullopt;
  return rule == nullptr ? authority->handling : catalogue::EffectiveHandling(*rule, *authority);
}

// Only what is published can be ended; the catalogue judges the penalty, not its publicity.
void JudgePublicity(const Law& law, const RecordSnapshot& record, Eligibility& eligibility) {
  if (record.state == RecordState::kPublished) return;
  eligibility.verdict = catalogue::Verdict::kNotRepairable;
  eligibility.earliest.reset();
  eligibility.reasons = {law.messages->Text("RECORD_NOT_PUBLISHED")};
}

absl::Status Refused(const Eligibility& eligibility, absl::string_view reason,
                     absl::string_view message,
                     std::vector<std::pair<std::string, std::string>> metadata) {
  metadata.insert(metadata.begin(), {"record", RecordName(eligibility.record)});
  return WithReason(absl::FailedPreconditionError(message), reason, metadata);
}

}  // namespace

Eligibility JudgeRecord(const Law& law, const RecordSnapshot& record, absl::CivilDay on) {
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
  eligibility.authority = record.authority;
  eligibility.authority_kind = facts.authority_kind;
  eligibility.rule = {evaluation.rule_id, law.catalogue->version(), law.catalogue->sha256(),
                      law.calendar->version()};
  eligibility.source = evaluation.source;
  eligibility.confidence = evaluation.confidence;
  eligibility.item = ItemOf(law, facts);
  eligibility.handling = HandlingOf(law, evaluation.rule_id, record.authority.code, on);
  JudgePublicity(law, record, eligibility);
  return eligibility;
}

absl::Status CheckSubmittable(const Eligibility& eligibility) {
  const bool refused = eligibility.verdict == catalogue::Verdict::kNotYet ||
                       eligibility.verdict == catalogue::Verdict::kNotRepairable;
  if (refused || eligibility.rule.rule_id.empty()) {
    return Refused(eligibility, "RECORD_NOT_ELIGIBLE", "the record cannot be repaired on this day",
                   {{"verdict", std::string(catalogue::ToString(eligibility.verdict))},
                    {"earliest_date",
                     eligibility.earliest ? FormatDay(*eligibility.earliest) : std::string()}});
  }
  if (!eligibility.handling.has_value()) {
    return Refused(eligibility, "AUTHORITY_UNKNOWN",
                   "the determining authority of the record is not known here", {});
  }
  if (*eligibility.handling == catalogue::Handling::kResultOnly) {
    return Refused(eligibility, "RECORD_RESULT_ONLY",
                   "nothing is applied for: the authority's own act is awaited",
                   {{"handling", std::string(catalogue::ToString(*eligibility.handling))}});
  }
  return absl::OkStatus();
}

}  // namespace xiufu::intake
