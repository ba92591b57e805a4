#include "services/publication/drivers/imports_api.h"

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "services/publication/drivers/record_codec.h"

namespace xiufu::publication {
namespace {

constexpr int kNotesPage = 1000;
constexpr int kLargestNotesPage = 5000;

absl::Status NoSuchImport() {
  return WithReason(absl::NotFoundError("no such import"), "IMPORT_NOT_FOUND");
}

// An empty list would say that every row was good.
absl::Status NotesAreGone() {
  return WithReason(
      absl::NotFoundError("逐行说明已过保存期限 / the notes were kept long enough, and deleted"),
      "IMPORT_NOTES_DELETED");
}

}  // namespace

grpc::ServerUnaryReactor* ImportsApi::Get(grpc::CallbackServerContext* context,
                                          const v1::GetImportRequest* request,
                                          v1::ImportProgress* response) const {
  const absl::Status status = rpc::OnlyOperator(*context);
  return rpc::Reply(context, status.ok() ? Find(*request, *response) : status);
}

absl::Status ImportsApi::Find(const v1::GetImportRequest& request,
                              v1::ImportProgress& response) const {
  const absl::StatusOr<Id> id = Id::Parse(request.request_id());
  if (!id.ok()) return FieldViolation("request_id", "not a UUID", "that of the import's header");
  return parts_->database->Read([&](storage::Session& session) {
    const std::optional<Import> import = imports_.FindByRequest(session, *id);
    if (!session.status().ok()) return session.status();
    if (!import) return NoSuchImport();
    response.set_import(std::string(import->id.bytes()));
    response.set_position(import->counts.position);
    response.set_rejected(import->counts.rejected);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* ImportsApi::ListNotes(grpc::CallbackServerContext* context,
                                                const v1::ListImportNotesRequest* request,
                                                v1::ListImportNotesResponse* response) const {
  const absl::Status status = rpc::OnlyOperator(*context);
  return rpc::Reply(context, status.ok() ? Fill(*request, *response) : status);
}

absl::Status ImportsApi::Fill(const v1::ListImportNotesRequest& request,
                              v1::ListImportNotesResponse& response) const {
  const absl::StatusOr<Id> id = Id::FromBytes(request.import());
  if (!id.ok()) return FieldViolation("import", "not an id", "16 bytes");
  const absl::StatusOr<int> size =
      rpc::PageSize(request.page_size(), kNotesPage, kLargestNotesPage);
  if (!size.ok()) return size.status();
  const std::string filter = absl::StrCat("ListImportNotes/", id->ToString());
  const absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
  if (!position.ok()) return position.status();
  int64_t after = 0;
  if (!position->empty() && !absl::SimpleAtoi(*position, &after)) after = 0;
  return parts_->database->Read([&](storage::Session& session) {
    const std::optional<Import> import = imports_.Find(session, *id);
    if (!session.status().ok()) return session.status();
    if (!import) return NoSuchImport();
    if (import->notes_deleted) return NotesAreGone();
    for (const ImportNote& note : imports_.Notes(session, *id, after, *size)) {
      v1::ListImportNotesResponse::Note& out = *response.add_notes();
      *out.mutable_note() = ToProto(note.note);
      out.set_warning(note.warning);
    }
    if (response.notes_size() == *size) {
      response.set_next_page_token(page_tokens_.Encode(filter, absl::StrCat(after + *size)));
    }
    return session.status();
  });
}

}  // namespace xiufu::publication
