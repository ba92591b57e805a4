#include "services/xiufuctl/import_client.h"

#include <grpcpp/grpcpp.h>
#include <openssl/evp.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/random_ids.h"
#include "libs/messaging/backoff.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "services/xiufuctl/operator_call.h"

namespace xiufu::ctl {
namespace {

using publication::v1::ImportRecordsRequest;
using publication::v1::ImportReport;

constexpr size_t kChunk = 128 * 1024;
constexpr absl::Duration kLongestImport = absl::Hours(4);
constexpr absl::Duration kQuestion = absl::Seconds(30);
constexpr absl::Duration kBetweenLooks = absl::Milliseconds(300);
constexpr absl::Duration kFirstPause = absl::Milliseconds(500);
constexpr absl::Duration kLongestPause = absl::Seconds(10);

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

// What a service says, or what is said for it, that is being stopped or is gone.
bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsCancelled(status);
}

// How long something that may pass is waited for: a while without any progress.
class Patience {
 public:
  explicit Patience(absl::Duration whole) : whole_(whole), end_(absl::Now() + whole) {}
  void Renew() {
    failures_ = 0;
    end_ = absl::Now() + whole_;
  }
  // How long to wait before the next try, each time longer; nothing when it is at its end.
  std::optional<absl::Duration> NextPause() {
    const absl::Duration pause =
        messaging::FullJitter(kFirstPause, kLongestPause, ++failures_, jitter_);
    return absl::Now() + pause > end_ ? std::nullopt : std::optional(pause);
  }

 private:
  const absl::Duration whole_;
  absl::Time end_;
  int failures_ = 0;
  const messaging::Jitter jitter_ = messaging::RandomJitter();
};

}  // namespace

absl::StatusOr<ImportClient> ImportClient::Connect(const ServiceAddress& address,
                                                   absl::Duration patience) {
  const absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = ChannelTo(address);
  if (!channel.ok()) return channel.status();
  return ImportClient(publication::v1::PublicationService::NewStub(*channel), patience);
}

absl::StatusOr<ImportReport> ImportClient::Import(const std::string& file,
                                                  const std::string& layout,
                                                  const ImportWatch& watch) const {
  absl::StatusOr<std::string> sha256 = HashFile(file);
  if (!sha256.ok()) return sha256.status();
  // Its own for every run, and one for all tries of it: a report whose answer was lost is given
  // again. What makes a second import change nothing is the natural key of each row.
  const std::string request_id = RandomIds().NewV7(absl::Now()).ToString();
  if (absl::Status status = IsReached(request_id); !status.ok()) return status;
  ImportRecordsRequest header;
  header.mutable_header()->set_request_id(request_id);
  header.mutable_header()->set_layout(layout);
  header.mutable_header()->set_file_name(std::filesystem::path(file).filename().string());
  header.mutable_header()->set_file_sha256(*sha256);

  Patience patience(patience_);
  int64_t reached = 0;
  while (true) {
    int64_t rows = reached;
    absl::StatusOr<ImportReport> report = Send(file, header, &rows, watch);
    if (report.ok() || !MayPass(report.status())) return report;
    if (rows > reached) patience.Renew();
    reached = rows;
    const std::optional<absl::Duration> pause = patience.NextPause();
    if (!pause) return report;
    if (watch.interruption) watch.interruption(report.status());
    absl::SleepFor(*pause);
  }
}

absl::StatusOr<ImportReport> ImportClient::Send(const std::string& file,
                                                const ImportRecordsRequest& header, int64_t* rows,
                                                const ImportWatch& watch) const {
  std::ifstream input(file, std::ios::binary);
  if (!input) return CannotRead(file);
  std::error_code error;
  ImportProgress progress;
  progress.size = static_cast<int64_t>(std::filesystem::file_size(file, error));

  grpc::ClientContext context;
  rpc::SetDeadline(context, kLongestImport);
  ImportReport report;
  const auto writer = stub_->ImportRecords(&context, &report);
  ImportRecordsRequest request;
  std::vector<char> chunk(kChunk);
  absl::Time looked = absl::Now();
  bool open = writer->Write(header);
  while (open && input.read(chunk.data(), static_cast<std::streamsize>(kChunk)).gcount() > 0) {
    request.set_chunk(chunk.data(), static_cast<size_t>(input.gcount()));
    open = writer->Write(request);
    progress.sent += input.gcount();
    if (absl::Now() < looked + kBetweenLooks) continue;
    // Only to be shown: what keeps it from answering is told by the import itself.
    *rows = std::max(*rows, RowsOf(header.header().request_id()).value_or(0));
    progress.rows = *rows;
    if (watch.progress) watch.progress(progress);
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
  if (watch.progress) watch.progress({report.rows(), progress.size, progress.size});
  return report;
}

absl::Status ImportClient::IsReached(const std::string& request_id) const {
  const absl::Status status = RowsOf(request_id).status();
  return absl::IsNotFound(status) ? absl::OkStatus() : status;
}

absl::StatusOr<int64_t> ImportClient::RowsOf(const std::string& request_id) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kQuestion);
  publication::v1::GetImportRequest request;
  request.set_request_id(request_id);
  publication::v1::ImportProgress progress;
  const grpc::Status status = stub_->GetImport(&context, request, &progress);
  if (!status.ok()) return rpc::FromGrpc(status);
  return progress.position();
}

absl::Status ImportClient::ForEachNote(const std::string& import,
                                       absl::FunctionRef<void(const Note&)> take) const {
  publication::v1::ListImportNotesRequest request;
  request.set_import(import);
  Patience patience(patience_);
  while (true) {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kQuestion);
    publication::v1::ListImportNotesResponse page;
    absl::Status status = rpc::FromGrpc(stub_->ListImportNotes(&context, request, &page));
    if (!status.ok()) {
      const auto pause = MayPass(status) ? patience.NextPause() : std::nullopt;
      if (!pause) return status;
      absl::SleepFor(*pause);
      continue;
    }
    patience.Renew();
    for (const Note& note : page.notes()) take(note);
    request.set_page_token(page.next_page_token());
    if (request.page_token().empty()) return absl::OkStatus();
  }
}

}  // namespace xiufu::ctl
