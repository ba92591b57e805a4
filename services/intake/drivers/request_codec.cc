#include "services/intake/drivers/request_codec.h"

#include "services/intake/drivers/agent_codec.h"
#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {
namespace {

Origin OriginOf(const common::v1::Origin& proto) {
  Origin origin;
  origin.front_door = static_cast<FrontDoor>(proto.front_door());
  origin.channel = proto.channel();
  origin.upstream_no = proto.upstream_no();
  origin.upstream_query_code = proto.upstream_query_code();
  if (proto.has_received_at()) origin.received_at = TimeOf(proto.received_at());
  if (proto.has_pushed_at()) origin.pushed_at = TimeOf(proto.pushed_at());
  return origin;
}

}  // namespace

ChosenBasis BasisOf(v1::RepairBasis basis) {
  switch (basis) {
    case v1::REPAIR_BASIS_UNSPECIFIED:
      return std::nullopt;
    case v1::REPAIR_BASIS_ORDINARY:
      return catalogue::Basis::kOrdinary;
    case v1::REPAIR_BASIS_BANKRUPTCY_PLAN:
      return catalogue::Basis::kBankruptcyPlan;
    case v1::REPAIR_BASIS_BANKRUPTCY_EXECUTED:
      return catalogue::Basis::kBankruptcyExecuted;
    case v1::REPAIR_BASIS_CONTRIBUTION:
      return catalogue::Basis::kContribution;
    default:
      return catalogue::Basis::kExpiry;
  }
}

CreateCommand CommandOf(const v1::CreateApplicationRequest& request) {
  CreateCommand command;
  command.subject_uscc = request.subject_uscc();
  command.records.assign(request.records().begin(), request.records().end());
  const v1::Applicant& applicant = request.applicant();
  command.applicant = {applicant.name(), applicant.phone(),
                       static_cast<Capacity>(applicant.capacity())};
  command.origin = OriginOf(request.origin());
  command.one_thing_no = request.one_thing_no();
  command.platform_no = request.platform_no();
  command.region = request.region();
  command.basis = BasisOf(request.basis());
  if (request.has_power_of_attorney()) command.power = PowerOf(request.power_of_attorney());
  return command;
}

UploadCommand CommandOf(const v1::UploadMaterialRequest::Header& header) {
  return {header.application(), header.kind(), header.file_name(),
          header.media_type(),  header.size(), header.sha256()};
}

SupplementCommand CommandOf(const v1::ProvideSupplementRequest& request) {
  SupplementCommand command;
  command.application = request.name();
  command.case_name = request.case_name();
  command.materials.assign(request.materials().begin(), request.materials().end());
  command.note = request.note();
  command.acting = static_cast<Capacity>(request.acting());
  return command;
}

WithdrawCommand CommandOf(const v1::WithdrawApplicationRequest& request) {
  return {request.name(),
          {request.cases().begin(), request.cases().end()},
          request.reason(),
          static_cast<Capacity>(request.acting())};
}

}  // namespace xiufu::intake
