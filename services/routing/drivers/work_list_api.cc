#include "services/routing/drivers/work_list_api.h"

#include <grpcpp/support/server_callback.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/drivers/work_list.h"
#include "xiufu/routing/v1/work_list.grpc.pb.h"

namespace xiufu::routing {
namespace {

constexpr int kWorkPage = 50;
constexpr int kLargestWorkPage = 200;

// The same for everything that is not to be seen: nobody learns which authorities there are.
absl::Status NotYours() {
  return WithReason(
      absl::PermissionDeniedError("不在可查看范围 / this work list is not among those that the "
                                  "caller sees"),
      "WORK_LIST_NOT_SEEN");
}

// Whose work list it is; empty: of all.
absl::StatusOr<std::string> WhoseList(const std::string& principal, const std::string& asked,
                                      const catalogue::AuthorityRegistry& authorities,
                                      absl::CivilDay today) {
  if (principal == "operator") return asked;
  absl::string_view code = principal;
  if (!absl::ConsumePrefix(&code, "authority-")) return NotYours();
  const catalogue::Authority* viewer = authorities.FindByCode(code);
  if (viewer == nullptr || !viewer->IsValidOn(today)) return NotYours();
  const catalogue::Authority* of = asked.empty() ? viewer : authorities.FindByCode(asked);
  if (of == nullptr || !authorities.MaySee(code, *of, today)) return NotYours();
  return of->code;
}

void Put(const WorkItem& item, v1::WorkItem* proto) {
  const Case& kase = item.kase;
  proto->set_case_id(IdBytes(kase.id));
  proto->set_application(IdBytes(kase.application));
  proto->set_application_number(item.application_number);
  proto->mutable_authority()->set_code(kase.authority.code);
  proto->mutable_authority()->set_name(kase.authority.name);
  proto->mutable_authority()->set_uscc(kase.authority.uscc);
  proto->mutable_record()->ParseFromString(kase.snapshot);
  proto->set_state(static_cast<common::v1::CaseState>(kase.state));
  WriteTime(kase.opened_at, proto->mutable_opened_at());
  proto->set_authority_no(kase.authority_no);
  for (const ClockRow& clock : item.clocks) {
    v1::WorkDue& due = *proto->add_dues();
    due.set_kind(clock.receipt.kind);
    due.set_due_date(FormatDay(clock.receipt.due.day));
    due.set_owner(static_cast<v1::ClockOwner>(OwnerOf(clock.receipt.kind)));
    due.set_light(static_cast<v1::Light>(clock.light));
  }
  proto->set_light(static_cast<v1::Light>(item.light));
}

class WorkListGrpc final : public v1::WorkListService::CallbackService {
 public:
  explicit WorkListGrpc(const ServiceParts& parts)
      : parts_(parts), page_tokens_(parts.page_token_key) {}

  grpc::ServerUnaryReactor* ListWork(grpc::CallbackServerContext* context,
                                     const v1::ListWorkRequest* request,
                                     v1::ListWorkResponse* response) override {
    return rpc::Reply(context, Fill(rpc::PrincipalOf(*context), *request, *response));
  }

 private:
  absl::Status Fill(const std::string& principal, const v1::ListWorkRequest& request,
                    v1::ListWorkResponse& response) const {
    const catalogue::LawSnapshot law = parts_.law->Get();
    const absl::Time now = parts_.clock->Now();
    const absl::StatusOr<std::string> whose =
        WhoseList(principal, request.authority_code(), law->authorities, LegalDay(now));
    if (!whose.ok()) return whose.status();
    if (!whose->empty()) {
      if (absl::Status status = CheckText("authority_code", *whose, 1, 32); !status.ok()) {
        return status;
      }
    }
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kWorkPage, kLargestWorkPage);
    if (!size.ok()) return size.status();
    const std::string filter = absl::StrCat("ListWork ", *whose);
    const absl::StatusOr<std::string> position = page_tokens_.Decode(filter, request.page_token());
    if (!position.ok()) return position.status();
    const Id after = Id::Parse(*position).value_or(Id());
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<WorkItem> items = work_.Of(session, *whose, after, *size + 1, *law, now);
      if (items.size() > static_cast<size_t>(*size)) {
        items.pop_back();
        response.set_next_page_token(page_tokens_.Encode(filter, items.back().kase.id.ToString()));
      }
      for (const WorkItem& item : items) Put(item, response.add_items());
      return session.status();
    });
  }

  const ServiceParts parts_;
  const rpc::PageTokens page_tokens_;
  const WorkList work_{};
};

}  // namespace

std::unique_ptr<grpc::Service> NewWorkListService(const ServiceParts& parts) {
  return std::make_unique<WorkListGrpc>(parts);
}

}  // namespace xiufu::routing
