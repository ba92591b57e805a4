#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/inquiry.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/notice.h"

namespace xiufu::intake {

// The one-time notice about up to 50 records of one subject. Any thread.
class ComposeNoticeCase {
 public:
  ComposeNoticeCase(const Clock* clock, LawSource law, Tables tables, storage::Database* database,
                    RecordSource* source)
      : clock_(clock), law_(law), tables_(tables), database_(database), source_(source) {}

  // INVALID_ARGUMENT with every violation at once; what RecordSource says.
  using Done = absl::AnyInvocable<void(absl::StatusOr<Notice>)>;
  void operator()(const InquiryCommand& command, Done done);

 private:
  void AskAll(const Inquiry& inquiry, Done done);
  void AskNamed(const Inquiry& inquiry, Done done);
  absl::StatusOr<Notice> Compose(const Inquiry& inquiry, std::vector<RecordSnapshot> records) const;

  const Clock* const clock_;
  const LawSource law_;
  const Tables tables_;
  storage::Database* const database_;
  RecordSource* const source_;
};

}  // namespace xiufu::intake
