#include "services/intake/app/compose_notice.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/app/bans_of.h"
#include "services/intake/domain/create_application.h"

namespace xiufu::intake {

void ComposeNoticeCase::operator()(const InquiryCommand& command, Done done) {
  const absl::StatusOr<Inquiry> inquiry =
      ValidateInquiry(command, kMaxRecords, LegalDay(clock_->Now()));
  if (!inquiry.ok()) return done(inquiry.status());
  if (inquiry->named.empty()) {
    AskAll(*inquiry, std::move(done));
  } else {
    AskNamed(*inquiry, std::move(done));
  }
}

void ComposeNoticeCase::AskAll(const Inquiry& inquiry, Done done) {
  // One more than a notice takes, so that a subject with too many is told apart.
  source_->Search(
      {inquiry.uscc.code, "", static_cast<int>(kMaxRecords) + 1, ""},
      [this, inquiry, done = std::move(done)](absl::StatusOr<RecordPage> page) mutable {
        if (!page.ok()) return done(page.status());
        if (page->records.size() > kMaxRecords) {
          return done(FieldViolation(
              "records", absl::StrCat("the subject has more than ", kMaxRecords, " records"),
              absl::StrCat("the names of up to ", kMaxRecords, " of them")));
        }
        done(Compose(inquiry, page->records));
      });
}

absl::StatusOr<Notice> ComposeNoticeCase::Compose(const Inquiry& inquiry,
                                                  std::vector<RecordSnapshot> records) const {
  Choose(inquiry.basis, records);
  const absl::StatusOr<std::vector<Ban>> bans = BansOf(*database_, tables_, inquiry.uscc.code);
  if (!bans.ok()) return bans.status();
  return ComposeNotice(law_.Now(), inquiry.uscc.code, records, inquiry.on, *bans);
}

void ComposeNoticeCase::AskNamed(const Inquiry& inquiry, Done done) {
  source_->Get(inquiry.named, [this, inquiry, done = std::move(done)](
                                  absl::StatusOr<std::vector<RecordSnapshot>> records) mutable {
    if (!records.ok()) return done(records.status());
    done(Compose(inquiry, *records));
  });
}

}  // namespace xiufu::intake
