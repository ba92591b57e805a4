#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/catalogue/law.h"
#include "libs/storage/tx.h"
#include "services/publication/app/ports.h"
#include "services/publication/domain/reported_result.h"

namespace xiufu::publication {

// A result that an authority reached by itself, from a feed or by ReportResult: ends or withdraws
// the record without an application. On the writer.
class TakeReport {
 public:
  TakeReport(const Records* records, const ReportedResults* results,
             const ReportAnnouncer* announcer, const catalogue::LawInForce* law)
      : records_(records), results_(results), announcer_(announcer), law_(law) {}

  enum class Audience {
    kAll,     // an event tells it
    kNobody,  // the record has only now come in: nobody ever saw it public
  };
  // Idempotent on (record, kind): told again, nothing changes. The record as it is then.
  // ALREADY_EXISTS (RESULT_REPORTED_OTHERWISE) when what was told before contradicts it.
  absl::StatusOr<Record> operator()(const Id& record, const Reported& reported,
                                    absl::string_view source, Audience audience, absl::Time now,
                                    storage::Tx& tx) const;

 private:
  const Records* records_;
  const ReportedResults* results_;
  const ReportAnnouncer* announcer_;
  const catalogue::LawInForce* law_;
};

}  // namespace xiufu::publication
