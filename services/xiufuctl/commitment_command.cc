#include "services/xiufuctl/commitment_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/publication/v1/commitment.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using publication::v1::Commitment;
using publication::v1::CommitmentService;
using Commitments = Operator<CommitmentService>;

constexpr char kCommitmentUsage[] =
    "  commitment list --subject USCC [--json] [WHERE]\n"
    "                       列出某主体已公示的信用承诺及其履行情况 / the published credit\n"
    "                       commitments of a subject, newest first: in force, kept, or broken\n";

const char* StateWords(Commitment::State state) {
  switch (state) {
    case Commitment::KEPT:
      return "已履行 / kept";
    case Commitment::BROKEN:
      return "已违反 / broken";
    default:
      return "有效 / in force";
  }
}

nlohmann::json CommitmentJson(const Commitment& commitment) {
  nlohmann::json told = {{"title", commitment.title()},
                         {"made_on", commitment.made_on()},
                         {"record", IdText(commitment.record())},
                         {"document_no", commitment.record_document_no()},
                         {"authority", commitment.authority().name()},
                         {"state", Commitment::State_Name(commitment.state())}};
  if (commitment.state() == Commitment::KEPT) told["kept_on"] = commitment.kept_on();
  if (commitment.state() == Commitment::BROKEN) {
    told["finding"] = {{"kind", commitment.finding()},
                       {"document_no", commitment.document_no()},
                       {"found_on", commitment.found_on()}};
  }
  return told;
}

void PrintCommitment(const Commitment& commitment) {
  std::cout << commitment.title() << " / " << commitment.title_en() << "  " << commitment.made_on()
            << "  " << StateWords(commitment.state()) << '\n'
            << "  记录 / record: " << commitment.record_document_no() << "  "
            << commitment.authority().name() << "  " << IdText(commitment.record()) << '\n';
  if (commitment.state() == Commitment::KEPT) {
    std::cout << "  约束至 / it bound until " << commitment.kept_on() << '\n';
  }
  if (commitment.state() == Commitment::BROKEN) {
    std::cout << "  认定 / finding: " << commitment.finding() << "  " << commitment.document_no()
              << "  " << commitment.found_on() << '\n';
  }
}

int RunCommitment(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args, {"config", "target", "credentials", "subject"}, {"json"});
  if (!args.ok()) return UsageError(kCommitmentUsage, args.status());
  if (args->words() != std::vector<std::string>{"list"} || !args->Has("subject")) {
    return UsageError(kCommitmentUsage);
  }
  const absl::StatusOr<Commitments> commitments = Commitments::Of(*args, "publication");
  if (!commitments.ok()) return Failed(commitments.status());
  publication::v1::ListCommitmentsRequest request;
  request.set_subject_uscc(args->Value("subject"));
  return TellRows(commitments->All(
                      &Commitments::Stub::ListCommitments, request,
                      [](const auto& page) -> const auto& { return page.commitments(); }),
                  "commitments", "该主体没有已公示的信用承诺 / no commitment of it is published",
                  args->Has("json"), CommitmentJson, PrintCommitment);
}

}  // namespace

CommandFamily CommitmentCommands() { return {"commitment", kCommitmentUsage, RunCommitment}; }

}  // namespace xiufu::ctl
