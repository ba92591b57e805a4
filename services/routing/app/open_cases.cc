#include "services/routing/app/open_cases.h"

#include "absl/strings/str_cat.h"

namespace xiufu::routing {

absl::Status OpenCases::Handle(const Submitted& submitted, const messaging::Cause& cause,
                               storage::Tx& tx) const {
  absl::StatusOr<bool> repetition = IsRepetition(submitted, cause, tx);
  if (!repetition.ok() || *repetition) return repetition.status();
  for (size_t i = 0; i < submitted.records.size(); ++i) {
    if (absl::Status opened = Open(submitted, i, cause, tx); !opened.ok()) return opened;
  }
  for (size_t i = 0; i < submitted.records.size(); ++i) {
    inputs_->TakeEarly(tx, cause.Derive("case", i));
  }
  return absl::OkStatus();
}

// All cases of a submission are opened together, so the first one speaks for all.
absl::StatusOr<bool> OpenCases::IsRepetition(const Submitted& submitted,
                                             const messaging::Cause& cause, storage::Tx& tx) const {
  std::optional<Case> first = ports_->cases->Find(tx, cause.Derive("case", 0));
  if (!first.has_value()) return false;
  if (first->opening_sha256 == submitted.sha256) return true;
  return absl::AlreadyExistsError(absl::StrCat("application ", submitted.application.ToString(),
                                               " was submitted with other content"));
}

absl::Status OpenCases::Open(const Submitted& submitted, size_t index,
                             const messaging::Cause& cause, storage::Tx& tx) const {
  const SubmittedRecord& record = submitted.records[index];
  absl::StatusOr<Opening> with = law_->ForOpening(record, submitted.submitted_at, tx);
  if (!with.ok()) return with.status();
  const NewIds ids{cause.Derive("case", index), cause.Derive("task", index)};
  const OpenedCase opened = OpenCase(submitted, record, ids, *with);
  ports_->cases->Insert(tx, opened.kase);
  ports_->tasks->Insert(tx, opened.task);
  for (const Opinion& opinion : opened.task.opinions) {
    ports_->reviews->Insert(tx, opened.kase, opinion);
  }
  ports_->successions->Insert(tx, ids.case_id, with->successions);
  for (const DeadlineReceipt& receipt : opened.deadlines) {
    ports_->deadlines->Put(tx, opened.kase.id, receipt);
  }
  clocks_->Start(tx, opened.kase, opened.deadlines);
  for (const CaseEvent& event : opened.events) {
    ports_->events->Emit(tx, cause, opened.kase, event);
  }
  return absl::OkStatus();
}

}  // namespace xiufu::routing
