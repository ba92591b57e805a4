#include "services/publication/drivers/reports_api.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/base/uscc.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "services/publication/drivers/record_codec.h"

namespace xiufu::publication {
namespace {

using Request = v1::ReportResultRequest;

// The numbers are those of Reported::Kind; an objection is not a result.
static_assert(static_cast<int>(Reported::Kind::kMovedOut) == Request::MOVED_OUT);
static_assert(static_cast<int>(Reported::Kind::kRevoked) == Request::REVOKED);
static_assert(static_cast<int>(Reported::Kind::kAnnulled) == Request::ANNULLED);

class ReportReader {
 public:
  ReportReader(const Request& request, absl::CivilDay today) : request_(request), today_(today) {}

  NaturalKey Key() {
    NaturalKey key;
    key.matter = Matter();
    key.subject_uscc = Code("subject_uscc", request_.subject_uscc());
    if (!request_.authority_uscc().empty()) {
      key.authority_uscc = Code("authority_uscc", request_.authority_uscc());
    } else if (WithoutBlanks(request_.authority_name()).empty()) {
      Wrong("authority_uscc", "missing, and no authority_name", "one of the two");
    }
    key.document_no = Text("document_no", request_.document_no(), 0, 128);
    if (key.document_no.empty()) key.entry = Entry();
    return key;
  }
  std::string AuthorityName() { return Text("authority_name", request_.authority_name(), 0, 200); }
  Reported What() {
    Reported reported;
    if (request_.kind() < Request::MOVED_OUT || request_.kind() > Request::ANNULLED) {
      Wrong("kind", "missing or unknown", "MOVED_OUT, REVOKED or ANNULLED");
    } else {
      reported.kind = static_cast<Reported::Kind>(request_.kind());
    }
    reported.day = Day("day", request_.day());
    if (reported.day && *reported.day > today_) Wrong("day", "in the future", "today or earlier");
    reported.reason = Text("reason", request_.reason(), 0, 500);
    return reported;
  }
  std::string Source() { return Text("source", request_.source(), 1, 200); }
  absl::Status ToStatus() const { return FieldViolations(wrong_); }

 private:
  void Wrong(absl::string_view field, absl::string_view what, absl::string_view right) {
    wrong_.push_back({std::string(field), absl::StrCat(what, "; expected ", right)});
  }
  catalogue::MatterKind Matter() {
    const std::string& name = common::v1::MatterKind_Name(request_.matter());
    constexpr size_t kPrefix = sizeof("MATTER_KIND_") - 1;
    const auto matter =
        catalogue::MatterNamed(name.size() > kPrefix ? name.substr(kPrefix) : std::string());
    if (!matter) Wrong("matter", "missing or unknown", "a kind of record");
    return matter.value_or(catalogue::MatterKind::kPenalty);
  }
  std::string Code(absl::string_view field, const std::string& text) {
    const UsccCheck check = CheckUscc(text);
    if (check.verdict == UsccVerdict::kMalformed) Wrong(field, check.reason, "18 characters");
    return check.code;
  }
  // As the feeds' reader names an entry without a document number.
  std::string Entry() {
    const std::string list = Text("list_name", request_.list_name(), 0, 200);
    if (list.empty()) {
      Wrong("document_no", "missing, and no list_name", "a document number, or list and day");
      return "";
    }
    const std::optional<absl::CivilDay> day = Day("listed_on", request_.listed_on());
    return day ? absl::StrCat(list, " ", FormatDay(*day)) : "";
  }
  std::optional<absl::CivilDay> Day(absl::string_view field, const std::string& text) {
    const absl::StatusOr<absl::CivilDay> day = ParseDay(text);
    if (!day.ok()) Wrong(field, "not a day", "yyyy-mm-dd");
    return day.ok() ? std::optional(*day) : std::nullopt;
  }
  // Without the blanks around it, as the feeds' reader takes it.
  std::string Text(absl::string_view field, const std::string& raw, size_t low, size_t high) {
    const absl::string_view text = WithoutBlanks(raw);
    const absl::Status status = CheckText(field, text, low, high);
    for (Violation& violation : ViolationsOf(status)) wrong_.push_back(std::move(violation));
    return std::string(text);
  }

