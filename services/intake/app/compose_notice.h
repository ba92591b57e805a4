#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/inquiry.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/notice.h"

namespace xiufu::intake {

// The one-time notice about up to 50 records of one subject. Any thread.
class ComposeNoticeCase {
 public:
  ComposeNoticeCase(const Clock* clock, LawSource law, RecordSource* source)
      : clock_(clock), law_(law), source_(source) {}

  // INVALID_ARGUMENT with every violation at once; what RecordSource says.
  using Done = absl::AnyInvocable<void(absl::StatusOr<Notice>)>;
  void operator()(const InquiryCommand& command, Done done);

 private:
  void AskAll(const Inquiry& inquiry, Done done);
  void AskNamed(const Inquiry& inquiry, Done done);

  const Clock* const clock_;
  const LawSource law_;
  RecordSource* const source_;
};

}  // namespace xiufu::intake
