#include "services/publication/drivers/notices_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/publication/app/take_receipt.h"
#include "services/publication/drivers/record_codec.h"
#include "services/publication/drivers/sql_notices.h"
#include "services/publication/drivers/sql_records.h"
#include "xiufu/publication/v1/repair_notice.grpc.pb.h"

namespace xiufu::publication {
namespace {

constexpr int kNoticesPage = 50;
constexpr int kLargestNoticesPage = 200;
constexpr int kLongestPeriodDays = 366;

// The numbers are those of NoticeReceipt::Way.
static_assert(static_cast<int>(NoticeReceipt::Way::kWithDecision) ==
              v1::NoticeReceipt::WITH_DECISION);
static_assert(static_cast<int>(NoticeReceipt::Way::kOnline) == v1::NoticeReceipt::ONLINE);

std::string DayOrNothing(const std::optional<absl::CivilDay>& day) {
  return day ? FormatDay(*day) : "";
}

// Collects what is wrong with a request.
class NoticeReader {
 public:
  void Wrong(absl::string_view field, absl::string_view what, absl::string_view right) {
    wrong_.push_back({std::string(field), absl::StrCat(what, "; expected ", right)});
  }
  absl::CivilDay Day(absl::string_view field, const std::string& text) {
    const absl::StatusOr<absl::CivilDay> day = ParseDay(text);
    if (!day.ok()) Wrong(field, "not a day", "yyyy-mm-dd");
    return day.value_or(absl::CivilDay());
  }
  std::string Text(absl::string_view field, const std::string& raw, size_t low, size_t high) {
    for (Violation& violation : ViolationsOf(CheckText(field, raw, low, high))) {
      wrong_.push_back(std::move(violation));
    }
    return raw;
  }
  absl::Status ToStatus() const { return FieldViolations(wrong_); }

 private:
  std::vector<Violation> wrong_;
};

absl::StatusOr<NoticeReceipt> ReadReceipt(const v1::NoticeReceipt& proto, absl::Time now) {
  NoticeReader reader;
  NoticeReceipt receipt;
  if (proto.way() < v1::NoticeReceipt::WITH_DECISION || proto.way() > v1::NoticeReceipt::ONLINE) {
    reader.Wrong("receipt.way", "missing or unknown", "one of the named ways");
  }
  receipt.way = static_cast<NoticeReceipt::Way>(proto.way());
  receipt.given_on = reader.Day("receipt.given_on", proto.given_on());
  if (receipt.given_on > LegalDay(now)) {
    reader.Wrong("receipt.given_on", "in the future", "today or earlier");
  }
  receipt.given_by = reader.Text("receipt.given_by", proto.given_by(), 1, 100);
  receipt.receipt_no = reader.Text("receipt.receipt_no", proto.receipt_no(), 0, 64);
  if (proto.record_version() < 0) {
    reader.Wrong("receipt.record_version", "negative", "a version, or 0");
  }
  receipt.record_version = static_cast<uint64_t>(proto.record_version());
  receipt.recorded_at = now;
  if (absl::Status status = reader.ToStatus(); !status.ok()) return status;
  return receipt;
}

v1::NoticeReceipt ReceiptProto(const NoticeReceipt& receipt) {
  v1::NoticeReceipt proto;
  proto.set_way(static_cast<v1::NoticeReceipt::Way>(receipt.way));
  proto.set_given_on(FormatDay(receipt.given_on));
  proto.set_given_by(receipt.given_by);
  proto.set_receipt_no(receipt.receipt_no);
  proto.set_record_version(static_cast<int64_t>(receipt.record_version));
  proto.mutable_recorded_at()->set_seconds(absl::ToUnixSeconds(receipt.recorded_at));
  return proto;
}

class RepairNoticeGrpc final : public v1::RepairNoticeService::CallbackService {
 public:
  explicit RepairNoticeGrpc(const ServiceParts& parts)
      : parts_(parts), page_tokens_(parts.page_token_key), take_receipt_(&records_, &notices_) {}

  grpc::ServerUnaryReactor* ListRepairNotices(grpc::CallbackServerContext* context,
                                              const v1::ListRepairNoticesRequest* request,
                                              v1::ListRepairNoticesResponse* response) override {
    const absl::Status status = rpc::OnlyOperator(*context);
    return rpc::Reply(context, status.ok() ? List(*request, *response) : status);
  }

  grpc::ServerUnaryReactor* RecordNoticeReceipt(
      grpc::CallbackServerContext* context, const v1::RecordNoticeReceiptRequest* request,
      v1::RecordNoticeReceiptResponse* response) override {
    if (absl::Status status = rpc::OnlyOperator(*context); !status.ok()) {
      return rpc::Reply(context, status);
    }
    const absl::StatusOr<Id> record = Id::FromBytes(request->record());
    if (!record.ok()) {
      return rpc::Reply(context, FieldViolation("record", "not an id", "16 bytes"));
    }
    const absl::StatusOr<NoticeReceipt> receipt =
        ReadReceipt(request->receipt(), parts_.clock->Now());
    if (!receipt.ok()) return rpc::Reply(context, receipt.status());
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.database->Write(
          [this, record = *record, receipt = *receipt, response](storage::Tx& tx) {
            const absl::StatusOr<RepairNotice> notice = take_receipt_(record, receipt, tx);
            return notice.ok() ? Fill(*notice, tx, *response->mutable_notice()) : notice.status();
          },
          std::move(answer));
    });
  }

  grpc::ServerUnaryReactor* GetNoticeRates(grpc::CallbackServerContext* context,
                                           const v1::GetNoticeRatesRequest* request,
                                           v1::GetNoticeRatesResponse* response) override {
    const absl::Status status = rpc::OnlyOperator(*context);
    return rpc::Reply(context, status.ok() ? Count(*request, *response) : status);
  }

