#include "services/publication/drivers/import_call.h"

#include <openssl/evp.h>

#include <deque>
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
#include "services/publication/drivers/csv_reader.h"
#include "services/publication/drivers/record_codec.h"

namespace xiufu::publication {
namespace {

constexpr char kLayout[] = "SGS-PENALTY-2018";
constexpr char kImporter[] = "operator";
constexpr size_t kMaxChunk = 256 * 1024;

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
  ImportCall(const ServiceParts& parts, const Records* records,
             grpc::CallbackServerContext* context, v1::ImportReport* response)
      : parts_(parts),
        records_(records),
        context_(context),
        response_(response),
        now_(parts.clock->Now()),
        scope_(rpc::RequestScope("ImportRecords", rpc::PrincipalOf(*context))),
        law_(parts.law->Get()),
        import_({&law_->catalogue, &law_->authorities, LegalDay(now_)}) {
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
    if (request_id_) return FieldViolation("header", "sent twice", "one header, then chunks");
    if (rpc::PrincipalOf(*context_) != kImporter) {
      return absl::PermissionDeniedError("only the operator imports feeds");
    }
    if (absl::Status status = CheckHeader(request_.header()); !status.ok()) return status;
    // With a body hash that none has: refused exactly when the id is in use.
    parts_.database->Write(
        [this](storage::Tx& tx) {
          known_ = !tx.requests().Find(tx, scope_, *request_id_, "").ok();
          return tx.status();
        },
        [this](const absl::Status& status) {
          if (!status.ok()) return End(status);
          StartRead(&request_);
        });
    return absl::OkStatus();
  }

  absl::Status CheckHeader(const v1::ImportRecordsRequest::Header& header) {
    absl::StatusOr<Id> id = Id::Parse(header.request_id());
    if (!id.ok()) return FieldViolation("header.request_id", "not a UUID", "a UUID of the caller");
    if (header.layout() != kLayout) {
      return FieldViolation("header.layout", "unknown layout", kLayout);
    }
    if (absl::Status status = CheckText("header.file_name", header.file_name(), 0, 200);
        !status.ok()) {
      return status;
    }
    request_id_ = *id;
    return absl::OkStatus();
  }

  absl::Status TakeChunk() {
    if (!request_id_) return FieldViolation("header", "missing", "the header comes first");
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
      if (absl::Status status = import_.Take(row); !status.ok()) return status;
      if (import_.BatchReady()) batches_.push_back(import_.TakeBatch());
    }
    return absl::OkStatus();
  }

  void EndOfFeed() {
    if (context_->IsCancelled()) return End(absl::CancelledError("the sender went away"));
    if (!request_id_) return End(FieldViolation("header", "missing", "the header comes first"));
    if (!known_) {
      std::vector<FeedRow> rows;
      reader_.Finish(rows);
      absl::Status status = TakeRows(rows);
      if (status.ok()) status = import_.Finish();
      if (!status.ok()) return End(status);
      if (!import_.BatchEmpty()) batches_.push_back(import_.TakeBatch());
    }
    WriteBatches([this] { KeepReport(); });
  }

  // One batch at a time, each its own write; then `next`, on the writer.
  void WriteBatches(std::function<void()> next) {
    if (batches_.empty()) return next();
    parts_.database->Write(
        [this](storage::Tx& tx) {
          counts_ = WriteBatch(tx, *records_, *parts_.ids, batches_.front(), now_);
          return tx.status();
        },
        [this, next = std::move(next)](const absl::Status& status) mutable {
          if (!status.ok()) return End(status);
          import_.Count(counts_);
          batches_.pop_front();
          WriteBatches(std::move(next));
        });
  }

  void KeepReport() {
    parts_.database->Write(
        [this, hash = hash_.Finish()](storage::Tx& tx) { return FindOrKeep(tx, hash); },
        [this](const absl::Status& status) { End(status); });
  }

  absl::Status FindOrKeep(storage::Tx& tx, const std::string& hash) {
    absl::StatusOr<std::optional<std::string>> kept =
        tx.requests().Find(tx, scope_, *request_id_, hash);
    if (!kept.ok()) return kept.status();
    if (kept->has_value()) {
      return response_->ParseFromString(**kept) ? absl::OkStatus()
                                                : absl::InternalError("a kept report is broken");
    }
    *response_ = ToProto(import_.report());
    tx.requests().Keep(tx, scope_, *request_id_, hash, response_->SerializeAsString(), now_);
    return absl::OkStatus();
  }

  void End(const absl::Status& status) {
    const ImportReport& report = import_.report();
    observability::Log(status.ok() ? observability::Level::kInfo : observability::Level::kWarning,
                       "feed_imported",
                       {{"status", status},
                        {"rows", report.rows},
                        {"imported", report.imported},
                        {"updated", report.updated},
                        {"rejected", report.rejected}});
    Finish(rpc::ToGrpc(status));
  }

  const ServiceParts& parts_;
  const Records* const records_;
  grpc::CallbackServerContext* const context_;
  v1::ImportReport* const response_;
  const absl::Time now_;
  const std::string scope_;
  const catalogue::LawSnapshot law_;  // one for the whole feed

  v1::ImportRecordsRequest request_;
  std::optional<Id> request_id_;
  bool known_ = false;  // the request id was used before
  FeedHash hash_;
  CsvReader reader_;
  FeedImport import_;
  std::deque<ImportBatch> batches_;
  BatchCounts counts_;
};

}  // namespace

grpc::ServerReadReactor<v1::ImportRecordsRequest>* NewImportCall(
    const ServiceParts& parts, const Records* records, grpc::CallbackServerContext* context,
    v1::ImportReport* response) {
  return new ImportCall(parts, records, context, response);
}

}  // namespace xiufu::publication
