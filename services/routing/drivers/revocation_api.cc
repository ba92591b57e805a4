#include "services/routing/drivers/revocation_api.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/catalogue/tables.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "services/routing/drivers/answer_codec.h"
#include "services/routing/wiring.h"
#include "xiufu/routing/v1/revocation.grpc.pb.h"

namespace xiufu::routing {
namespace {

using RevokedProto = department::v1::Answer::Revoked;

// Collects everything wrong with a report at once.
class RevocationReader {
 public:
  RevocationReader(const v1::ReportRevocationRequest& request,
                   const catalogue::Catalogue& catalogue, absl::CivilDay today)
      : request_(request), catalogue_(catalogue), today_(today) {}

  absl::StatusOr<ReportRevocation::Command> Read() {
    ReportRevocation::Command command;
    ReadCase(command);
    CheckFinding(request_.finding());
    Add(CheckText("source", request_.source(), 1, 200));
    if (absl::Status status = FieldViolations(wrong_); !status.ok()) return status;
    department::v1::Answer answer;
    answer.set_answer_id(absl::StrCat("report/", request_.finding().document_no()));
    *answer.mutable_revoked() = request_.finding();
    FieldReader reader("ReportRevocationRequest");
    command.finding = AnsweredFrom(answer, reader);
    if (!reader.status().ok()) return reader.status();
    std::get<Revoked>(command.finding.kind).reported_by = request_.source();
    return command;
  }

 private:
  void Add(const absl::Status& status) {
    for (Violation& one : ViolationsOf(status)) wrong_.push_back(std::move(one));
  }
  void ReadCase(ReportRevocation::Command& command) {
    command.decision_no = request_.decision_no();
    if (request_.case_id().empty() && request_.decision_no().empty()) {
      Add(FieldViolation("case_id", "neither case_id nor decision_no is given",
                         "one of the two: the case, or the number of the approval"));
      return;
    }
    if (request_.case_id().empty()) {
      Add(CheckText("decision_no", request_.decision_no(), 1, 64));
      return;
    }
    if (!request_.decision_no().empty()) {
      Add(FieldViolation("decision_no", "given together with case_id", "one of the two"));
    }
    const absl::StatusOr<Id> id = Id::FromBytes(request_.case_id());
    if (!id.ok()) Add(FieldViolation("case_id", "not an id", "16 bytes"));
    command.case_id = id.value_or(Id());
  }
  void CheckFinding(const RevokedProto& finding) {
    CheckKind(finding.kind());
    Add(CheckText("finding.document_no", finding.document_no(), 1, 50));
    const absl::StatusOr<absl::CivilDay> day = ParseDay(finding.found_on());
    if (!day.ok() || *day > today_) {
      Add(FieldViolation("finding.found_on", day.ok() ? "in the future" : "not a day",
                         "yyyy-mm-dd, today or earlier"));
    }
    if (finding.reasons_size() < 1 || finding.reasons_size() > 20) {
      Add(FieldViolation("finding.reasons", absl::StrCat(finding.reasons_size(), " entries"),
                         "1 to 20"));
    }
    for (int i = 0; i < finding.reasons_size(); ++i) {
      Add(CheckMultilineText(absl::StrCat("finding.reasons[", i, "]"), finding.reasons(i), 1, 500));
    }
    Add(CheckMultilineText("finding.remedies", finding.remedies(), 0, 1000));
    Add(CheckText("finding.found_by", finding.found_by(), 0, 200));
  }

  void CheckKind(const std::string& kind) {
    if (catalogue_.FindFinding(kind) != nullptr) return;
    const std::vector<catalogue::Finding>& known = catalogue_.data().findings;
    Add(FieldViolation(
        "finding.kind", kind.empty() ? "empty" : "not a kind of finding",
        absl::StrCat("one of ",
                     absl::StrJoin(known, ", ", [](std::string* out, const auto& finding) {
                       absl::StrAppend(out, finding.id, " (", finding.name, ")");
                     }))));
  }

  const v1::ReportRevocationRequest& request_;
  const catalogue::Catalogue& catalogue_;
  const absl::CivilDay today_;
  std::vector<Violation> wrong_;
};

class RevocationGrpc final : public v1::RevocationService::CallbackService {
 public:
  explicit RevocationGrpc(const ServiceParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* ReportRevocation(grpc::CallbackServerContext* context,
                                             const v1::ReportRevocationRequest* request,
                                             v1::ReportRevocationResponse* /*response*/) override {
    if (absl::Status status = rpc::OnlyOperator(*context); !status.ok()) {
      return rpc::Reply(context, status);
    }
    const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(parts_.clock->Now()));
    const catalogue::LawSnapshot law = parts_.law->Get();
    auto command = RevocationReader(*request, law->catalogue, LegalDay(now)).Read();
    if (!command.ok()) return rpc::Reply(context, command.status());
    const messaging::Cause cause{parts_.ids->NewV7(now), now, PlaceOf(command->case_id),
                                 rpc::TraceparentOf(*context)};
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.database->Write(
          [this, cause, command = *std::move(command)](storage::Tx& tx) {
            return ReportRevocationOf(command, *parts_.law, cause, tx);
          },
          std::move(answer));
    });
  }

 private:
  const ServiceParts parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewRevocationService(const ServiceParts& parts) {
  return std::make_unique<RevocationGrpc>(parts);
}

}  // namespace xiufu::routing
