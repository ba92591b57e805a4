#include "services/intake/app/upload_material.h"

#include <utility>

#include "libs/base/crash_point.h"

namespace xiufu::intake {

IncomingMaterial::IncomingMaterial(Upload upload, std::unique_ptr<IncomingBlob> blob,
                                   ReceivedFields fields)
    : upload_(std::move(upload)), blob_(std::move(blob)), fields_(fields) {}

absl::Status IncomingMaterial::Append(absl::string_view bytes) {
  size_ += static_cast<int64_t>(bytes.size());
  if (size_ > upload_.size) return CheckReceived(upload_, {size_, "", ""}, fields_);
  return blob_->Append(bytes);
}

absl::Status IncomingMaterial::Keep(absl::Time now) {
  absl::Status status = CheckReceived(upload_, blob_->Seen(), fields_);
  return status.ok() ? blob_->Keep(now) : status;
}

UploadMaterialCase::UploadMaterialCase(CallContext context, LawSource law, Tables tables,
                                       storage::Database* database, BlobStore* blobs)
    : context_(context), law_(law), tables_(tables), database_(database), blobs_(blobs) {}

absl::StatusOr<std::unique_ptr<IncomingMaterial>> UploadMaterialCase::Begin(
    const Call& call, const UploadCommand& command) {
  absl::StatusOr<Upload> upload = ValidateUpload(command, *law_.Now().catalogue);
  if (!upload.ok()) return upload.status();
  absl::Status status = database_->Read(
      [&](storage::Session& session) { return CheckTarget(session, call, *upload); });
  if (!status.ok()) return status;
  absl::StatusOr<std::unique_ptr<IncomingBlob>> blob = blobs_->Begin();
  if (!blob.ok()) return blob.status();
  return std::make_unique<IncomingMaterial>(*std::move(upload), *std::move(blob));
}

void UploadMaterialCase::Add(const Call& call, std::unique_ptr<IncomingMaterial> incoming,
                             ClientWrite<Material> write) {
  const absl::Time now = NowOf(context_);
  absl::Status kept = incoming->Keep(now);
  if (!kept.ok()) return write.done(kept);
  CrashPoint("intake.blob_stored");
  RunOnce(std::move(write), [this, call, upload = incoming->upload(), now](storage::Tx& tx) {
    return Insert(tx, call, upload, now);
  });
}

absl::Status UploadMaterialCase::CheckTarget(storage::Session& session, const Call& call,
                                             const Upload& upload) const {
  const Id& id = upload.application;
  const auto materials = static_cast<int>(tables_.materials->Of(session, id).size());
  if (upload.to_objection) {
    absl::StatusOr<Objection> objection = FindOwnObjection(session, tables_, id, call.principal);
    return objection.ok() ? CheckTakesEvidence(*objection, materials) : objection.status();
  }
  absl::StatusOr<Application> found = FindOwned(session, tables_, id, call.principal);
  if (!found.ok()) return found.status();
  const bool power = upload.kind == law_.Now().catalogue->window_terms().power_material;
  return CheckTakesMaterial(*found, tables_.cases->Of(session, id), materials, power);
}

absl::StatusOr<Material> UploadMaterialCase::Insert(storage::Tx& tx, const Call& call,
                                                    const Upload& upload, absl::Time now) const {
  absl::Status status = CheckTarget(tx, call, upload);
  if (!status.ok()) return status;
  const Material material = MaterialOf(upload, upload.application, context_.ids->NewV7(now), now);
  tables_.materials->Insert(tx, material);
  return material;
}

}  // namespace xiufu::intake
