#include "services/intake/domain/notice.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/domain/window.h"

namespace xiufu::intake {
namespace {

template <typename T>
std::optional<T> CopyOf(const T* found) {
  return found == nullptr ? std::nullopt : std::optional<T>(*found);
}

// The blank of the first of these papers that has one.
std::optional<catalogue::Form> FormFor(const Law& law, catalogue::FormKind kind,
                                       const Eligibility& eligibility, absl::CivilDay on) {
  for (const RequiredMaterial& material : eligibility.materials) {
    const catalogue::Form* form =
        law.catalogue->FindForm(kind, material.kind, eligibility.authority_kind, on);
    if (form != nullptr) return *form;
  }
  return std::nullopt;
}

NoticeRecord JudgeOne(const Law& law, const RecordSnapshot& record, absl::CivilDay on,
                      const std::vector<Ban>& bans) {
  NoticeRecord judged;
  judged.record = record;
  judged.eligibility = JudgeRecord(law, record, on, bans);
  const Eligibility& eligibility = judged.eligibility;
  judged.rule =
      CopyOf(law.catalogue->FindRule(eligibility.rule.rule_id, on, eligibility.authority.code));
  if (judged.rule) {
    std::erase_if(judged.rule->deadlines, [&rule = *judged.rule](const catalogue::Deadline& each) {
      return !catalogue::IsTold(rule, each);
    });
  }
  if (judged.rule) judged.result_word = catalogue::ResultWordOf(*judged.rule, record.words.matter);
  if (eligibility.verdict == catalogue::Verdict::kNotRepairable) {
    judged.eligibility.materials.clear();
    return judged;
  }
  // What one applies with where no paper of that name is asked for: filled in on paper at a window.
  judged.application = FormFor(law, catalogue::FormKind::kApplication, eligibility, on);
  if (!judged.application) {
    judged.application = CopyOf(law.catalogue->FindForm(catalogue::FormKind::kApplication, "",
                                                        eligibility.authority_kind, on));
  }
  judged.commitment = FormFor(law, catalogue::FormKind::kCommitment, eligibility, on);
  return judged;
}

MaterialNeed NeedOf(const RequiredMaterial& material, const NoticeRecord& record, size_t index) {
  MaterialNeed need;
  need.record = index;
  need.name = material.name;
  need.name_en = material.name_en;
  for (const auto& form : {record.application, record.commitment}) {
    if (!form || form->material != material.kind) continue;
    need.name = form->name;
    need.name_en = form->name_en;
  }
  for (const catalogue::ConditionState& condition : record.eligibility.conditions) {
    const auto& kinds = condition.materials;
    if (std::find(kinds.begin(), kinds.end(), material.kind) != kinds.end()) {
      need.proves.push_back(condition.name);
    }
  }
  need.rule_id = record.eligibility.rule.rule_id;
  need.source = record.rule ? record.rule->provenance.source : record.eligibility.source;
  need.confidence =
      record.rule ? record.rule->provenance.confidence : record.eligibility.confidence;
  return need;
}

NoticeMaterial& MaterialIn(std::vector<NoticeMaterial>& materials, const Law& law,
                           const RequiredMaterial& wanted) {
  for (NoticeMaterial& material : materials) {
    if (material.kind == wanted.kind) return material;
  }
  NoticeMaterial& added =
      materials.emplace_back(NoticeMaterial{wanted.kind, wanted.name, wanted.name_en, "", "", {}});
  if (const catalogue::MaterialKind* kind = law.catalogue->FindMaterial(wanted.kind)) {
    added.source = kind->provenance.source;
    added.confidence = kind->provenance.confidence;
  }
  return added;
}

void AddMaterials(const Law& law, Notice& notice) {
  for (size_t i = 0; i < notice.records.size(); ++i) {
    for (const RequiredMaterial& wanted : notice.records[i].eligibility.materials) {
      std::vector<NoticeMaterial>& list = wanted.fetched ? notice.fetched : notice.asked;
      MaterialIn(list, law, wanted).needed_by.push_back(NeedOf(wanted, notice.records[i], i));
    }
  }
}

// The city's window and that of the region where the subject is registered; all of them where that
// is none of the city's counties.
void AddWindows(const Law& law, absl::string_view uscc, Notice& notice) {
  const RegionTable& regions = law.catalogue->regions();
  const Region* county = CountyOf(uscc, regions);
  for (const catalogue::HelpWindow& window : law.catalogue->windows()) {
    const bool near = county == nullptr || window.region == county->code ||
                      window.region == regions.CityOf(county->code)->code;
    if (!near) continue;
    const Region* region = regions.Find(window.region);
    notice.windows.push_back({window, region == nullptr ? window.region : region->name});
  }
}

// Those of the authorities concerned where they are known, then those of everybody.
void AddHotlines(const Law& law, const std::vector<RecordSnapshot>& records, Notice& notice) {
  std::set<std::string> told;
  for (const RecordSnapshot& record : records) {
    const catalogue::Authority* authority = DecidingAuthorityOf(law, record, notice.on).authority;
    if (authority == nullptr || authority->hotline.empty()) continue;
    if (!told.insert(authority->code).second) continue;
    notice.hotlines.push_back(
        {authority->hotline, authority->name, authority->name_en, "deploy/authorities", "S"});
  }
  const auto hotlines = law.catalogue->hotlines();
  notice.hotlines.insert(notice.hotlines.end(), hotlines.begin(), hotlines.end());
}

}  // namespace

absl::StatusOr<Notice> ComposeNotice(const Law& law, absl::string_view uscc,
                                     const std::vector<RecordSnapshot>& records, absl::CivilDay on,
                                     const std::vector<Ban>& bans) {
  if (records.empty() || records.size() > kMaxRecords) {
    return FieldViolation("records", absl::StrCat(records.size(), " records"),
                          absl::StrCat("1 to ", kMaxRecords, " of one subject"));
  }
  if (absl::Status own = CheckSubject("uscc", uscc, records); !own.ok()) return own;
  Notice notice;
  notice.subject_uscc = std::string(uscc);
  notice.subject_name = records.front().subject_name;
  notice.on = on;
  notice.catalogue_version = law.catalogue->version();
  notice.catalogue_sha256 = law.catalogue->sha256();
  notice.calendar_version = law.calendar->version();
  for (const RecordSnapshot& record : records) {
    notice.records.push_back(JudgeOne(law, record, on, bans));
  }
  AddMaterials(law, notice);
  AddWindows(law, uscc, notice);
  AddHotlines(law, records, notice);
  return notice;
}

bool IsUnverified(absl::string_view confidence) { return !catalogue::IsVerified(confidence); }

}  // namespace xiufu::intake
