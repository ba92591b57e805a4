#include "services/intake/domain/pushed.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/text.h"
#include "services/intake/domain/create_application.h"

namespace xiufu::intake {
namespace {

void CheckCode(absl::string_view field, const std::string& uscc, Violations& violations) {
  violations.Take(ValidateUscc(field, uscc).status());
}

// One content has one size and one type, whatever it is announced as.
void CheckAlike(const std::vector<PushedMaterial>& materials, size_t index,
                Violations& violations) {
  const Upload& paper = materials[index].paper;
  for (size_t i = 0; i < index; ++i) {
    const Upload& other = materials[i].paper;
    if (other.sha256 != paper.sha256) continue;
    if (other.size == paper.size && other.media_type == paper.media_type) continue;
    violations.Add(absl::StrCat("materials[", index, "].sha256"),
                   absl::StrCat("also announced as materials[", i, "] with another size or type"),
                   "the size and type of the content");
  }
}

void CheckRecordKey(const RecordKey& key, Violations& violations) {
  CheckCode("record.subject_uscc", key.subject_uscc, violations);
  if (!key.record.IsNone() || violations.Names("record.name")) return;
  CheckCode("record.authority_uscc", key.authority_uscc, violations);
  violations.Take(CheckText("record.document_no", key.document_no, 0, 200));
  if (!key.document_no.empty()) return;
  const bool dated = key.decided_on || violations.Names("record.decision_date");
  if (key.list_name.empty() || !dated) {
    violations.Add("record.document_no", "empty, and list_name or decision_date as well",
                   "a document number, or the list and the day of the entry");
  }
  violations.Take(CheckText("record.list_name", key.list_name, 0, 200));
}

std::string WhyNothingFits(const Eligibility& eligibility) {
  return absl::StrJoin(eligibility.reasons, "；",
                       [](std::string* out, const catalogue::BilingualText& reason) {
                         absl::StrAppend(out, reason.zh, " / ", reason.en);
                       });
}

// Why no case can be opened at all; empty when one can. That it is too early is for the authority
// to say.
std::string WhyNotOpened(const RecordSnapshot& record, const Eligibility& eligibility) {
  if (record.state != RecordState::kPublished) {
    return absl::StrCat("该信息目前未在公示 / the record is not published at present: ",
                        ToString(record.state));
  }
  if (eligibility.rule.rule_id.empty()) {
    return absl::StrCat("没有可适用的规则 / no rule fits: ", WhyNothingFits(eligibility));
  }
  if (eligibility.handling == catalogue::Handling::kResultOnly) {
    return "该信息不经申请修复，等待认定单位自行处理 / nothing is applied for here: the "
           "authority's "
           "own act is awaited";
  }
  return "";
}

}  // namespace

bool Fits(const RecordKey& key, const RecordSnapshot& record) {
  if (record.subject_uscc != key.subject_uscc) return false;
  if (!key.record.IsNone()) return record.record == key.record;
  if (record.authority.uscc != key.authority_uscc) return false;
  if (!key.document_no.empty()) return record.document_no == key.document_no;
  return record.words.list_name == key.list_name && record.words.determined_on == key.decided_on;
}

bool AllThere(const std::vector<PushedMaterial>& papers) {
  return std::all_of(papers.begin(), papers.end(),
                     [](const PushedMaterial& one) { return one.there; });
}

void CheckPush(const Push& push, absl::Time now, Violations& violations) {
  CheckOrigin("", push.origin, now, violations);
  CheckRecordKey(push.record, violations);
  CheckApplicant(push.applicant, violations);
}

void CheckPushedMaterials(const std::vector<PushedMaterial>& materials,
                          const catalogue::Catalogue& catalogue, Violations& violations) {
  if (materials.size() > kMaxMaterials) {
    violations.Add("materials", absl::StrCat(materials.size(), " papers"),
                   absl::StrCat("at most ", kMaxMaterials));
    return;
  }
  for (size_t i = 0; i < materials.size(); ++i) {
    CheckAnnounced(absl::StrCat("materials[", i, "]."), materials[i].paper, catalogue, violations);
    CheckAlike(materials, i, violations);
  }
}

Taking DecideTaking(const std::vector<RecordSnapshot>& found, const Circumstances& now,
                    const std::optional<Eligibility>& eligibility) {
  if (found.empty()) {
    return {PushState::kRecordUnknown,
            "已收到，该失信信息尚未归集到本市 / received; the record is not known here yet"};
  }
  if (found.size() > 1) {
    return {
        PushState::kNeedsPerson,
        absl::StrCat("有", found.size(),
                     "条失信信息与推送内容相符，须由工作人员指定 / several records fit, a person "
                     "says which")};
  }
  // Never a second case: it joins the one that there is, whatever papers it has.
  if (now.record_taken) return {PushState::kTaken, ""};
  if (now.number_in_use) {
    return {PushState::kNeedsPerson,
            "本系统已有未提交的申请使用该编号 / an application that was made here has this number "
            "and is "
            "not submitted"};
  }
  if (!now.papers_there) return {PushState::kAwaitsPapers, ""};
  const std::string why_not = WhyNotOpened(found.front(), *eligibility);
  if (!why_not.empty()) return {PushState::kNeedsPerson, why_not};
  return {PushState::kTaken, ""};
}

}  // namespace xiufu::intake
