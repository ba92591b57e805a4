#include "services/publication/app/take_report.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"

namespace xiufu::publication {
namespace {

absl::Status ReportedOtherwise(const ReportedResult& known) {
  const std::string day = known.reported.day ? FormatDay(*known.reported.day) : "";
  return WithReason(absl::AlreadyExistsError(
                        "该结果已登记，内容不同 / it was reported before with other content"),
                    "RESULT_REPORTED_OTHERWISE",
                    {{"source", known.source}, {"day", day}, {"result_word", known.result_word}});
}

}  // namespace

absl::StatusOr<Record> TakeReport::operator()(const Id& id, const Reported& reported,
                                              absl::string_view source, Audience audience,
                                              absl::Time now, storage::Tx& tx) const {
  std::optional<Record> record = records_->Find(tx, id);
  if (!record) {
    return WithReason(absl::NotFoundError("the record is not known"), "RECORD_NOT_FOUND");
  }
  if (const auto known = results_->Find(tx, id, reported.kind)) {
    if (Contradicts(*known, reported, source)) return ReportedOtherwise(*known);
    return *std::move(record);
  }
  const catalogue::LawSnapshot law = law_->Get();
  const ReportedResult result = {id, reported, std::string(source), now,
                                 ResultWordOf(reported.kind, record->content, law->catalogue,
                                              law->authorities, LegalDay(now))};
  results_->Insert(tx, result);
  const uint64_t found_version = record->version;
  const bool changed = Apply(result, *record);
  if (changed) records_->SavePublicity(tx, *record);
  // Told also where the record had ended before: a case about it may still be open.
  if (audience == Audience::kAll && StateAfter(reported.kind)) {
    const std::optional<Withdrawal> down =
        changed ? WithdrawalOf(result, record->content, *law) : std::nullopt;
    if (down) results_->InsertWithdrawal(tx, *down);
    const std::string tag = absl::StrCat("report/", ToString(reported.kind));
    announcer_->Announce(tx, {DeriveId(id, tag, 0, {}), now, {}, ""}, result, found_version,
                         *record);
  }
  if (!tx.status().ok()) return tx.status();
  return *std::move(record);
}

}  // namespace xiufu::publication
