#include "services/publication/drivers/import_call.h"

#include <openssl/evp.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/observability/log.h"
#include "libs/rpc/context.h"
#include "libs/rpc/idempotent_write.h"
#include "libs/rpc/status.h"
#include "libs/storage/requests.h"
#include "services/publication/app/feed_import.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/feed_reader.h"
#include "services/publication/drivers/record_codec.h"
#include "services/publication/drivers/sql_notices.h"
#include "services/publication/drivers/sql_reports.h"

namespace xiufu::publication {
namespace {

constexpr char kImporter[] = "operator";
constexpr size_t kMaxChunk = 256 * 1024;
constexpr size_t kHashBytes = 32;

// SHA-256 of what is given to it piece by piece.
class FeedHash {
 public:
  FeedHash() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void Add(absl::string_view bytes) {
    EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
  }
  std::string Finish() {
    std::string digest(32, '\0');
    EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

class ImportCall final : public grpc::ServerReadReactor<v1::ImportRecordsRequest> {
 public:
  ImportCall(const ServiceParts& parts, const Records* records, const Imports* imports,
             grpc::CallbackServerContext* context, v1::ImportReport* response)
      : parts_(parts),
        imports_(imports),
        context_(context),
        response_(response),
        now_(parts.clock->Now()),
        scope_(rpc::RequestScope("ImportRecords", rpc::PrincipalOf(*context))),
        law_(parts.law->Get()),
        layouts_(parts.layouts->Get()),
        take_report_(records, &reports_, &report_announcer_, parts.law),
        writer_(records, &notices_, imports, &take_report_, parts.ids) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return EndOfFeed();
    const absl::Status status = request_.has_chunk() ? TakeChunk() : TakeHeader();
    if (!status.ok()) End(status);
  }

  void OnDone() override { delete this; }

 private:
  absl::Status TakeHeader() {
    if (file_) return FieldViolation("header", "sent twice", "one header, then chunks");
    if (rpc::PrincipalOf(*context_) != kImporter) {
      return absl::PermissionDeniedError("only the operator imports feeds");
    }
    absl::StatusOr<ImportFile> file = CheckHeader(request_.header());
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    // With a body hash that none has: refused exactly when the id is in use.
    parts_.database->Write(
        [this](storage::Tx& tx) {
          known_ = !tx.requests().Find(tx, scope_, file_->request_id, "").ok();
          if (!known_) import_ = imports_->Begin(tx, parts_.ids->NewV7(now_), *file_, now_);
          return tx.status();
        },
        [this](const absl::Status& status) {
          if (!status.ok()) return End(status);
          resumed_at_ = import_.counts.position;
          const feed::FeedRules rules = {&law_->catalogue, &law_->authorities, &layouts_,
                                         LegalDay(now_)};
          rows_.emplace(rules, file_->asked_layout, resumed_at_);
          StartRead(&request_);
        });
    return absl::OkStatus();
  }

  absl::StatusOr<ImportFile> CheckHeader(const v1::ImportRecordsRequest::Header& header) const {
    absl::StatusOr<Id> id = Id::Parse(header.request_id());
    if (!id.ok()) return FieldViolation("header.request_id", "not a UUID", "a UUID of the caller");
    if (!header.layout().empty() && layouts_.Find(header.layout()) == nullptr) {
      return FieldViolation("header.layout", "unknown layout", "an id of deploy/feeds, or nothing");
    }
    if (absl::Status status = CheckText("header.file_name", header.file_name(), 0, 200);
        !status.ok()) {
      return status;
    }
    if (!header.file_sha256().empty() && header.file_sha256().size() != kHashBytes) {
      return FieldViolation("header.file_sha256", "not a SHA-256", "32 bytes, or nothing");
    }
    return ImportFile{*id, header.file_name(), header.file_sha256(), header.layout()};
  }

  absl::Status TakeChunk() {
    if (!file_) return FieldViolation("header", "missing", "the header comes first");
    if (request_.chunk().size() > kMaxChunk) {
      return FieldViolation("chunk", absl::StrCat(request_.chunk().size(), " bytes"),
                            absl::StrCat("at most ", kMaxChunk, " bytes"));
    }
    hash_.Add(request_.chunk());
    if (!known_) {
      std::vector<FeedRow> rows;
      reader_.Feed(request_.chunk(), rows);
      if (absl::Status status = TakeRows(rows); !status.ok()) return status;
    }
    WriteBatches([this] { StartRead(&request_); });
    return absl::OkStatus();
  }

  absl::Status TakeRows(const std::vector<FeedRow>& rows) {
    for (const FeedRow& row : rows) {
      if (absl::Status status = rows_->Take(row); !status.ok()) return status;
      if (rows_->BatchReady()) batches_.push_back(rows_->TakeBatch(reader_.encoding()));
    }
    return absl::OkStatus();
  }

  void EndOfFeed() {
    if (context_->IsCancelled()) return End(absl::CancelledError("the sender went away"));
    if (!file_) return End(FieldViolation("header", "missing", "the header comes first"));
    sha256_ = hash_.Finish();
    if (!file_->sha256.empty() && sha256_ != file_->sha256) {
      return End(FieldViolation("header.file_sha256", "the file is another one",
                                "a file that does not change while it is sent"));
    }
    if (!known_) {
      std::vector<FeedRow> rows;
      reader_.Finish(rows);
      absl::Status status = TakeRows(rows);
      if (status.ok()) status = rows_->Finish();
      if (!status.ok()) return End(status);
      if (!rows_->BatchEmpty()) batches_.push_back(rows_->TakeBatch(reader_.encoding()));
    }
    WriteBatches([this] { KeepReport(); });
  }

  // One batch at a time, each its own write; then `next`, on the writer.
  void WriteBatches(std::function<void()> next) {
    if (batches_.empty()) return next();
    parts_.database->Write(
        [this](storage::Tx& tx) {
          absl::StatusOr<Import> written = writer_.Write(tx, import_, batches_.front(), now_);
          if (!written.ok()) return written.status();
          written_ = *std::move(written);
          return tx.status();
        },
        [this, next = std::move(next)](const absl::Status& status) mutable {
          if (!status.ok()) return End(status);
          import_ = written_;
          batches_.pop_front();
          WriteBatches(std::move(next));
        });
  }

  void KeepReport() {
    parts_.database->Write([this](storage::Tx& tx) { return FindOrKeep(tx); },
                           [this](const absl::Status& status) { End(status); });
  }

  absl::Status FindOrKeep(storage::Tx& tx) {
    absl::StatusOr<std::optional<std::string>> kept =
        tx.requests().Find(tx, scope_, file_->request_id, sha256_);
    if (!kept.ok()) return kept.status();
    if (kept->has_value()) {
      return response_->ParseFromString(**kept) ? absl::OkStatus()
                                                : absl::InternalError("a kept report is broken");
    }
    const messaging::Cause cause{import_.id, now_, {}, ""};
    const absl::StatusOr<Import> finished =
        writer_.Finish(tx, import_, reader_.AboutTheWhole(), announcer_, cause);
    if (!finished.ok()) return finished.status();
    *response_ = ToProto(ReportOf(tx, *imports_, *finished, resumed_at_));
    tx.requests().Keep(tx, scope_, file_->request_id, sha256_, response_->SerializeAsString(),
                       now_);
    return tx.status();
  }

  void End(const absl::Status& status) {
    const ImportCounts& counts = import_.counts;
    observability::Log(status.ok() ? observability::Level::kInfo : observability::Level::kWarning,
                       "feed_imported",
                       {{"status", status},
                        {"rows", counts.position},
                        {"resumed_at", resumed_at_},
                        {"imported", counts.imported},
                        {"updated", counts.updated},
                        {"rejected", counts.rejected}});
    Finish(rpc::ToGrpc(status));
  }

  const ServiceParts& parts_;
  const Imports* const imports_;
  grpc::CallbackServerContext* const context_;
  v1::ImportReport* const response_;
  const absl::Time now_;
  const std::string scope_;
  // One of each for the whole feed.
  const catalogue::LawSnapshot law_;
  const feed::LayoutBook layouts_;
  const SqlNotices notices_;
  const SqlReports reports_;
  const OutboxReportAnnouncer report_announcer_;
  const TakeReport take_report_;
  const ImportWriter writer_;
  const OutboxImportAnnouncer announcer_;

  v1::ImportRecordsRequest request_;
  std::optional<ImportFile> file_;
  bool known_ = false;  // the request id was used before
  FeedHash hash_;
  std::string sha256_;
  FeedReader reader_;
  std::optional<FeedImport> rows_;
  std::deque<ImportBatch> batches_;
  Import import_;   // as the store has it
  Import written_;  // by a write that is not committed yet
  int64_t resumed_at_ = 0;
};

}  // namespace

ImportReport ReportOf(storage::Session& session, const Imports& imports, const Import& import,
                      int64_t resumed_at) {
  return {import, resumed_at,
          imports.FirstNotes(session, import.id, /*warnings=*/false, kMaxListedNotes),
          imports.FirstNotes(session, import.id, /*warnings=*/true, kMaxListedNotes)};
}

grpc::ServerReadReactor<v1::ImportRecordsRequest>* NewImportCall(
    const ServiceParts& parts, const Records* records, const Imports* imports,
    grpc::CallbackServerContext* context, v1::ImportReport* response) {
  return new ImportCall(parts, records, imports, context, response);
}

}  // namespace xiufu::publication
