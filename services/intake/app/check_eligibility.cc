#include "services/intake/app/check_eligibility.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

constexpr size_t kMostNamed = 200;
constexpr int kPageSize = 200;
constexpr size_t kMostJudged = 2000;

}  // namespace

struct CheckEligibilityCase::Inquiry {
  UsccCheck uscc;
  std::vector<Id> named;
  absl::CivilDay on;
  std::vector<RecordSnapshot> records;
  Done done;
};

void CheckEligibilityCase::operator()(const EligibilityQuery& query, Done done) {
  Violations violations;
  auto inquiry = std::make_shared<Inquiry>();
  absl::StatusOr<UsccCheck> uscc = ValidateUscc("uscc", query.uscc);
  violations.Take(uscc.status());
  absl::StatusOr<std::vector<Id>> named = ValidateRecordNames(query.records, kMostNamed);
  violations.Take(named.status());
  inquiry->on = LegalDay(clock_->Now());
  if (!query.on_date.empty()) {
    absl::StatusOr<absl::CivilDay> on = ParseDay(query.on_date);
    if (on.ok()) {
      inquiry->on = *on;
    } else {
      violations.Add("on_date", "not a day", "yyyy-mm-dd");
    }
  }
  if (!violations.empty()) return done(violations.ToStatus());
  inquiry->uscc = *uscc;
  inquiry->named = *std::move(named);
  inquiry->done = std::move(done);
  if (inquiry->named.empty()) {
    AskAll(std::move(inquiry), "");
  } else {
    AskNamed(std::move(inquiry));
  }
}

void CheckEligibilityCase::AskNamed(std::shared_ptr<Inquiry> inquiry) {
  const std::vector<Id> named = inquiry->named;
  source_->Get(named, [this, inquiry = std::move(inquiry)](
                          absl::StatusOr<std::vector<RecordSnapshot>> records) {
    if (!records.ok()) return inquiry->done(records.status());
    Violations violations;
    for (size_t i = 0; i < records->size(); ++i) {
      if ((*records)[i].subject_uscc == inquiry->uscc.code) continue;
      violations.Add(absl::StrCat("records[", i, "]"), "a record of another subject",
                     "a record of uscc");
    }
    if (!violations.empty()) {
      return inquiry->done(WithReason(violations.ToStatus(), "RECORD_OF_ANOTHER_SUBJECT"));
    }
    inquiry->records = *std::move(records);
    Answer(*inquiry);
  });
}

void CheckEligibilityCase::AskAll(std::shared_ptr<Inquiry> inquiry, const std::string& page_token) {
  const std::string uscc = inquiry->uscc.code;
  source_->Search(uscc, kPageSize, page_token,
                  [this, inquiry = std::move(inquiry)](absl::StatusOr<RecordPage> page) {
                    if (!page.ok()) return inquiry->done(page.status());
                    std::vector<RecordSnapshot>& records = inquiry->records;
                    records.insert(records.end(), page->records.begin(), page->records.end());
                    if (page->next_page_token.empty()) return Answer(*inquiry);
                    if (records.size() < kMostJudged) return AskAll(inquiry, page->next_page_token);
                    inquiry->done(absl::ResourceExhaustedError(absl::StrCat(
                        "more than ", kMostJudged, " records: name those that matter")));
                  });
}

void CheckEligibilityCase::Answer(Inquiry& inquiry) const {
  const bool mismatch = inquiry.uscc.verdict == UsccVerdict::kChecksumMismatch;
  if (mismatch && inquiry.records.empty()) {
    return inquiry.done(FieldViolation("uscc", inquiry.uscc.reason,
                                       "a unified social credit code of 18 characters"));
  }
  const Law law = law_.Now();
  std::vector<Eligibility> eligibilities;
  for (const RecordSnapshot& record : inquiry.records) {
    eligibilities.push_back(JudgeRecord(law, record, inquiry.on));
  }
  inquiry.done(std::move(eligibilities));
}

}  // namespace xiufu::intake
