#include "services/publication/domain/reported_result.h"

#include "libs/base/legal_day.h"
#include "libs/catalogue/worded_record.h"

namespace xiufu::publication {
namespace {

catalogue::Basis BasisOf(Reported::Kind kind) {
  switch (kind) {
    case Reported::Kind::kRevoked:
      return catalogue::Basis::kWrongEntry;
    case Reported::Kind::kAnnulled:
      return catalogue::Basis::kAnnulment;
    case Reported::Kind::kMovedOut:
    case Reported::Kind::kDisputed:
      break;
  }
  return catalogue::Basis::kOrdinary;
}

bool CanBecome(RecordState now, RecordState then) {
  switch (now) {
    case RecordState::kPublished:
    case RecordState::kNotPublished:
    case RecordState::kShielded:
      return true;
    case RecordState::kEnded:
    case RecordState::kExpired:
      return then == RecordState::kWithdrawn;
    case RecordState::kWithdrawn:
      break;
  }
  return false;
}

}  // namespace

std::optional<RecordState> StateAfter(Reported::Kind kind) {
  switch (kind) {
    case Reported::Kind::kMovedOut:
      return RecordState::kEnded;
    case Reported::Kind::kRevoked:
    case Reported::Kind::kAnnulled:
      return RecordState::kWithdrawn;
    case Reported::Kind::kDisputed:
      break;
  }
  return std::nullopt;
}

bool Contradicts(const ReportedResult& known, const Reported& reported, absl::string_view source) {
  const bool other_day = known.reported.day && reported.day && known.reported.day != reported.day;
  return other_day || (known.source == source && known.reported.reason != reported.reason);
}

const catalogue::Rule* RuleOf(Reported::Kind kind, const RecordContent& content,
                              const catalogue::Catalogue& catalogue,
                              const catalogue::AuthorityRegistry& authorities, absl::CivilDay on) {
  catalogue::RecordFacts facts = catalogue::FactsOf(feed::WordsOf(content), catalogue, authorities);
  facts.basis = BasisOf(kind);
  return catalogue.FindRule(catalogue.Evaluate(facts, on).rule_id, on);
}

std::string ResultWordOf(Reported::Kind kind, const RecordContent& content,
                         const catalogue::Catalogue& catalogue,
                         const catalogue::AuthorityRegistry& authorities, absl::CivilDay on) {
  const catalogue::Rule* rule = RuleOf(kind, content, catalogue, authorities, on);
  return rule == nullptr ? "" : catalogue::ResultWordOf(*rule, content.key.matter).zh;
}

bool Apply(const ReportedResult& result, Record& record) {
  const std::optional<RecordState> after = StateAfter(result.reported.kind);
  if (!after || !CanBecome(record.state, *after)) return false;
  record.version += 1;
  record.state = *after;
  record.ended_at =
      result.reported.day ? StartOfLegalDay(*result.reported.day) : result.received_at;
  record.ended_by = Id();
  record.result_word = result.result_word;
  return true;
}

}  // namespace xiufu::publication
