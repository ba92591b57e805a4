#include "services/routing/drivers/order_letter_api.h"

#include <grpcpp/support/server_callback.h>

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/letter/render.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "services/routing/drivers/case_table.h"
#include "services/routing/drivers/deadline_table.h"
#include "services/routing/drivers/order_letter.h"
#include "services/routing/drivers/supervision_order_table.h"
#include "xiufu/common/v1/common.pb.h"
#include "xiufu/routing/v1/order_letter.grpc.pb.h"

namespace xiufu::routing {
namespace {

class OrderLetterGrpc final : public v1::OrderLetterService::CallbackService {
 public:
  OrderLetterGrpc(const ServiceParts& parts, const catalogue::Messages* messages)
      : parts_(parts), messages_(messages) {}

  grpc::ServerUnaryReactor* RenderOrder(grpc::CallbackServerContext* context,
                                        const v1::RenderOrderRequest* request,
                                        v1::RenderedOrder* response) override {
    absl::Status status = rpc::OnlyOperator(*context);
    if (status.ok()) status = Render(*request, *response);
    return rpc::Reply(context, status);
  }

 private:
  absl::Status Render(const v1::RenderOrderRequest& request, v1::RenderedOrder& response) {
    const std::string number = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(request.number()));
    if (absl::Status status = CheckText("number", number, 1, 40); !status.ok()) return status;
    const absl::StatusOr<OrderLetterFacts> facts = FactsOf(number);
    if (!facts.ok()) return facts.status();
    const absl::StatusOr<std::shared_ptr<const letter::Fonts>> fonts = LoadedFonts();
    if (!fonts.ok()) return fonts.status();
    absl::StatusOr<std::string> pdf = letter::RenderPdf(**fonts, OrderLetter(*facts, *messages_));
    if (!pdf.ok()) return pdf.status();
    response.set_file_name(absl::StrCat(number, ".pdf"));
    response.set_media_type("application/pdf");
    response.set_sha256(HexEncode(Sha256(*pdf)));
    response.set_content(*std::move(pdf));
    return absl::OkStatus();
  }

  absl::StatusOr<OrderLetterFacts> FactsOf(const std::string& number) const {
    OrderLetterFacts facts;
    bool found = false;
    const absl::Status read = parts_.database->Read([&](storage::Session& session) {
      std::optional<SupervisionOrder> order = orders_.Read(session, number);
      if (!order) return session.status();
      found = true;
      facts.order = *std::move(order);
      ReadCase(session, facts);
      return session.status();
    });
    if (!read.ok()) return read;
    if (!found) return WithReason(absl::NotFoundError("no such order"), "ORDER_NOT_FOUND");
    facts.superior = parts_.law->Get()->authorities.SuperiorNameOf(facts.order.authority_code);
    return facts;
  }

  void ReadCase(storage::Session& session, OrderLetterFacts& facts) const {
    const std::optional<Case> kase = cases_.Read(session, facts.order.case_id);
    if (!kase) return;
    common::v1::RecordSnapshot record;
    record.ParseFromString(kase->snapshot);
    facts.subject_name = record.subject_name();
    facts.document_no = record.document_no();
    storage::Query task =
        session.Sql("SELECT application_number FROM task WHERE id = ?", kase->task);
    if (task.Next()) facts.application_number = std::string(task.Text(0));
    for (const DeadlineReceipt& receipt : deadlines_.Read(session, kase->id)) {
      if (receipt.kind == facts.order.kind && MissedAt(receipt) == facts.order.since) {
        facts.limit_source = receipt.source;
      }
    }
  }

  // Kept for the next one; where they were not installed it is looked at again.
  absl::StatusOr<std::shared_ptr<const letter::Fonts>> LoadedFonts() {
    absl::MutexLock lock(&mutex_);
    if (fonts_ != nullptr) return fonts_;
    absl::StatusOr<std::shared_ptr<const letter::Fonts>> fonts = letter::Fonts::Load();
    if (fonts.ok()) fonts_ = *fonts;
    return fonts;
  }

  const ServiceParts parts_;
  const catalogue::Messages* const messages_;
  const CaseTable cases_{};
  const DeadlineTable deadlines_{};
  const SupervisionOrderTable orders_{};
  absl::Mutex mutex_;
  std::shared_ptr<const letter::Fonts> fonts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

std::unique_ptr<grpc::Service> NewOrderLetterService(const ServiceParts& parts,
                                                     const catalogue::Messages* messages) {
  return std::make_unique<OrderLetterGrpc>(parts, messages);
}

}  // namespace xiufu::routing
