#include "services/routing/drivers/report_codec.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "xiufu/department/v1/department.pb.h"
#include "xiufu/publication/v1/events.pb.h"

namespace xiufu::routing {
namespace {

// The day it was done; never later than the day it was told, and that day where nobody said.
std::string DayOf(const publication::v1::ResultReported& proto, absl::Time at) {
  const absl::StatusOr<absl::CivilDay> day = ParseDay(proto.day());
  return FormatDay(day.ok() ? std::min(*day, LegalDay(at)) : LegalDay(at));
}

CaseResult ResultOf(const std::string& kind, FieldReader& reader) {
  if (kind == "MOVED_OUT") return CaseResult::kApproved;
  if (kind == "REVOKED" || kind == "ANNULLED") return CaseResult::kRecordWithdrawn;
  reader.Fail("kind", "is none of MOVED_OUT, REVOKED and ANNULLED");
  return CaseResult::kNone;
}

// As the authority would have answered a task.
department::v1::Answer AnswerOf(const Reported& reported) {
  department::v1::Answer answer;
  answer.set_answer_id(reported.answer_id);
  department::v1::Answer::Decided& decided = *answer.mutable_decided();
  decided.set_outcome(reported.words.result == CaseResult::kApproved
                          ? department::v1::Answer::APPROVED
                          : department::v1::Answer::RECORD_WITHDRAWN);
  decided.set_decision_date(reported.words.decision_date);
  for (const std::string& reason : reported.words.reasons) decided.add_reasons(reason);
  decided.set_record_version(reported.found_version);
  return answer;
}

}  // namespace

absl::StatusOr<RecordReport> DecodeReport(absl::string_view data) {
  publication::v1::ResultReported proto;
  if (!proto.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    return absl::InvalidArgumentError("not a ResultReported");
  }
  FieldReader reader("ResultReported");
  RecordReport report;
  report.record = reader.RequiredId("record", proto.record());
  report.kind = proto.kind();
  report.at = reader.RequiredTime("reported_at", proto.has_reported_at(), proto.reported_at());
  if (proto.found_version() == 0) reader.Fail("found_version", "is missing");
  Reported& what = report.what;
  what.answer_id = absl::StrCat("records/", report.record.ToString(), "/", report.kind);
  what.words.result = ResultOf(report.kind, reader);
  what.words.decision_date = DayOf(proto, report.at);
  if (!proto.reason().empty()) what.words.reasons.push_back(proto.reason());
  what.found_version = proto.found_version();
  what.reported_by = reader.RequiredText("source", proto.source());
  what.result_word = proto.result_word();
  what.content = AnswerOf(what).SerializeAsString();
  if (!reader.status().ok()) return reader.status();
  return report;
}

}  // namespace xiufu::routing
