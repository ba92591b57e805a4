#pragma once

#include <memory>

#include "libs/storage/database.h"
#include "services/intake/app/application_view.h"
#include "services/intake/app/blob_store.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/upload_material.h"

namespace xiufu::intake {

// One material on its way in: what was announced, and its content. One thread at a time. Destroyed
// before it was added, it leaves at most a blob without a row, which the sweep removes.
class IncomingMaterial {
 public:
  IncomingMaterial(Upload upload, std::unique_ptr<IncomingBlob> blob, ReceivedFields fields = {});

  // INVALID_ARGUMENT as soon as there is more than was announced.
  absl::Status Append(absl::string_view bytes);
  // All has come: checks it (CheckReceived) and makes it durable. Blocks for the disk.
  absl::Status Keep(absl::Time now);
  const Upload& upload() const { return upload_; }

 private:
  const Upload upload_;
  const std::unique_ptr<IncomingBlob> blob_;
  const ReceivedFields fields_;
  int64_t size_ = 0;
};

// Adds papers to a draft, to an application of which a case waits for a supplement, or to the draft
// of an objection. The content is durable before its row is. Any thread.
class UploadMaterialCase {
 public:
  UploadMaterialCase(CallContext context, LawSource law, Tables tables, storage::Database* database,
                     BlobStore* blobs);

  // Before the content: refuses what will not be taken anyhow. Reads the store.
  absl::StatusOr<std::unique_ptr<IncomingMaterial>> Begin(const Call& call,
                                                          const UploadCommand& command);
  // Blocks for the disk, then goes to the writer, where the application is looked at again.
  void Add(const Call& call, std::unique_ptr<IncomingMaterial> incoming,
           ClientWrite<Material> write);

 private:
  absl::Status CheckTarget(storage::Session& session, const Call& call, const Upload& upload) const;
  absl::StatusOr<Material> Insert(storage::Tx& tx, const Call& call, const Upload& upload,
                                  absl::Time now) const;

  const CallContext context_;
  const LawSource law_;
  const Tables tables_;
  storage::Database* const database_;
  BlobStore* const blobs_;
};

}  // namespace xiufu::intake
