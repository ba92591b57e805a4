#include "tests/simulation/sim_door.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/intake/drivers/front_door_codec.h"
#include "tests/simulation/luck.h"

namespace xiufu::simulation {
namespace {

const intake::DoorCall kDoor{{"credit-china", ""}, intake::FrontDoor::kCreditChina};

// Each application has papers of its own, each supplement one more.
std::string Paper(const std::string& number, int round, absl::string_view kind) {
  return absl::StrCat("%PDF-1.4\n%", number, "/", round, "/", kind, "\n%%EOF\n");
}

template <typename Request>
void Announce(const std::string& kind, const std::string& content, Request& request) {
  intake::v1::PushedMaterial& paper = *request.add_materials();
  paper.set_kind(kind);
  paper.set_file_name(absl::StrCat(kind, ".pdf"));
  paper.set_media_type("application/pdf");
  paper.set_size(static_cast<int64_t>(content.size()));
  paper.set_sha256(HexEncode(Sha256(content)));
}

}  // namespace

template <typename StartFn>
absl::StatusOr<intake::PushStanding> SimDoor::Settle(StartFn start) {
  std::optional<absl::StatusOr<intake::PushStanding>> answer;
  start([&](absl::StatusOr<intake::PushStanding> given) { answer.emplace(std::move(given)); });
  while (!answer.has_value() && database_->RunPending() > 0) {
  }
  return *std::move(answer);
}

absl::StatusOr<intake::PushState> SimDoor::Push(const std::string& number, const About& about,
                                                absl::Time received) {
  intake::v1::ReceivePushedRequest request;
  request.set_upstream_no(number);
  request.set_channel("网站");
  request.mutable_received_at()->set_seconds(absl::ToUnixSeconds(received));
  request.mutable_record()->set_subject_uscc(about.subject_uscc);
  request.mutable_record()->set_authority_uscc(about.authority_uscc);
  request.mutable_record()->set_document_no(about.document_no);
  request.mutable_applicant()->set_name("测试");
  request.mutable_applicant()->set_phone("0415-2100000");
  request.mutable_applicant()->set_capacity(common::v1::CAPACITY_LEGAL_REPRESENTATIVE);
  for (const char* kind : {"M2", "M3"}) Announce(kind, Paper(number, 0, kind), request);
  const absl::StatusOr<intake::PushStanding> standing = Settle([&](intake::PushDone done) {
    intake_->receive_pushed().Receive(kDoor, intake::CommandOf(request), std::move(done));
  });
  if (!standing.ok()) return standing.status();
  return standing->push.state;
}

absl::Status SimDoor::SendPapers(const std::string& number) {
  absl::Status all;
  std::vector<std::string> papers = {Paper(number, 0, "M2"), Paper(number, 0, "M3")};
  for (int round = 1; round <= Asked(number); ++round) papers.push_back(Paper(number, round, "M3"));
  for (const std::string& content : papers) {
    auto incoming = intake_->receive_pushed().BeginPaper(kDoor, number, Sha256(content));
    if (!incoming.ok()) {
      all.Update(incoming.status());
      continue;
    }
    all.Update((*incoming)->Append(content));
    all.Update(Settle([&](intake::PushDone done) {
                 intake_->receive_pushed().AddPaper(kDoor, number, *std::move(incoming),
                                                    std::move(done));
               }).status());
  }
  return all;
}

absl::Status SimDoor::Supplement(const std::string& number, int round) {
  intake::v1::ReceivePushedSupplementRequest request;
  request.set_upstream_no(number);
  request.set_round(round);
  request.set_note("补充缴款凭证");
  Announce("M3", Paper(number, round, "M3"), request);
  return Settle([&](intake::PushDone done) {
           intake_->receive_pushed().ReceiveSupplement(kDoor, intake::SupplementOf(request),
                                                       std::move(done));
         })
      .status();
}

absl::Status SimDoor::Withdraw(const std::string& number) {
  return Settle([&](intake::PushDone done) {
           intake_->receive_pushed().ReceiveWithdrawal(kDoor, number, "不再申请", std::move(done));
         })
      .status();
}

absl::Status SimDoor::TakeUp(const Id& push, const Id& record) {
  return Settle([&](intake::PushDone done) {
           intake_->receive_pushed().TakeUpAgain(push, record, std::move(done));
         })
      .status();
}

absl::Status SimDoor::Return(const std::string& content, absl::Time /*deadline*/) {
  intake::v1::UpstreamReturn one;
  if (!one.ParseFromString(content)) return absl::InvalidArgumentError("not a return");
  const std::string call = absl::StrCat(HexEncode(one.return_id()), "/", ++calls_[one.return_id()]);
  if (Lost(call)) return absl::UnavailableError("lost on its way");
  std::vector<std::string>& before = returned_[one.upstream_no()];
  auto [known, first] = by_id_.try_emplace(one.return_id(), content);
  if (!first) {
    if (known->second != content) faults_.push_back(absl::StrCat(one.return_id(), " came anew"));
  } else {
    const auto next = static_cast<int64_t>(before.size()) + 1;
    if (one.sequence() != next) {
      faults_.push_back(absl::StrCat(one.upstream_no(), ": ", one.sequence(), " before ", next));
    }
    before.push_back(one.kind());
    if (one.kind() == "SUPPLEMENT_REQUESTED") asked_[one.upstream_no()] = one.round();
  }
  return Lost(call + "/answer") ? absl::UnavailableError("the answer was lost") : absl::OkStatus();
}

int SimDoor::Asked(const std::string& number) const {
  auto asked = asked_.find(number);
  return asked == asked_.end() ? 0 : asked->second;
}

bool SimDoor::Lost(const std::string& call) const {
  return lost_in_ > 0 && Luck(seed_, call, "return").Between(1, lost_in_) == 1;
}

}  // namespace xiufu::simulation