  const Request& request_;
  const absl::CivilDay today_;
  std::vector<Violation> wrong_;
};

constexpr char kListWithdrawals[] = "ListWithdrawals";
constexpr int kWithdrawalsPage = 50;
constexpr int kLargestWithdrawalsPage = 200;

v1::Withdrawal WithdrawalProto(const SqlReports::KeptWithdrawal& withdrawal) {
  v1::Withdrawal proto;
  proto.set_due_date(FormatDay(withdrawal.due));
  proto.set_withdrawn_on(FormatDay(LegalDay(withdrawal.withdrawn_at)));
  proto.set_in_time(InTime(withdrawal.withdrawn_at, withdrawal.due));
  proto.set_receipt(withdrawal.receipt);
  return proto;
}

}  // namespace

absl::StatusOr<ReportsApi::Told> ReportsApi::Read(const Request& request) const {
  ReportReader reader(request, LegalDay(parts_->clock->Now()));
  Told told{reader.Key(), reader.AuthorityName(), reader.What(), reader.Source()};
  if (absl::Status status = reader.ToStatus(); !status.ok()) return status;
  if (told.authority_name.empty()) {
    // A feed may have brought its records before it had a code here.
    const catalogue::LawSnapshot law = parts_->law->Get();
    const catalogue::Authority* known = law->authorities.FindByUscc(told.key.authority_uscc);
    if (known != nullptr) told.authority_name = known->name;
  }
  told.reported.authority_name = told.authority_name;
  told.reported.authority_uscc = told.key.authority_uscc;
  return told;
}

absl::Status ReportsApi::Take(const Told& told, storage::Tx& tx,
                              v1::ReportResultResponse& response) const {
  const std::optional<KnownRecord> known = records_.FindByKey(tx, told.key, told.authority_name);
  if (!known) {
    return WithReason(absl::NotFoundError("the record is not known: import it first"),
                      "RECORD_NOT_FOUND");
  }
  const absl::StatusOr<Record> record = take_report_(
      known->id, told.reported, told.source, TakeReport::Audience::kAll, parts_->clock->Now(), tx);
  if (!record.ok()) return record.status();
  *response.mutable_record() = ToProto(*record, parts_->law->Get()->authorities);
  response.set_result_word(record->result_word);
  if (const auto withdrawal = reports_.FindWithdrawal(tx, record->id)) {
    *response.mutable_withdrawal() = WithdrawalProto(*withdrawal);
  }
  return tx.status();
}

grpc::ServerUnaryReactor* ReportsApi::Report(grpc::CallbackServerContext* context,
                                             const Request* request,
                                             v1::ReportResultResponse* response) const {
  absl::Status status = rpc::OnlyOperator(*context);
  if (!status.ok()) return rpc::Reply(context, status);
  absl::StatusOr<Told> told = Read(*request);
  if (!told.ok()) return rpc::Reply(context, told.status());
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    parts_->database->Write([this, told = *std::move(told),
                             response](storage::Tx& tx) { return Take(told, tx, *response); },
                            std::move(answer));
  });
}

grpc::ServerUnaryReactor* ReportsApi::ListWithdrawals(grpc::CallbackServerContext* context,
                                                      const v1::ListWithdrawalsRequest* request,
                                                      v1::ListWithdrawalsResponse* response) const {
  const absl::Status status = rpc::OnlyOperator(*context);
  return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
}

absl::Status ReportsApi::Fill(const v1::ListWithdrawalsRequest& request,
                              v1::ListWithdrawalsResponse& response) const {
  const absl::StatusOr<int> size =
      rpc::PageSize(request.page_size(), kWithdrawalsPage, kLargestWithdrawalsPage);
  if (!size.ok()) return size.status();
  const absl::StatusOr<std::string> position =
      page_tokens_.Decode(kListWithdrawals, request.page_token());
  if (!position.ok()) return position.status();
  int64_t after = 0;
  if (!position->empty() && !absl::SimpleAtoi(*position, &after)) after = 0;
  const catalogue::LawSnapshot law = parts_->law->Get();
  return parts_->database->Read([&](storage::Session& session) {
    const auto withdrawals = reports_.Withdrawals(session, after, *size);
    for (const SqlReports::KeptWithdrawal& withdrawal : withdrawals) {
      const std::optional<Record> record = records_.Find(session, withdrawal.record);
      if (!session.status().ok()) return session.status();
      if (!record) return absl::DataLossError("a withdrawn record is gone");
      auto& out = *response.add_withdrawals();
      *out.mutable_record() = ToProto(*record, law->authorities);
      *out.mutable_withdrawal() = WithdrawalProto(withdrawal);
    }
    if (static_cast<int>(withdrawals.size()) == *size) {
      response.set_next_page_token(
          page_tokens_.Encode(kListWithdrawals, absl::StrCat(withdrawals.back().id)));
    }
    return session.status();
  });
}

}  // namespace xiufu::publication
