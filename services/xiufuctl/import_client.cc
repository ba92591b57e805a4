#include "services/xiufuctl/import_client.h"

#include <grpcpp/grpcpp.h>
#include <openssl/evp.h>

#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/random_ids.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

using publication::v1::ImportRecordsRequest;
using publication::v1::ImportReport;

constexpr size_t kChunk = 128 * 1024;
constexpr absl::Duration kLongestImport = absl::Hours(4);
constexpr absl::Duration kQuestion = absl::Seconds(30);
constexpr absl::Duration kBetweenLooks = absl::Milliseconds(300);

absl::Status CannotRead(const std::string& file) {
  return absl::NotFoundError(absl::StrCat("不能读取 / cannot read ", file));
}

// The file is read twice: only who knows all of it at the beginning can say that it is the one of
// an import that was cut off.
absl::StatusOr<std::string> HashFile(const std::string& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) return CannotRead(file);
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::vector<char> chunk(kChunk);
  while (input.read(chunk.data(), static_cast<std::streamsize>(kChunk)).gcount() > 0) {
    EVP_DigestUpdate(context.get(), chunk.data(), static_cast<size_t>(input.gcount()));
  }
  if (input.bad()) return CannotRead(file);
  std::string digest(32, '\0');
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  return digest;
}

}  // namespace

absl::StatusOr<ImportClient> ImportClient::Connect(const std::string& target,
                                                   const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return ImportClient(
      publication::v1::PublicationService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<ImportReport> ImportClient::Import(
    const std::string& file, const std::string& layout,
    const std::function<void(const ImportProgress&)>& watch) const {
  absl::StatusOr<std::string> sha256 = HashFile(file);
  if (!sha256.ok()) return sha256.status();
  std::ifstream input(file, std::ios::binary);
  if (!input) return CannotRead(file);
  std::error_code error;
  ImportProgress progress;
  progress.size = static_cast<int64_t>(std::filesystem::file_size(file, error));

  // Its own for every run: what makes a second import change nothing is the natural key of each
  // row.
  const std::string request_id = RandomIds().NewV7(absl::Now()).ToString();
  ImportRecordsRequest request;
  request.mutable_header()->set_request_id(request_id);
  request.mutable_header()->set_layout(layout);
  request.mutable_header()->set_file_name(std::filesystem::path(file).filename().string());
  request.mutable_header()->set_file_sha256(*sha256);

  grpc::ClientContext context;
  rpc::SetDeadline(context, kLongestImport);
  ImportReport report;
  const auto writer = stub_->ImportRecords(&context, &report);
  std::vector<char> chunk(kChunk);
  absl::Time looked = absl::Now();
  bool open = writer->Write(request);
  while (open && input.read(chunk.data(), static_cast<std::streamsize>(kChunk)).gcount() > 0) {
    request.set_chunk(chunk.data(), static_cast<size_t>(input.gcount()));
    open = writer->Write(request);
    progress.sent += input.gcount();
    if (!watch || absl::Now() < looked + kBetweenLooks) continue;
    progress.rows = RowsOf(request_id);
    watch(progress);
    looked = absl::Now();
  }
  if (input.bad()) {
    // What was read so far must not pass for the whole file.
    context.TryCancel();
    writer->Finish();
    return absl::DataLossError(absl::StrCat("cannot read ", file, " to its end"));
  }
  writer->WritesDone();
  if (absl::Status status = rpc::FromGrpc(writer->Finish()); !status.ok()) return status;
  if (watch) watch({report.rows(), progress.size, progress.size});
  return report;
}

int64_t ImportClient::RowsOf(const std::string& request_id) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kQuestion);
  publication::v1::GetImportRequest request;
  request.set_request_id(request_id);
  publication::v1::ImportProgress progress;
  // Only to be shown: what keeps it from answering is told by the import itself.
  return stub_->GetImport(&context, request, &progress).ok() ? progress.position() : 0;
}

absl::Status ImportClient::ForEachNote(const std::string& import,
                                       absl::FunctionRef<void(const Note&)> take) const {
  publication::v1::ListImportNotesRequest request;
  request.set_import(import);
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kQuestion);
    publication::v1::ListImportNotesResponse page;
    absl::Status status = rpc::FromGrpc(stub_->ListImportNotes(&context, request, &page));
    if (!status.ok()) return status;
    for (const Note& note : page.notes()) take(note);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

}  // namespace xiufu::ctl
