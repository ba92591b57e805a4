#include "services/xiufuctl/window_client.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/request_id.h"

namespace xiufu::ctl {
namespace {

constexpr size_t kUploadChunk = 256 * 1024;

}  // namespace

absl::StatusOr<WindowClient> WindowClient::Connect(const Arguments& args, bool operators) {
  const absl::StatusOr<ServiceAddress> address = AddressOf(args, "intake");
  if (!address.ok()) return address.status();
  const std::string region = args.Value("as");
  const std::string window = region.empty() ? "window" : absl::StrCat("window-", region);
  absl::StatusOr<std::shared_ptr<grpc::Channel>> channel =
      ChannelTo(*address, operators ? "operator" : window);
  if (!channel.ok()) return channel.status();
  return WindowClient(*std::move(channel));
}

absl::StatusOr<intake::v1::Material> WindowClient::Upload(const std::string& application,
                                                          const std::string& kind,
                                                          const std::string& path) const {
  const absl::StatusOr<std::string> content = ReadWholeFile(path);
  if (!content.ok()) return content.status();
  intake::v1::IntakeService::Stub stub(channel_);
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Seconds(60));
  intake::v1::Material material;
  const auto writer = stub.UploadMaterial(&context, &material);
  intake::v1::UploadMaterialRequest first;
  auto& header = *first.mutable_header();
  header.set_request_id(NewRequestId());
  header.set_application(application);
  header.set_kind(kind);
  header.set_file_name(std::filesystem::path(path).filename().string());
  header.set_media_type(MediaTypeByName(path));
  header.set_size(static_cast<int64_t>(content->size()));
  header.set_sha256(HexEncode(Sha256(*content)));
  bool open = writer->Write(first);
  for (size_t at = 0; open && at < content->size(); at += kUploadChunk) {
    intake::v1::UploadMaterialRequest chunk;
    chunk.set_chunk(content->substr(at, kUploadChunk));
    open = writer->Write(chunk);
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return rpc::FromGrpc(status);
  return material;
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (!in) return absl::NotFoundError(absl::StrCat("无法读取 / cannot be read: ", path));
  return content.str();
}

absl::Status WriteWholeFile(const std::string& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  out.close();
  if (out) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("无法写入 / cannot be written: ", path));
}

std::string MediaTypeByName(const std::string& path) {
  const std::string ending =
      absl::AsciiStrToLower(std::filesystem::path(path).extension().string());
  if (ending == ".pdf") return "application/pdf";
  if (ending == ".jpg" || ending == ".jpeg") return "image/jpeg";
  if (ending == ".png") return "image/png";
  return "application/octet-stream";
}

}  // namespace xiufu::ctl
