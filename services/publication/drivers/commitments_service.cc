#include "services/publication/drivers/commitments_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/uscc.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/publication/drivers/sql_commitments.h"
#include "xiufu/publication/v1/commitment.grpc.pb.h"

namespace xiufu::publication {
namespace {

constexpr int kCommitmentsPage = 50;
constexpr int kLargestCommitmentsPage = 200;

std::string PositionText(const Commitment& last) {
  return absl::StrCat(FormatDay(last.made_on), "/", last.decision.ToString());
}

// The token was signed by us: what cannot be read begins anew.
std::optional<CommitmentPosition> CommitmentPositionOf(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, '/');
  absl::StatusOr<absl::CivilDay> day = ParseDay(parts.first);
  absl::StatusOr<Id> decision = Id::Parse(parts.second);
  if (!day.ok() || !decision.ok()) return std::nullopt;
  return CommitmentPosition{*day, *decision};
}

v1::Commitment::State StateProto(CommitmentState::Kind kind) {
  switch (kind) {
    case CommitmentState::Kind::kKept:
      return v1::Commitment::KEPT;
    case CommitmentState::Kind::kBroken:
      return v1::Commitment::BROKEN;
    case CommitmentState::Kind::kInForce:
      break;
  }
  return v1::Commitment::IN_FORCE;
}

void Write(const Commitment& commitment, const catalogue::Law& law, absl::CivilDay today,
           v1::Commitment& proto) {
  proto.set_subject_uscc(commitment.subject_uscc);
  proto.set_subject_name(commitment.subject_name);
  proto.set_title(commitment.title);
  proto.set_title_en(commitment.title_en);
  proto.set_made_on(FormatDay(commitment.made_on));
  proto.set_record(std::string(commitment.record.bytes()));
  proto.set_record_document_no(commitment.record_document_no);
  proto.mutable_authority()->set_name(commitment.authority_name);
  proto.mutable_authority()->set_uscc(commitment.authority_uscc);
  if (const auto* known = law.authorities.FindByUscc(commitment.authority_uscc)) {
    proto.mutable_authority()->set_code(known->code);
  }
  const CommitmentState state = StateOf(commitment, law.catalogue, today);
  proto.set_state(StateProto(state.kind));
  if (state.until) proto.set_kept_on(FormatDay(*state.until));
  proto.set_finding(commitment.finding);
  proto.set_document_no(commitment.document_no);
  proto.set_found_on(commitment.found_on);
}

class CommitmentGrpc final : public v1::CommitmentService::CallbackService {
 public:
  explicit CommitmentGrpc(const ServiceParts& parts)
      : parts_(parts), page_tokens_(parts.page_token_key) {}

  grpc::ServerUnaryReactor* ListCommitments(grpc::CallbackServerContext* context,
                                            const v1::ListCommitmentsRequest* request,
                                            v1::ListCommitmentsResponse* response) override {
    return rpc::Reply(context, Fill(*request, *response));
  }

 private:
  absl::Status Fill(const v1::ListCommitmentsRequest& request,
                    v1::ListCommitmentsResponse& response) const {
    const UsccCheck uscc = CheckUscc(request.subject_uscc());
    if (uscc.verdict == UsccVerdict::kMalformed) {
      return FieldViolation("subject_uscc", uscc.reason,
                            "统一社会信用代码 of 18 characters (GB 32100)");
    }
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kCommitmentsPage, kLargestCommitmentsPage);
    if (!size.ok()) return size.status();
    const std::string filter = absl::StrCat("ListCommitments/", uscc.code);
    const absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    std::vector<Commitment> found;
    absl::Status status = parts_.database->Read([&](storage::Session& session) {
      found =
          commitments_.OfSubject(session, uscc.code, CommitmentPositionOf(*position), *size + 1);
      return session.status();
    });
    if (!status.ok()) return status;
    if (found.size() > static_cast<size_t>(*size)) {
      found.pop_back();
      response.set_next_page_token(page_tokens_.Encode(filter, PositionText(found.back())));
    }
    const catalogue::LawSnapshot law = parts_.law->Get();
    const absl::CivilDay today = LegalDay(parts_.clock->Now());
    for (const Commitment& one : found) Write(one, *law, today, *response.add_commitments());
    return absl::OkStatus();
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
  const SqlCommitments commitments_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewCommitmentService(const ServiceParts& parts) {
  return std::make_unique<CommitmentGrpc>(parts);
}

}  // namespace xiufu::publication
