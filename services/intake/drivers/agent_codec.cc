#include "services/intake/drivers/agent_codec.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/legal_day.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {
namespace {

constexpr char kMatterPrefix[] = "MATTER_KIND_";

common::v1::MatterKind MatterOf(catalogue::MatterKind matter) {
  common::v1::MatterKind proto = common::v1::MATTER_KIND_UNSPECIFIED;
  common::v1::MatterKind_Parse(absl::StrCat(kMatterPrefix, catalogue::ToString(matter)), &proto);
  return proto;
}

}  // namespace

PowerCommand PowerOf(const v1::PowerOfAttorney& proto) {
  PowerCommand command;
  command.subject_uscc = proto.subject_uscc();
  command.agent_name = proto.agent_name();
  command.organisation_name = proto.organisation_name();
  command.organisation_uscc = proto.organisation_uscc();
  command.identity_no = proto.identity_no();
  command.records.assign(proto.records().begin(), proto.records().end());
  for (const int matter : proto.matters()) {
    const std::string& name =
        common::v1::MatterKind_Name(static_cast<common::v1::MatterKind>(matter));
    command.matters.emplace_back(absl::StripPrefix(name, kMatterPrefix));
  }
  command.acts.assign(proto.acts().begin(), proto.acts().end());
  command.valid_from = proto.valid_from();
  command.valid_to = proto.valid_to();
  return command;
}

ReplacePowerCommand CommandOf(const v1::ReplacePowerOfAttorneyRequest& request) {
  return {request.application(), PowerOf(request.power_of_attorney()), request.document()};
}

v1::PowerOfAttorney ToProto(const PowerOfAttorney& power) {
  v1::PowerOfAttorney proto;
  proto.set_subject_uscc(power.subject_uscc);
  proto.set_agent_name(power.agent_name);
  proto.set_organisation_name(power.organisation_name);
  if (!power.organisation_name.empty()) proto.set_organisation_uscc(power.agent);
  for (const Id& record : power.records) proto.add_records(RecordName(record));
  for (const catalogue::MatterKind matter : power.matters) proto.add_matters(MatterOf(matter));
  for (const Act act : power.acts) proto.add_acts(static_cast<v1::Act>(act));
  proto.set_valid_from(FormatDay(power.valid_from));
  proto.set_valid_to(FormatDay(power.valid_to));
  proto.set_document(MaterialName(power.document));
  *proto.mutable_record_time() = TimestampOf(power.recorded);
  return proto;
}

void Fill(const AgentPage& page, v1::ListAgentsResponse& response) {
  for (size_t i = 0; i < page.agents.size(); ++i) {
    const AgentCount& count = page.agents[i];
    v1::ListAgentsResponse::Agent& agent = *response.add_agents();
    agent.set_agent(count.agent);
    agent.set_organisation_name(count.organisation_name);
    agent.set_subjects(count.subjects);
    agent.set_applications(count.applications);
    agent.set_stands_out(page.stands_out[i]);
    agent.set_latest_number(count.latest_number);
  }
  response.set_from_date(FormatDay(page.from));
  response.set_to_date(FormatDay(page.to));
  response.set_subjects_threshold(page.terms.agent_subjects);
  response.set_applications_threshold(page.terms.agent_applications);
}

}  // namespace xiufu::intake
