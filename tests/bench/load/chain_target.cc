#include "tests/bench/load/chain_target.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "libs/base/id.h"
#include "libs/base/random_ids.h"
#include "libs/rpc/status.h"

namespace xiufu::bench {
namespace {

constexpr char kPdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

std::string NewRequestId() {
  static RandomIds ids;
  return ids.NewV7(absl::Now()).ToString();
}

struct SubmitCall {
  grpc::ClientContext context;
  intake::v1::SubmitApplicationRequest request;
  intake::v1::Application response;
  absl::AnyInvocable<void(absl::Status)> done;
};

// Runs fn(0..count-1) on some threads; the first failure.
absl::Status InParallel(size_t count, const std::function<absl::Status(size_t)>& fn) {
  std::atomic<size_t> next{0};
  absl::Mutex mutex;
  absl::Status failure;
  std::vector<std::thread> threads;
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&] {
      for (size_t i = next++; i < count; i = next++) {
        absl::Status status = fn(i);
        if (status.ok()) continue;
        absl::MutexLock lock(&mutex);
        failure.Update(status);
        return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return failure;
}

}  // namespace

ChainTarget::ChainTarget(Options options) : options_(std::move(options)) {
  for (int i = 0; i < 4; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("bench.channel", i);  // keeps the channels apart
    stubs_.push_back(intake::v1::IntakeService::NewStub(grpc::CreateCustomChannel(
        options_.address, grpc::InsecureChannelCredentials(), arguments)));
  }
}

void ChainTarget::Arm(grpc::ClientContext& context) const {
  context.AddMetadata("authorization", absl::StrCat("Bearer ", options_.token));
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
}

absl::Status ChainTarget::Prepare(size_t count) {
  absl::Status found = FindRecords(count);
  if (!found.ok()) return found;
  return InParallel(count, [this](size_t i) {
    absl::Status made = MakeDraft(i);
    for (const std::string& kind : options_.material_kinds) {
      if (made.ok()) made = Upload(i, kind);
    }
    return made;
  });
}

absl::Status ChainTarget::FindRecords(size_t count) {
  for (const std::string& subject : options_.subjects) {
    std::string page_token;
    do {
      grpc::ClientContext context;
      Arm(context);
      intake::v1::SearchRecordsRequest request;
      request.set_uscc(subject);
      request.set_page_size(200);
      request.set_page_token(page_token);
      intake::v1::SearchRecordsResponse response;
      grpc::Status status = StubFor(0).SearchRecords(&context, request, &response);
      if (!status.ok()) return rpc::FromGrpc(status);
      for (const intake::v1::Record& record : response.records()) {
        drafts_.push_back({subject, record.name(), ""});
        if (drafts_.size() == count) return absl::OkStatus();
      }
      page_token = response.next_page_token();
    } while (!page_token.empty());
  }
  return absl::FailedPreconditionError(
      absl::StrCat("only ", drafts_.size(), " records for ", count, " applications"));
}

absl::Status ChainTarget::MakeDraft(size_t index) {
  grpc::ClientContext context;
  Arm(context);
  intake::v1::CreateApplicationRequest request;
  request.set_request_id(NewRequestId());
  request.set_subject_uscc(drafts_[index].subject);
  request.add_records(drafts_[index].record);
  request.mutable_applicant()->set_name("测试");
  request.mutable_applicant()->set_phone("0415-2100000");
  request.mutable_applicant()->set_capacity(common::v1::CAPACITY_LEGAL_REPRESENTATIVE);
  request.mutable_origin()->set_channel("bench");
  intake::v1::Application response;
  grpc::Status status = StubFor(index).CreateApplication(&context, request, &response);
  drafts_[index].name = response.name();
  return rpc::FromGrpc(status);
}

absl::Status ChainTarget::Upload(size_t index, const std::string& kind) {
  grpc::ClientContext context;
  Arm(context);
  intake::v1::Material material;
  auto writer = StubFor(index).UploadMaterial(&context, &material);
  intake::v1::UploadMaterialRequest part;
  intake::v1::UploadMaterialRequest::Header& header = *part.mutable_header();
  const absl::string_view content(kPdf, sizeof(kPdf) - 1);
  header.set_request_id(NewRequestId());
  header.set_application(drafts_[index].name);
  header.set_kind(kind);
  header.set_file_name(absl::StrCat(kind, ".pdf"));
  header.set_media_type("application/pdf");
  header.set_size(static_cast<int64_t>(content.size()));
  header.set_sha256(HexEncode(Sha256(content)));
  writer->Write(part);
  part.set_chunk(std::string(content));
  writer->Write(part);
  writer->WritesDone();
  return rpc::FromGrpc(writer->Finish());
}

void ChainTarget::Submit(size_t index, absl::AnyInvocable<void(absl::Status)> done) {
  auto call = std::make_shared<SubmitCall>();
  Arm(call->context);
  call->request.set_request_id(NewRequestId());
  call->request.set_name(drafts_[index].name);
  call->done = std::move(done);
  StubFor(index).async()->SubmitApplication(
      &call->context, &call->request, &call->response,
      [call](const grpc::Status& status) { call->done(rpc::FromGrpc(status)); });
}

std::string ChainTarget::IdOf(size_t index) const {
  return std::string(
      Id::Parse(absl::StripPrefix(drafts_[index].name, "applications/")).value_or(Id()).bytes());
}

}  // namespace xiufu::bench