  grpc::ServerUnaryReactor* ListRepairableRecords(
      grpc::CallbackServerContext* context, const v1::ListRepairableRecordsRequest* request,
      v1::ListRepairableRecordsResponse* response) override {
    const bool allowed = rpc::PrincipalOf(*context) == "intake" || rpc::OnlyOperator(*context).ok();
    return rpc::Reply(context,
                      allowed ? ListRepairable(*request, *response) : rpc::OnlyOperator(*context));
  }

 private:
  absl::Status Fill(const RepairNotice& notice, storage::Session& session,
                    v1::RepairNotice& proto) const {
    const std::optional<Record> record = records_.Find(session, notice.record);
    if (!session.status().ok()) return session.status();
    if (!record) return absl::DataLossError("the record of a notice is gone");
    *proto.mutable_record() = ToProto(*record, parts_.law->Get()->authorities);
    proto.set_made_on(FormatDay(notice.made_on));
    proto.set_repairable_on(DayOrNothing(record->repairable_on));
    if (notice.receipt) *proto.mutable_receipt() = ReceiptProto(*notice.receipt);
    return absl::OkStatus();
  }

  absl::Status List(const v1::ListRepairNoticesRequest& request,
                    v1::ListRepairNoticesResponse& response) const {
    NoticeReader reader;
    const std::string authority = reader.Text("authority", request.authority(), 1, 200);
    if (absl::Status status = reader.ToStatus(); !status.ok()) return status;
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kNoticesPage, kLargestNoticesPage);
    if (!size.ok()) return size.status();
    const std::string filter =
        absl::StrCat("ListRepairNotices/", request.not_given() ? 1 : 0, "/", authority);
    const absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    SqlNotices::Position after;
    if (!position->empty()) after = PositionOf(*position);
    return parts_.database->Read([&](storage::Session& session) {
      const std::vector<RepairNotice> notices =
          notices_.Of(session, authority, request.not_given(), after, *size);
      for (const RepairNotice& notice : notices) {
        absl::Status filled = Fill(notice, session, *response.add_notices());
        if (!filled.ok()) return filled;
      }
      if (static_cast<int>(notices.size()) == *size) {
        response.set_next_page_token(page_tokens_.Encode(
            filter, TextOf({FormatDay(notices.back().made_on), notices.back().record})));
      }
      return session.status();
    });
  }

  absl::Status Count(const v1::GetNoticeRatesRequest& request,
                     v1::GetNoticeRatesResponse& response) const {
    NoticeReader reader;
    const absl::CivilDay from = reader.Day("from_date", request.from_date());
    const absl::CivilDay to = reader.Day("to_date", request.to_date());
    if (absl::Status status = reader.ToStatus(); !status.ok()) return status;
    if (to < from || to - from >= kLongestPeriodDays) {
      return FieldViolation("to_date", "not a period from from_date on",
                            absl::StrCat("at most ", kLongestPeriodDays, " days"));
    }
    const catalogue::LawSnapshot law = parts_.law->Get();
    return parts_.database->Read([&](storage::Session& session) {
      for (const SqlNotices::Rate& rate : notices_.Rates(session, from, to)) {
        v1::GetNoticeRatesResponse::Rate& out = *response.add_rates();
        const catalogue::Authority* known = law->authorities.FindByCode(rate.authority);
        if (known != nullptr) {
          out.mutable_authority()->set_code(known->code);
          out.mutable_authority()->set_uscc(known->uscc);
        }
        out.mutable_authority()->set_name(known != nullptr ? known->name : rate.authority);
        out.set_made(rate.made);
        out.set_given(rate.given);
      }
      return session.status();
    });
  }

  absl::Status ListRepairable(const v1::ListRepairableRecordsRequest& request,
                              v1::ListRepairableRecordsResponse& response) const {
    const catalogue::LawSnapshot law = parts_.law->Get();
    if (!request.region().empty() && !law->catalogue.regions().IsCurrent(request.region())) {
      return FieldViolation("region", "not a region", "a six-digit code of GB/T 2260, or nothing");
    }
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kNoticesPage, kLargestNoticesPage);
    if (!size.ok()) return size.status();
    const std::string filter = absl::StrCat("ListRepairableRecords/", request.region());
    const absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    SqlNotices::Position after;
    if (!position->empty()) after = PositionOf(*position);
    const absl::CivilDay today = LegalDay(parts_.clock->Now());
    return parts_.database->Read([&](storage::Session& session) {
      const std::vector<Record> records =
          records_.Repairable(session, today, request.region(), after.made_on, after.record, *size);
      for (const Record& record : records) {
        v1::RepairableRecord& out = *response.add_records();
        *out.mutable_record() = ToProto(record, law->authorities);
        out.set_repairable_on(DayOrNothing(record.repairable_on));
      }
      if (static_cast<int>(records.size()) == *size) {
        response.set_next_page_token(page_tokens_.Encode(
            filter, TextOf({DayOrNothing(records.back().repairable_on), records.back().id})));
      }
      return session.status();
    });
  }

  static std::string TextOf(const SqlNotices::Position& position) {
    return absl::StrCat(position.made_on, "/", position.record.ToString());
  }
  static SqlNotices::Position PositionOf(absl::string_view text) {
    const std::pair<std::string, absl::string_view> parts = absl::StrSplit(text, '/');
    return {parts.first, Id::Parse(parts.second).value_or(Id())};
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
  const SqlRecords records_;
  const SqlNotices notices_;
  const TakeReceipt take_receipt_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewRepairNoticeService(const ServiceParts& parts) {
  return std::make_unique<RepairNoticeGrpc>(parts);
}

}  // namespace xiufu::publication
