#include "services/intake/app/check_eligibility.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/app/bans_of.h"
#include "services/intake/domain/create_application.h"

namespace xiufu::intake {
namespace {

constexpr size_t kMostNamed = 200;
constexpr int kPageSize = 200;
constexpr size_t kMostJudged = 2000;

}  // namespace

struct CheckEligibilityCase::Pending {
  Inquiry inquiry;
  std::vector<RecordSnapshot> records;
  Done done;
};

void CheckEligibilityCase::operator()(const InquiryCommand& command, Done done) {
  absl::StatusOr<Inquiry> inquiry = ValidateInquiry(command, kMostNamed, LegalDay(clock_->Now()));
  if (!inquiry.ok()) return done(inquiry.status());
  auto pending = std::make_shared<Pending>(Pending{*std::move(inquiry), {}, std::move(done)});
  if (pending->inquiry.named.empty()) {
    AskAll(std::move(pending), "");
  } else {
    AskNamed(std::move(pending));
  }
}

void CheckEligibilityCase::AskNamed(std::shared_ptr<Pending> pending) {
  const std::vector<Id> named = pending->inquiry.named;
  source_->Get(named, [this, pending = std::move(pending)](
                          absl::StatusOr<std::vector<RecordSnapshot>> records) {
    if (!records.ok()) return pending->done(records.status());
    absl::Status own = CheckSubject("uscc", pending->inquiry.uscc.code, *records);
    if (!own.ok()) return pending->done(std::move(own));
    pending->records = *std::move(records);
    Answer(*pending);
  });
}

void CheckEligibilityCase::AskAll(std::shared_ptr<Pending> pending, const std::string& page_token) {
  const std::string uscc = pending->inquiry.uscc.code;
  source_->Search({uscc, "", kPageSize, page_token},
                  [this, pending = std::move(pending)](absl::StatusOr<RecordPage> page) {
                    if (!page.ok()) return pending->done(page.status());
                    std::vector<RecordSnapshot>& records = pending->records;
                    records.insert(records.end(), page->records.begin(), page->records.end());
                    if (page->next_page_token.empty()) return Answer(*pending);
                    if (records.size() < kMostJudged) return AskAll(pending, page->next_page_token);
                    pending->done(absl::ResourceExhaustedError(absl::StrCat(
                        "more than ", kMostJudged, " records: name those that matter")));
                  });
}

void CheckEligibilityCase::Answer(Pending& pending) const {
  const UsccCheck& uscc = pending.inquiry.uscc;
  if (uscc.verdict == UsccVerdict::kChecksumMismatch && pending.records.empty()) {
    return pending.done(
        FieldViolation("uscc", uscc.reason, "a unified social credit code of 18 characters"));
  }
  const absl::StatusOr<std::vector<Ban>> bans = BansOf(*database_, tables_, uscc.code);
  if (!bans.ok()) return pending.done(bans.status());
  Choose(pending.inquiry.basis, pending.records);
  const Law law = law_.Now();
  std::vector<Eligibility> eligibilities;
  for (const RecordSnapshot& record : pending.records) {
    eligibilities.push_back(JudgeRecord(law, record, pending.inquiry.on, *bans));
  }
  pending.done(std::move(eligibilities));
}

}  // namespace xiufu::intake
