#include "services/intake/domain/objection.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/upload_material.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

constexpr char kStateNames[][24] = {
    "",         "FILED",     "WITH_AUTHORITY", "TO_BE_ASSIGNED",      "UPHELD",
    "REJECTED", "WITHDRAWN", "DRAFT",          "WITHDRAWAL_REQUESTED"};
constexpr size_t kLongestStatement = 2000;

absl::Status NotDraft() {
  return WithReason(absl::FailedPreconditionError("the objection was filed before"),
                    "OBJECTION_ALREADY_FILED");
}

// The repair that it is about: both names or none; a result needs it.
void CheckRepair(const ObjectionCommand& command, ObjectionDraft& draft, Violations& violations) {
  const bool none = command.application.empty() && command.case_name.empty();
  if (none && command.kind != ObjectionKind::kResult) return;
  absl::StatusOr<Id> application = ParseApplicationName("application", command.application);
  absl::StatusOr<Id> case_id = ParseCaseName("case_name", command.case_name);
  violations.Take(application.status());
  violations.Take(case_id.status());
  draft.application = application.value_or(Id());
  draft.case_id = case_id.value_or(Id());
}

const catalogue::Rule* RuleInForce(const catalogue::Catalogue& catalogue, absl::CivilDay on) {
  for (const catalogue::Rule& rule : catalogue.rules()) {
    if (rule.when.basis == catalogue::Basis::kObjection && rule.provenance.InForce(on))
      return &rule;
  }
  return nullptr;
}

}  // namespace

std::string WordsKey(ObjectionState state) {
  return absl::StrCat("OBJECTION_", kStateNames[static_cast<int>(state)]);
}

bool HasEnded(ObjectionState state) {
  return state == ObjectionState::kUpheld || state == ObjectionState::kRejected ||
         state == ObjectionState::kWithdrawn;
}

absl::StatusOr<ObjectionDraft> ValidateObjection(const ObjectionCommand& command,
                                                 const RegionTable& regions,
                                                 absl::string_view agent_secret, absl::Time now) {
  Violations violations;
  ObjectionDraft draft{.kind = command.kind,
                       .statement = command.statement,
                       .applicant = command.applicant,
                       .region = command.region.empty() ? kDefaultRegion : command.region};
  absl::StatusOr<UsccCheck> uscc = ValidateUscc("subject_uscc", command.subject_uscc);
  violations.Take(uscc.status());
  absl::StatusOr<Id> record = ParseRecordName("record", command.record);
  violations.Take(record.status());
  const int kind = static_cast<int>(command.kind);
  if (kind < static_cast<int>(ObjectionKind::kContent) ||
      kind > static_cast<int>(ObjectionKind::kResult)) {
    violations.Add("kind", "not given or unknown", "CONTENT, PERIOD or RESULT");
  }
  violations.Take(CheckMultilineText("statement", command.statement, 1, kLongestStatement));
  CheckApplicant(command.applicant, violations);
  CheckRegion(draft.region, regions, violations);
  CheckRepair(command, draft, violations);
  draft.power = TakePower(command.applicant.capacity == Capacity::kAgent, command.power,
                          command.subject_uscc, agent_secret, now, violations);
  if (!violations.empty()) return violations.ToStatus();
  draft.subject_uscc = uscc->code;
  draft.record = *record;
  return draft;
}

Capacity ActingFor(const Objection& objection, Capacity acting) {
  return acting == Capacity::kUnspecified ? objection.what.applicant.capacity : acting;
}

absl::Status CheckPowerPaper(const Law& law, const std::vector<Material>& evidence) {
  const std::string& kind = law.catalogue->window_terms().power_material;
  const bool there = std::any_of(evidence.begin(), evidence.end(),
                                 [&](const Material& material) { return material.kind == kind; });
  if (there) return absl::OkStatus();
  return WithReason(
      MissingThings({{"materials", absl::StrCat("缺少授权委托书（材料 ", kind,
                                                "） / the power of attorney itself, material ",
                                                kind, ", is missing")}}),
      "MATERIALS_MISSING", {{"kinds", kind}});
}

