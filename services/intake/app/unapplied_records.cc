#include "services/intake/app/unapplied_records.h"

#include <utility>

#include "libs/base/legal_day.h"

namespace xiufu::intake {

void UnappliedRecords::operator()(const std::string& region, int page_size,
                                  const std::string& page_token, Done done) const {
  source_->Repairable(region, page_size, page_token,
                      [this, done = std::move(done)](absl::StatusOr<RepairablePage> page) mutable {
                        if (!page.ok()) return done(page.status());
                        done(Select(*std::move(page)));
                      });
}

absl::StatusOr<UnappliedPage> UnappliedRecords::Select(RepairablePage page) const {
  UnappliedPage selected;
  selected.next_page_token = std::move(page.next_page_token);
  const absl::CivilDay today = LegalDay(clock_->Now());
  const Law law = law_.Now();
  const absl::Status read = database_->Read([&](storage::Session& session) {
    for (RepairableRecord& one : page.records) {
      if (table_->HoldOf(session, one.record.record)) continue;
      Eligibility eligibility = JudgeRecord(law, one.record, today);
      if (eligibility.verdict != catalogue::Verdict::kEligible) continue;
      selected.records.push_back({std::move(one), std::move(eligibility)});
    }
    return session.status();
  });
  if (!read.ok()) return read;
  return selected;
}

}  // namespace xiufu::intake
