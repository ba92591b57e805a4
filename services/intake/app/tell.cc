#include "services/intake/app/tell.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/intake/app/tell_next_step.h"
#include "services/intake/domain/application_states.h"

namespace xiufu::intake {
namespace {

// What is not known yet in a text.
constexpr char kUnknown[] = "—";
constexpr char kBetween[] = "；";

std::string DueDateOf(const CaseView& view, absl::string_view kind) {
  for (const Deadline& deadline : view.deadlines) {
    if (deadline.kind == kind) return deadline.due_date;
  }
  return kUnknown;
}

std::string OrUnknown(std::string text) { return text.empty() ? kUnknown : std::move(text); }

void AddRevocation(const Revocation& revocation, std::vector<catalogue::MessageArg>& args) {
  args.emplace_back("finding", revocation.kind_name, revocation.kind_name_en);
  args.emplace_back("finding_no", OrUnknown(revocation.document_no));
  args.emplace_back("found_on", OrUnknown(revocation.found_on));
  args.emplace_back("found_because", OrUnknown(absl::StrJoin(revocation.reasons, kBetween)));
  args.emplace_back("found_remedies", OrUnknown(revocation.remedies));
  args.emplace_back("ban_until", OrUnknown(revocation.ban_until));
  args.emplace_back("publicity_end", OrUnknown(revocation.publicity_end));
}

absl::string_view ResultKey(const Decision& decision) {
  if (decision.result == CaseResult::kRefused) return "_REFUSED";
  if (decision.result == CaseResult::kRecordWithdrawn) return "_RECORD_WITHDRAWN";
  // Only what an authority did by itself has no number.
  return decision.no.empty() ? "_DONE_ALREADY" : "_APPROVED";
}

// What is said depends on whether it bars the subject, and on what the record is again.
std::string RevocationKey(absl::string_view code, const Revocation& revocation) {
  if (code == kCaseRevoked) {
    return absl::StrCat(code, revocation.ban_until.empty() ? "" : "_BANNED");
  }
  switch (revocation.record_state) {
    case RecordState::kPublished:
      return absl::StrCat(code, revocation.publicity_end.empty() ? "" : "_PUBLISHED");
    case RecordState::kExpired:
      return absl::StrCat(code, "_EXPIRED");
    default:
      return std::string(code);
  }
}

std::string TextKey(absl::string_view code, const CaseView* view) {
  if (view != nullptr && (code == kCaseRevoked || code == kCaseRecordRestored)) {
    return RevocationKey(code, view->revocation);
  }
  const bool with_result = code == kCaseDecided || code == kCaseConcluded;
  if (!with_result || view == nullptr) return std::string(code);
  return absl::StrCat(code, ResultKey(view->decision));
}

TimelineEntry EntryFor(const News& news, catalogue::BilingualText text,
                       const Application& application, const CaseView* view) {
  TimelineEntry entry;
  entry.time = news.time;
  entry.code = news.code;
  entry.text = std::move(text.zh);
  entry.text_en = std::move(text.en);
  entry.application_state = application.state;
  if (view == nullptr) return entry;
  entry.case_id = view->id;
  entry.record = view->record;
  entry.case_state = ShownState(*view);
  entry.result = view->decision.result;
  return entry;
}

}  // namespace

std::vector<TimelineEntry> EntriesFor(const catalogue::Messages& messages,
                                      const Application& application, const CaseView* view,
                                      const std::vector<News>& news,
                                      const std::vector<CaseView>& cases) {
  std::vector<TimelineEntry> entries;
  if (news.empty()) return entries;
  const std::vector<catalogue::MessageArg> args = TellingArgs(application, view);
  const NextStepWords next =
      InWords(messages, view == nullptr ? NextStepOf(application, cases) : NextStepOf(*view));
  for (const News& one : news) {
    entries.push_back(
        EntryFor(one, messages.Text(TextKey(one.code, view), args), application, view));
    entries.back().next = next;
  }
  return entries;
}

std::vector<catalogue::MessageArg> TellingArgs(const Application& application,
                                               const CaseView* view) {
  std::vector<catalogue::MessageArg> args = {{"number", application.number},
                                             {"count", absl::StrCat(application.record_count)}};
  if (view == nullptr) return args;
  args.emplace_back("authority", view->authority.name);
  const bool succeeded = !view->successions.empty();
  args.emplace_back("predecessor",
                    succeeded ? view->successions.front().predecessor_name : kUnknown);
  args.emplace_back("document", succeeded ? view->successions.back().document : kUnknown);
  args.emplace_back("pre_check_due", DueDateOf(*view, "PRE_CHECK"));
  args.emplace_back("accept_due", DueDateOf(*view, "ACCEPT"));
  args.emplace_back("decide_due", DueDateOf(*view, "DECIDE"));
  args.emplace_back("extend_due", DueDateOf(*view, "EXTEND"));
  args.emplace_back("supplement_due", DueDateOf(*view, kSupplementDeadline));
  args.emplace_back("authority_no", OrUnknown(view->authority_no));
  args.emplace_back("defects", OrUnknown(absl::StrJoin(view->defects, kBetween)));
  args.emplace_back("decision_no", OrUnknown(view->decision.no));
  const bool decided = IsDecided(view->state);
  const std::vector<std::string>& reasons =
      decided ? view->decision.reasons : view->grounds.reasons;
  args.emplace_back("reasons", OrUnknown(absl::StrJoin(reasons, kBetween)));
  args.emplace_back("remedies",
                    OrUnknown(decided ? view->decision.remedies : view->grounds.remedies));
  AddRevocation(view->revocation, args);
  return args;
}

std::string StateKey(CaseState state) { return absl::StrCat("CASE_STATE_", ToString(state)); }

absl::Status CheckMessages(const catalogue::Messages& messages) {
  std::vector<absl::string_view> keys = {kApplicationCreated,
                                         kApplicationSubmitted,
                                         kApplicationConcluded,
                                         kApplicationWithdrawn,
                                         kApplicationLoopClosed,
                                         kCaseOpened,
                                         kCaseSucceeded,
                                         kCasePreCheck,
                                         kCasePreCheckDefects,
                                         kCasePassedOn,
                                         kCaseWithAuthority,
                                         kCaseAccepted,
                                         kCaseSupplementRequested,
                                         kCaseSupplemented,
                                         kCaseResumed,
                                         kCaseDecisionCorrecting,
                                         kCaseAcceptDueMoved,
                                         kCaseDecideDueMoved,
                                         kCaseExtendDueMoved,
                                         kCaseSupplementDueMoved,
                                         kCaseAcceptOver,
                                         kCaseDecideOver,
                                         kCaseExtendOver,
                                         kCaseOverallOver,
                                         kCaseExtended,
                                         kCaseToBeAssigned,
                                         kCaseRelayed,
                                         kCaseHandedOver,
                                         kCaseFiledUpstream,
                                         kCaseAcceptedUpstream,
                                         kCaseAssigned,
                                         kCaseNotAccepted,
                                         kCaseWithdrawalRequested,
                                         kCaseWithdrawalRefused,
                                         kCaseWithdrawn,
                                         kCaseClosedNoSupplement,
                                         kCaseLoopClosed,
                                         "CASE_DECIDED_APPROVED",
                                         "CASE_DECIDED_REFUSED",
                                         "CASE_DECIDED_DONE_ALREADY",
                                         "CASE_DECIDED_RECORD_WITHDRAWN",
                                         "CASE_CONCLUDED_APPROVED",
                                         "CASE_CONCLUDED_REFUSED",
                                         "CASE_CONCLUDED_DONE_ALREADY",
                                         "CASE_CONCLUDED_RECORD_WITHDRAWN",
                                         "CASE_REVOKED",
                                         "CASE_REVOKED_BANNED",
                                         "CASE_RECORD_RESTORED",
                                         "CASE_RECORD_RESTORED_PUBLISHED",
                                         "CASE_RECORD_RESTORED_EXPIRED",
                                         "RECORD_NOT_PUBLISHED",
                                         "RECORD_AUTHORITY_SUCCEEDED",
                                         "RECORD_SHIELDED",
                                         "SUBJECT_BANNED",
                                         "SUBJECT_BANNED_UNVERIFIED",
                                         "USCC_CHECKSUM_WARNING"};
  std::vector<std::string> named = NextStepTexts();
  for (CaseState state : kShownStates) named.push_back(StateKey(state));
  for (const ApplicationStateInfo& info : ApplicationStates()) {
    named.push_back(StateKey(info.state));
  }
  for (ObjectionState state : kObjectionStates) named.push_back(WordsKey(state));
  keys.insert(keys.end(), named.begin(), named.end());
  return messages.Require(keys);
}

}  // namespace xiufu::intake