absl::Status CheckRecord(const ObjectionDraft& draft, const RecordSnapshot& snapshot) {
  if (snapshot.subject_uscc == draft.subject_uscc) return absl::OkStatus();
  return WithReason(FieldViolation("record", "of another subject", "a record of subject_uscc"),
                    "RECORD_OF_ANOTHER_SUBJECT");
}

absl::Status CheckCase(const ObjectionDraft& draft, const std::vector<CaseView>& cases) {
  if (draft.case_id.IsNone()) return absl::OkStatus();
  const auto found = std::find_if(cases.begin(), cases.end(), [&](const CaseView& one) {
    return one.id == draft.case_id && one.record == draft.record;
  });
  if (found == cases.end()) {
    return WithReason(absl::NotFoundError("the application has no such case about the record"),
                      "CASE_NOT_FOUND");
  }
  if (draft.kind != ObjectionKind::kResult || HasEnded(*found)) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError("该件尚未办结，还没有可以提出异议的结果 / the "
                                                  "case has not ended: there is no result yet"),
                    "CASE_IS_OPEN");
}

absl::Status CheckNoneIsOpen(const ObjectionDraft& draft, const std::optional<Id>& open) {
  if (!open) return absl::OkStatus();
  const std::string name = ObjectionName(*open);
  const bool result = draft.kind == ObjectionKind::kResult;
  return WithReason(
      MissingThings({{result ? "case_name" : "record",
                      absl::StrCat("已有同类异议尚未办结（", name,
                                   "），请等待答复或者先撤回 / an objection of this kind is open, ",
                                   name, ": wait for its answer, or withdraw it first")}}),
      "OBJECTION_IS_OPEN", {{"objection", name}});
}

absl::Status CheckTakesEvidence(const Objection& objection, int materials) {
  if (objection.state != ObjectionState::kDraft) return NotDraft();
  if (materials < kMaxMaterials) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError(
                        absl::StrCat("an objection has at most ", kMaxMaterials, " materials")),
                    "TOO_MANY_MATERIALS");
}

absl::Status DecideFiling(const Law& law, absl::Time now, Objection& objection) {
  if (objection.state != ObjectionState::kDraft) return NotDraft();
  const catalogue::Rule* rule = RuleInForce(*law.catalogue, LegalDay(now));
  if (rule == nullptr) {
    return WithReason(absl::FailedPreconditionError(
                          "目前没有异议处理的规定 / no rule in force provides for objections"),
                      "OBJECTION_NOT_PROVIDED");
  }
  objection.rule = {rule->id, law.catalogue->version(), law.catalogue->sha256(),
                    law.calendar->version()};
  objection.state = ObjectionState::kFiled;
  objection.filed = now;
  return absl::OkStatus();
}

absl::StatusOr<bool> DecideGivingUp(Objection& objection) {
  if (objection.state == ObjectionState::kDraft) {
    return WithReason(absl::FailedPreconditionError("a draft was not filed"),
                      "OBJECTION_NOT_FILED");
  }
  if (HasEnded(objection.state)) {
    return WithReason(absl::FailedPreconditionError("异议已有结果 / the objection has ended"),
                      "NOTHING_TO_WITHDRAW");
  }
  if (objection.state == ObjectionState::kWithdrawalRequested) return false;
  objection.state = ObjectionState::kWithdrawalRequested;
  return true;
}

absl::StatusOr<bool> Project(const ObjectionNews& news, Objection& objection) {
  if (news.version <= objection.version) return false;
  if (news.version != objection.version + 1) {
    return absl::FailedPreconditionError("an earlier change of the objection is missing");
  }
  objection.version = news.version;
  objection.authority = news.authority;
  if (!news.due_date.empty() || news.due_ended) {
    objection.due_date = news.due_date;
    objection.due_provisional = news.due_provisional;
  }
  objection.document_no = news.document_no;
  objection.correction = news.correction;
  objection.reasons = news.reasons;
  objection.remedies = news.remedies;
  if (HasEnded(news.state)) objection.ended = news.changed_at;
  // That a withdrawal was asked for covers what routing says until it answers with an end.
  const bool asked = objection.state == ObjectionState::kWithdrawalRequested;
  if (!asked || HasEnded(news.state)) objection.state = news.state;
  return true;
}

}  // namespace xiufu::intake
