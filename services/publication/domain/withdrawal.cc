#include "services/publication/domain/withdrawal.h"

#include <utility>

#include "libs/base/legal_day.h"
#include "libs/catalogue/worded_record.h"

namespace xiufu::publication {
namespace {

constexpr char kExecute[] = "EXECUTE";

absl::CivilDay StartOf(absl::string_view event, const ReportedResult& result) {
  const absl::CivilDay known = LegalDay(result.received_at);
  return event == "DECIDED" ? result.reported.day.value_or(known) : known;
}

}  // namespace

std::optional<Withdrawal> WithdrawalOf(const ReportedResult& result, const RecordContent& content,
                                       const catalogue::Law& law) {
  if (StateAfter(result.reported.kind) != RecordState::kWithdrawn) return std::nullopt;
  const catalogue::Rule* rule = RuleOf(result.reported.kind, content, law.catalogue,
                                       law.authorities, LegalDay(result.received_at));
  const catalogue::Deadline* deadline =
      rule == nullptr ? nullptr : catalogue::FindDeadline(*rule, kExecute);
  if (deadline == nullptr) return std::nullopt;
  const catalogue::RecordFacts facts =
      catalogue::FactsOf(feed::WordsOf(content), law.catalogue, law.authorities);
  const calendar::Calendar calendar = law.calendar.For(facts.authority_code, facts.authority_kind);
  for (catalogue::DeadlineReceipt& receipt : catalogue::DeadlinesFrom(
           *rule, deadline->start_event, StartOf(deadline->start_event, result), calendar)) {
    if (receipt.kind != kExecute) continue;
    return Withdrawal{result.record, std::move(receipt), facts.authority_code, facts.authority_kind,
                      result.received_at};
  }
  return std::nullopt;
}

bool InTime(absl::Time withdrawn_at, absl::CivilDay due) { return LegalDay(withdrawn_at) <= due; }

}  // namespace xiufu::publication
