#include "services/department_adapter/drivers/intake_client.h"

#include <grpcpp/grpcpp.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "xiufu/intake/v1/intake.grpc.pb.h"
#include "xiufu/intake/v1/objection.grpc.pb.h"

namespace xiufu::department {
namespace {

// What the answer means for a delivery: nothing intake says about who we are or how it is makes a
// task undeliverable for good.
absl::Status ForJob(const grpc::Status& status) {
  absl::Status plain = rpc::FromGrpc(status);
  switch (plain.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kDataLoss:
      return plain;
    default:
      return absl::UnavailableError(
          absl::StrCat("intake: ", absl::StatusCodeToString(plain.code()), ": ", plain.message()));
  }
}

// "materials/<uuid>"; none when it is not one.
Id MaterialOf(absl::string_view name) {
  constexpr absl::string_view kPrefix = "materials/";
  if (name.substr(0, kPrefix.size()) != kPrefix) return Id();
  absl::StatusOr<Id> id = Id::Parse(name.substr(kPrefix.size()));
  return id.ok() ? *id : Id();
}

std::string CapacityName(common::v1::Capacity capacity) {
  constexpr absl::string_view kPrefix = "CAPACITY_";
  const std::string name = common::v1::Capacity_Name(capacity);
  return name.size() > kPrefix.size() ? name.substr(kPrefix.size()) : "";
}

ApplicationFile::Applicant ApplicantOf(const intake::v1::Applicant& proto) {
  return {proto.name(), proto.phone(), CapacityName(proto.capacity())};
}

ApplicationFile FileOf(const intake::v1::ObjectionFile& proto) {
  ApplicationFile file;
  file.applicant = ApplicantOf(proto.applicant());
  file.statement = proto.statement();
  for (const intake::v1::Material& material : proto.evidence()) {
    file.file_names.push_back({MaterialOf(material.name()), material.file_name()});
  }
  return file;
}

ApplicationFile FileOf(const intake::v1::ApplicationFile& proto) {
  ApplicationFile file;
  file.applicant = ApplicantOf(proto.applicant());
  for (const intake::v1::Material& material : proto.materials()) {
    file.file_names.push_back({MaterialOf(material.name()), material.file_name()});
  }
  for (const intake::v1::SupplementNote& note : proto.notes()) {
    absl::StatusOr<Id> case_id = Id::FromBytes(note.case_id());
    if (case_id.ok()) file.notes.push_back({*case_id, note.round(), note.note()});
  }
  for (const intake::v1::Eligibility::Ban& ban : proto.bans()) {
    file.bans.push_back({ban.from_date(), ban.until_date(), ban.document_no(),
                         ban.authority().name(), ban.source(), ban.unverified()});
  }
  return file;
}

class IntakeClient final : public IntakeFiles {
 public:
  IntakeClient(const std::shared_ptr<grpc::Channel>& channel, const Clock* clock,
               Interruption* interruption)
      : stub_(intake::v1::ApplicationFileService::NewStub(channel)),
        objections_(intake::v1::ObjectionFileService::NewStub(channel)),
        clock_(clock),
        interruption_(interruption) {}

  absl::StatusOr<ApplicationFile> GetApplicationFile(const Id& application,
                                                     absl::Time deadline) override {
    grpc::ClientContext context;
    rpc::SetDeadline(context, deadline - clock_->Now());
    const Interruption::Call call(interruption_, [&context] { context.TryCancel(); });
    intake::v1::GetApplicationFileRequest request;
    request.set_application(std::string(application.bytes()));
    intake::v1::ApplicationFile file;
    absl::Status status = ForJob(stub_->GetApplicationFile(&context, request, &file));
    if (!status.ok()) return status;
    return FileOf(file);
  }

  absl::StatusOr<ApplicationFile> GetObjectionFile(const Id& objection,
                                                   absl::Time deadline) override {
    grpc::ClientContext context;
    rpc::SetDeadline(context, deadline - clock_->Now());
    const Interruption::Call call(interruption_, [&context] { context.TryCancel(); });
    intake::v1::GetObjectionFileRequest request;
    request.set_objection(std::string(objection.bytes()));
    intake::v1::ObjectionFile file;
    absl::Status status = ForJob(objections_->GetObjectionFile(&context, request, &file));
    if (!status.ok()) return status;
    return FileOf(file);
  }

  absl::StatusOr<std::string> FetchMaterial(const Id& application, absl::string_view sha256,
                                            int64_t size, absl::Time deadline) override {
    grpc::ClientContext context;
    rpc::SetDeadline(context, deadline - clock_->Now());
    const Interruption::Call call(interruption_, [&context] { context.TryCancel(); });
    intake::v1::FetchMaterialRequest request;
    request.set_application(std::string(application.bytes()));
    request.set_sha256(std::string(sha256));
    auto reader = stub_->FetchMaterial(&context, request);
    std::string bytes;
    bytes.reserve(static_cast<size_t>(size));
    intake::v1::MaterialChunk chunk;
    while (reader->Read(&chunk)) {
      bytes += chunk.data();
      if (bytes.size() > static_cast<size_t>(size)) context.TryCancel();
    }
    const absl::Status status = ForJob(reader->Finish());
    if (bytes.size() > static_cast<size_t>(size)) {
      return absl::DataLossError("intake gives more bytes than the task describes");
    }
    if (!status.ok()) return status;
    return bytes;
  }

 private:
  const std::unique_ptr<intake::v1::ApplicationFileService::Stub> stub_;
  const std::unique_ptr<intake::v1::ObjectionFileService::Stub> objections_;
  const Clock* const clock_;
  Interruption* const interruption_;
};

}  // namespace

std::unique_ptr<IntakeFiles> NewIntakeClient(const std::string& target, const std::string& token,
                                             const Clock* clock, Interruption* interruption) {
  return std::make_unique<IntakeClient>(rpc::NewChannel(target, token), clock, interruption);
}

}  // namespace xiufu::department
