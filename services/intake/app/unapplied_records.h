#pragma once

#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/intake/app/ports.h"
#include "services/intake/app/repairable_source.h"
#include "services/intake/domain/eligibility.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

struct UnappliedRecord {
  RepairableRecord repairable;
  Eligibility eligibility;
};

struct UnappliedPage {
  std::vector<UnappliedRecord> records;
  std::string next_page_token;  // empty at the end; a page may be short before it
};

// Whose repair could be applied for today and is not (今日可修复、未申请). Any thread.
class UnappliedRecords {
 public:
  UnappliedRecords(const Clock* clock, LawSource law, const RecordTable* table,
                   storage::Database* database, RepairableSource* source)
      : clock_(clock), law_(law), table_(table), database_(database), source_(source) {}

  using Done = absl::AnyInvocable<void(absl::StatusOr<UnappliedPage>)>;
  void operator()(const std::string& region, int page_size, const std::string& page_token,
                  Done done) const;

 private:
  absl::StatusOr<UnappliedPage> Select(RepairablePage page) const;

  const Clock* const clock_;
  const LawSource law_;
  const RecordTable* const table_;
  storage::Database* const database_;
  RepairableSource* const source_;
};

}  // namespace xiufu::intake
