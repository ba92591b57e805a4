#include "services/publication/drivers/publication_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/base/uscc.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/publication/domain/name_search.h"
#include "services/publication/drivers/endings_api.h"
#include "services/publication/drivers/import_call.h"
#include "services/publication/drivers/imports_api.h"
#include "services/publication/drivers/record_codec.h"
#include "services/publication/drivers/reports_api.h"
#include "services/publication/drivers/sql_imports.h"
#include "services/publication/drivers/sql_records.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::publication {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 200;
constexpr int kLargestBatchGet = 200;

std::string PositionText(const Record& record) {
  return absl::StrCat(FormatDay(record.content.decision_date), "/", record.id.ToString());
}

std::optional<PagePosition> ParsePosition(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, '/');
  absl::StatusOr<absl::CivilDay> day = ParseDay(parts.first);
  absl::StatusOr<Id> record = Id::Parse(parts.second);
  if (!day.ok() || !record.ok()) return std::nullopt;
  return PagePosition{*day, *record};
}

// As it is searched. One character would be in half of all names.
absl::StatusOr<std::string> CheckName(const std::string& text) {
  if (absl::Status status = CheckText("name", text, 0, kMaxNameCharacters); !status.ok()) {
    return status;
  }
  std::string name = FoldName(text);
  if (CharacterCount(name) >= kMinNameCharacters) return name;
  return FieldViolation("name", "名称过短 / too short",
                        absl::StrCat("至少", kMinNameCharacters, "个字 / at least ",
                                     kMinNameCharacters, " characters without blanks"));
}

std::string PositionText(const NamedRecord& named) {
  return absl::StrCat(named.subject, "/", PositionText(named.record));
}

std::optional<NamePosition> ParseNamePosition(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits('/', 1));
  NamePosition position;
  if (!absl::SimpleAtoi(parts.first, &position.subject)) return std::nullopt;
  position.after = ParsePosition(parts.second);
  return position;
}

class PublicationGrpc final : public v1::PublicationService::CallbackService {
 public:
  explicit PublicationGrpc(const ServiceParts& parts)
      : parts_(parts),
        page_tokens_(parts.page_token_key),
        endings_(&parts_),
        imports_(&parts_),
        reports_(&parts_) {}

  grpc::ServerUnaryReactor* SearchRecords(grpc::CallbackServerContext* context,
                                          const v1::SearchRecordsRequest* request,
                                          v1::SearchRecordsResponse* response) override {
    return rpc::Reply(context, Search(*request, *response));
  }

  grpc::ServerUnaryReactor* BatchGetRecords(grpc::CallbackServerContext* context,
                                            const v1::BatchGetRecordsRequest* request,
                                            v1::BatchGetRecordsResponse* response) override {
    return rpc::Reply(context, BatchGet(*request, *response));
  }

  grpc::ServerUnaryReactor* ListRefusedEndings(grpc::CallbackServerContext* context,
                                               const v1::ListRefusedEndingsRequest* request,
                                               v1::ListRefusedEndingsResponse* response) override {
    return endings_.List(context, request, response);
  }

  grpc::ServerUnaryReactor* ReportResult(grpc::CallbackServerContext* context,
                                         const v1::ReportResultRequest* request,
                                         v1::ReportResultResponse* response) override {
    return reports_.Report(context, request, response);
  }

  grpc::ServerUnaryReactor* ListWithdrawals(grpc::CallbackServerContext* context,
                                            const v1::ListWithdrawalsRequest* request,
                                            v1::ListWithdrawalsResponse* response) override {
    return reports_.ListWithdrawals(context, request, response);
  }

  grpc::ServerUnaryReactor* CarryOutEnding(grpc::CallbackServerContext* context,
                                           const v1::CarryOutEndingRequest* request,
                                           v1::CarryOutEndingResponse* /*response*/) override {
    return endings_.CarryOut(context, request);
  }

  grpc::ServerReadReactor<v1::ImportRecordsRequest>* ImportRecords(
      grpc::CallbackServerContext* context, v1::ImportReport* response) override {
    return NewImportCall(parts_, &records_, &sql_imports_, context, response);
  }

  grpc::ServerUnaryReactor* GetImport(grpc::CallbackServerContext* context,
                                      const v1::GetImportRequest* request,
                                      v1::ImportProgress* response) override {
    return imports_.Get(context, request, response);
  }

