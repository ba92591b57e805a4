#include "services/publication/domain/publicity.h"

#include "libs/base/legal_day.h"
#include "libs/catalogue/worded_record.h"

namespace xiufu::publication {

Publicity PublicityOf(const RecordContent& content, const catalogue::Catalogue& catalogue,
                      const catalogue::AuthorityRegistry& authorities, absl::CivilDay on) {
  const catalogue::RecordFacts facts =
      catalogue::FactsOf(feed::WordsOf(content), catalogue, authorities);
  const catalogue::Evaluation evaluation = catalogue.Evaluate(facts, on);
  const bool told = evaluation.verdict == catalogue::Verdict::kEligible ||
                    evaluation.verdict == catalogue::Verdict::kNotYet;
  return {!evaluation.publishable,
          evaluation.publicity_end ? evaluation.publicity_end : content.publicity_end,
          told ? evaluation.earliest : std::nullopt};
}

RecordState StateOnArrival(const Publicity& publicity, absl::CivilDay today) {
  if (publicity.forbidden) return RecordState::kNotPublished;
  const bool over = publicity.ends_on && *publicity.ends_on < today;
  return over ? RecordState::kExpired : RecordState::kPublished;
}

void Expire(Record& record) {
  record.version += 1;
  record.state = RecordState::kExpired;
  record.ended_at = StartOfLegalDay(*record.ends_on + 1);
  // One that was shielded is so no more.
  record.ended_by = Id();
  record.result_word.clear();
}

}  // namespace xiufu::publication
