#include "services/intake/app/tell.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/intake/app/tell_next_step.h"

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

std::vector<catalogue::MessageArg> ArgsOf(const Application& application, const CaseView* view) {
  std::vector<catalogue::MessageArg> args = {{"number", application.number},
                                             {"count", absl::StrCat(application.record_count)}};
  if (view == nullptr) return args;
  args.emplace_back("authority", view->authority.name);
  args.emplace_back("accept_due", DueDateOf(*view, "ACCEPT"));
  args.emplace_back("decide_due", DueDateOf(*view, "DECIDE"));
  args.emplace_back("extend_due", DueDateOf(*view, "EXTEND"));
  args.emplace_back("supplement_due", DueDateOf(*view, kSupplementDeadline));
  args.emplace_back("defects", OrUnknown(absl::StrJoin(view->defects, kBetween)));
  args.emplace_back("decision_no", OrUnknown(view->decision.no));
  const bool decided = IsDecided(view->state);
  const std::vector<std::string>& reasons =
      decided ? view->decision.reasons : view->grounds.reasons;
  args.emplace_back("reasons", OrUnknown(absl::StrJoin(reasons, kBetween)));
  args.emplace_back("remedies",
                    OrUnknown(decided ? view->decision.remedies : view->grounds.remedies));
  return args;
}

absl::string_view ResultKey(const Decision& decision) {
  if (decision.result == CaseResult::kRefused) return "_REFUSED";
  if (decision.result == CaseResult::kRecordWithdrawn) return "_RECORD_WITHDRAWN";
  // Only what an authority did by itself has no number.
  return decision.no.empty() ? "_DONE_ALREADY" : "_APPROVED";
}

std::string TextKey(absl::string_view code, const CaseView* view) {
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
  const std::vector<catalogue::MessageArg> args = ArgsOf(application, view);
  const NextStepWords next =
      InWords(messages, view == nullptr ? NextStepOf(application, cases) : NextStepOf(*view));
  for (const News& one : news) {
    entries.push_back(
        EntryFor(one, messages.Text(TextKey(one.code, view), args), application, view));
    entries.back().next = next;
  }
  return entries;
}

std::string StateKey(CaseState state) { return absl::StrCat("CASE_STATE_", ToString(state)); }

absl::Status CheckMessages(const catalogue::Messages& messages) {
  std::vector<absl::string_view> keys = {kApplicationCreated,
                                         kApplicationSubmitted,
                                         kApplicationConcluded,
                                         kApplicationWithdrawn,
                                         kApplicationLoopClosed,
                                         kCaseOpened,
                                         kCaseWithAuthority,
                                         kCaseAccepted,
                                         kCaseSupplementRequested,
                                         kCaseSupplemented,
                                         kCaseResumed,
                                         kCaseDecisionCorrecting,
                                         kCaseAcceptDueMoved,
                                         kCaseDecideDueMoved,
                                         kCaseSupplementDueMoved,
                                         kCaseExtended,
                                         kCaseToBeAssigned,
                                         kCaseRelayed,
                                         kCaseHandedOver,
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
                                         "RECORD_NOT_PUBLISHED",
                                         "USCC_CHECKSUM_WARNING"};
  std::vector<std::string> named = NextStepTexts();
  for (CaseState state : kShownStates) named.push_back(StateKey(state));
  for (ObjectionState state : kObjectionStates) named.push_back(WordsKey(state));
  keys.insert(keys.end(), named.begin(), named.end());
  return messages.Require(keys);
}

}  // namespace xiufu::intake
