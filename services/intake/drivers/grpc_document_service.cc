#include "services/intake/drivers/grpc_document_service.h"

#include <utility>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/rpc/reactor.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"
#include "services/intake/drivers/document_letter.h"
#include "services/intake/drivers/grpc_write.h"
#include "services/intake/drivers/notice_codec.h"
#include "xiufu/intake/v1/document.grpc.pb.h"

namespace xiufu::intake {
namespace {

absl::StatusOr<DocumentKind> KindOf(v1::DocumentKind proto) {
  for (DocumentKind kind : kDocumentKinds) {
    if (static_cast<int>(kind) == proto) return kind;
  }
  return FieldViolation("kind", "not given or unknown", "a kind of document");
}

class GrpcDocumentService final : public v1::DocumentService::CallbackService {
 public:
  explicit GrpcDocumentService(DocumentParts parts) : parts_(std::move(parts)) {}

  grpc::ServerUnaryReactor* RenderDocument(grpc::CallbackServerContext* context,
                                           const v1::RenderDocumentRequest* request,
                                           v1::Letter* response) override {
    absl::StatusOr<DocumentKind> kind = KindOf(request->kind());
    if (!kind.ok()) return rpc::Reply(context, kind.status());
    absl::StatusOr<FoundDocument> found =
        parts_.documents->Find(CallOf(*context),
                               {request->name(), request->query_code(), request->case_name(),
                                request->ordinal(), static_cast<Capacity>(request->acting())},
                               *kind);
    if (!found.ok()) return rpc::Reply(context, found.status());
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      // Refused only when the service stops: then the answer is told so by being dropped.
      parts_.workers->Run(
          [this, response, found = *std::move(found), answer = std::move(answer)]() mutable {
            absl::StatusOr<PrintedLetter> letter =
                parts_.letters->Print(found, ResultsOf(found.source), parts_.progress_link);
            const absl::Status status = letter.status();
            if (letter.ok()) *response = ToProto(*std::move(letter));
            answer(status);
          });
    });
  }

  grpc::ServerUnaryReactor* ListDocuments(grpc::CallbackServerContext* context,
                                          const v1::ListDocumentsRequest* request,
                                          v1::ListDocumentsResponse* response) override {
    const absl::StatusOr<std::vector<DocumentBasis>> all =
        parts_.documents->List(CallOf(*context), {request->name(), request->query_code(), ""});
    if (!all.ok()) return rpc::Reply(context, all.status());
    const LetterWords words(&parts_.letters->messages());
    for (const DocumentBasis& one : *all) {
      v1::Document& added = *response->add_documents();
      added.set_kind(static_cast<v1::DocumentKind>(one.kind));
      if (one.view) added.set_case_name(CaseName(one.view->id));
      *added.mutable_date_time() = TimestampOf(one.dated);
      added.set_ordinal(one.ordinal);
      catalogue::BilingualText title = DocumentTitle(one, words);
      added.set_title(std::move(title.zh));
      added.set_title_en(std::move(title.en));
    }
    return rpc::Reply(context, absl::OkStatus());
  }

 private:
  ResultWordsByCase ResultsOf(const DocumentSource& source) const {
    ResultWordsByCase results;
    for (const CaseView& view : source.cases) {
      const std::optional<catalogue::Rule> rule = parts_.rules->Find(
          view.rule, LegalDay(source.application.submitted), view.authority.code);
      if (!rule.has_value()) continue;
      ResultWords words;
      for (const RecordSnapshot& record : source.records) {
        if (record.record != view.record) continue;
        words.word = catalogue::ResultWordOf(*rule, record.words.matter).zh;
      }
      for (const catalogue::Effect& effect : rule->effects) words.effects.push_back(effect.name);
      words.door = parts_.rules->DoorOf(view.authority.code);
      for (const Material& paper : source.materials) {
        words.papers[paper.kind] = parts_.rules->NameOfPaper(paper.kind);
      }
      results.emplace(view.id, std::move(words));
    }
    return results;
  }

  const DocumentParts parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGrpcDocumentService(DocumentParts parts) {
  return std::make_unique<GrpcDocumentService>(std::move(parts));
}

}  // namespace xiufu::intake
