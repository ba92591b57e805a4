#include "services/xiufuctl/import_client.h"

#include <grpcpp/grpcpp.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/random_ids.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::ctl {
namespace {

constexpr size_t kChunk = 128 * 1024;

publication::v1::ImportRecordsRequest HeaderFor(const std::string& file) {
  publication::v1::ImportRecordsRequest request;
  auto& header = *request.mutable_header();
  // Its own for every run: what makes a second import change nothing is the natural key of each
  // row.
  header.set_request_id(RandomIds().NewV7(absl::Now()).ToString());
  header.set_layout("SGS-PENALTY-2018");
  header.set_file_name(std::filesystem::path(file).filename().string());
  return request;
}

}  // namespace

absl::StatusOr<publication::v1::ImportReport> ImportFile(const std::string& file,
                                                         const std::string& target,
                                                         const std::string& credentials) {
  std::ifstream input(file, std::ios::binary);
  if (!input) return absl::NotFoundError(absl::StrCat("cannot read ", file));
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  const auto stub = publication::v1::PublicationService::NewStub(rpc::NewChannel(target, *token));
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Minutes(30));
  publication::v1::ImportReport report;
  const auto writer = stub->ImportRecords(&context, &report);
  publication::v1::ImportRecordsRequest request = HeaderFor(file);
  std::vector<char> chunk(kChunk);
  bool open = writer->Write(request);
  while (open && input.read(chunk.data(), static_cast<std::streamsize>(kChunk)).gcount() > 0) {
    request.set_chunk(chunk.data(), static_cast<size_t>(input.gcount()));
    open = writer->Write(request);
  }
  if (input.bad()) {
    // What was read so far must not pass for the whole file.
    context.TryCancel();
    writer->Finish();
    return absl::DataLossError(absl::StrCat("cannot read ", file, " to its end"));
  }
  writer->WritesDone();
  if (absl::Status status = rpc::FromGrpc(writer->Finish()); !status.ok()) return status;
  return report;
}

}  // namespace xiufu::ctl