  grpc::ServerUnaryReactor* ListImportNotes(grpc::CallbackServerContext* context,
                                            const v1::ListImportNotesRequest* request,
                                            v1::ListImportNotesResponse* response) override {
    return imports_.ListNotes(context, request, response);
  }

 private:
  absl::Status Search(const v1::SearchRecordsRequest& request,
                      v1::SearchRecordsResponse& response) const {
    if (!request.name().empty() && !request.uscc().empty()) {
      return FieldViolation("name", "given together with uscc", "one of the two");
    }
    absl::StatusOr<int> size = rpc::PageSize(request.page_size(), kDefaultPage, kLargestPage);
    if (!size.ok()) return size.status();
    return request.name().empty() ? SearchByCode(request, *size, response)
                                  : SearchByName(request, *size, response);
  }

  absl::Status SearchByCode(const v1::SearchRecordsRequest& request, int size,
                            v1::SearchRecordsResponse& response) const {
    const UsccCheck uscc = CheckUscc(request.uscc());
    if (uscc.verdict == UsccVerdict::kMalformed) {
      return FieldViolation("uscc", uscc.reason, "统一社会信用代码 of 18 characters (GB 32100)");
    }
    const std::string filter = absl::StrCat("SearchRecords/", uscc.code);
    absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    std::vector<Record> records;
    absl::Status status = parts_.database->Read([&](storage::Session& session) {
      records = records_.OfSubject(session, uscc.code, ParsePosition(*position), size + 1);
      return session.status();
    });
    if (!status.ok()) return status;
    if (records.size() > static_cast<size_t>(size)) {
      records.pop_back();
      response.set_next_page_token(page_tokens_.Encode(filter, PositionText(records.back())));
    }
    const catalogue::LawSnapshot law = parts_.law->Get();
    for (const Record& record : records) {
      *response.add_records() = ToProto(record, law->authorities);
    }
    return absl::OkStatus();
  }

  absl::Status SearchByName(const v1::SearchRecordsRequest& request, int size,
                            v1::SearchRecordsResponse& response) const {
    absl::StatusOr<std::string> name = CheckName(request.name());
    if (!name.ok()) return name.status();
    const std::string filter = absl::StrCat("SearchRecords/name/", *name);
    absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    std::vector<NamedRecord> found;
    absl::Status status = parts_.database->Read([&](storage::Session& session) {
      found = records_.OfName(session, *name, ParseNamePosition(*position), size + 1);
      return session.status();
    });
    if (!status.ok()) return status;
    if (found.size() > static_cast<size_t>(size)) {
      found.pop_back();
      response.set_next_page_token(page_tokens_.Encode(filter, PositionText(found.back())));
    }
    const catalogue::LawSnapshot law = parts_.law->Get();
    for (const NamedRecord& named : found) {
      *response.add_records() = ToProto(named.record, law->authorities);
    }
    return absl::OkStatus();
  }

  absl::Status BatchGet(const v1::BatchGetRecordsRequest& request,
                        v1::BatchGetRecordsResponse& response) const {
    if (request.records_size() > kLargestBatchGet) {
      return FieldViolation("records", absl::StrCat(request.records_size(), " ids"),
                            absl::StrCat("at most ", kLargestBatchGet));
    }
    std::vector<Id> ids;
    for (int i = 0; i < request.records_size(); ++i) {
      absl::StatusOr<Id> id = Id::FromBytes(request.records(i));
      if (!id.ok()) {
        return FieldViolation(absl::StrCat("records[", i, "]"), "not an id", "16 bytes");
      }
      ids.push_back(*id);
    }
    const catalogue::LawSnapshot law = parts_.law->Get();
    return parts_.database->Read([&](storage::Session& session) {
      for (const Id& id : ids) {
        const std::optional<Record> record = records_.Find(session, id);
        if (!session.status().ok()) return session.status();
        if (!record) {
          return WithReason(absl::NotFoundError(absl::StrCat("records/", id.ToString())),
                            "RECORD_NOT_FOUND", {{"record", id.ToString()}});
        }
        *response.add_records() = ToProto(*record, law->authorities);
      }
      return absl::OkStatus();
    });
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
  const SqlRecords records_;
  const SqlImports sql_imports_;
  const EndingsApi endings_;
  const ImportsApi imports_;
  const ReportsApi reports_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewPublicationService(const ServiceParts& parts) {
  return std::make_unique<PublicationGrpc>(parts);
}

}  // namespace xiufu::publication
