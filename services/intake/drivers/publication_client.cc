#include "services/intake/drivers/publication_client.h"

#include <grpcpp/grpcpp.h>

#include <utility>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/observability/log.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "services/intake/drivers/common_codec.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"
#include "xiufu/publication/v1/repair_notice.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr absl::Duration kDeadline = absl::Seconds(5);

// One call under way.
template <typename Request, typename Response, typename Done>
struct Asking {
  grpc::ClientContext context;
  Request request;
  Response response;
  Done done;
};

absl::Status Translate(const grpc::Status& status) {
  absl::Status plain = rpc::FromGrpc(status);
  switch (plain.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kInvalidArgument:
      return plain;
    case absl::StatusCode::kNotFound:
      return HasReason(plain, "RECORD_NOT_FOUND") ? plain : WithReason(plain, "RECORD_NOT_FOUND");
    default:
      observability::Log(observability::Level::kWarning, "publication_not_asked",
                         {{"error", plain}});
      return WithReason(absl::UnavailableError("publication does not answer"),
                        "PUBLICATION_UNAVAILABLE");
  }
}

template <typename Response>
absl::StatusOr<std::vector<RecordSnapshot>> RecordsOf(const Response& response) {
  std::vector<RecordSnapshot> records;
  for (const common::v1::RecordSnapshot& proto : response.records()) {
    absl::StatusOr<RecordSnapshot> record = FromProto(proto);
    if (!record.ok()) return absl::InternalError(record.status().message());
    records.push_back(*std::move(record));
  }
  return records;
}

class PublicationClient final : public RecordSource {
 public:
  explicit PublicationClient(std::shared_ptr<grpc::Channel> channel)
      : stub_(publication::v1::PublicationService::NewStub(std::move(channel))) {}

  void Search(const RecordSearch& search, PageDone done) override {
    auto asking = std::make_shared<Asking<publication::v1::SearchRecordsRequest,
                                          publication::v1::SearchRecordsResponse, PageDone>>();
    asking->request.set_uscc(search.uscc);
    asking->request.set_name(search.name);
    asking->request.set_page_size(search.page_size);
    asking->request.set_page_token(search.page_token);
    asking->done = std::move(done);
    rpc::SetDeadline(asking->context, kDeadline);
    stub_->async()->SearchRecords(
        &asking->context, &asking->request, &asking->response,
        [asking](const grpc::Status& status) {
          if (!status.ok()) return asking->done(Translate(status));
          absl::StatusOr<std::vector<RecordSnapshot>> records = RecordsOf(asking->response);
          if (!records.ok()) return asking->done(records.status());
          asking->done(RecordPage{*std::move(records), asking->response.next_page_token()});
        });
  }

  void Get(const std::vector<Id>& records, RecordsDone done) override {
    auto asking = std::make_shared<Asking<publication::v1::BatchGetRecordsRequest,
                                          publication::v1::BatchGetRecordsResponse, RecordsDone>>();
    for (const Id& record : records) asking->request.add_records(BytesOf(record));
    asking->done = std::move(done);
    rpc::SetDeadline(asking->context, kDeadline);
    stub_->async()->BatchGetRecords(&asking->context, &asking->request, &asking->response,
                                    [asking](const grpc::Status& status) {
                                      if (!status.ok()) return asking->done(Translate(status));
                                      asking->done(RecordsOf(asking->response));
                                    });
  }

 private:
  const std::unique_ptr<publication::v1::PublicationService::Stub> stub_;
};

absl::StatusOr<RepairablePage> PageOf(
    const publication::v1::ListRepairableRecordsResponse& response) {
  RepairablePage page;
  page.next_page_token = response.next_page_token();
  for (const publication::v1::RepairableRecord& proto : response.records()) {
    absl::StatusOr<RecordSnapshot> record = FromProto(proto.record());
    const absl::StatusOr<absl::CivilDay> since = ParseDay(proto.repairable_on());
    if (!record.ok() || !since.ok()) return absl::InternalError("publication told no record");
    page.records.push_back({*std::move(record), *since});
  }
  return page;
}

class RepairableClient final : public RepairableSource {
 public:
  explicit RepairableClient(std::shared_ptr<grpc::Channel> channel)
      : stub_(publication::v1::RepairNoticeService::NewStub(std::move(channel))) {}

  void Repairable(const std::string& region, int page_size, const std::string& page_token,
                  Done done) override {
    auto asking = std::make_shared<Asking<publication::v1::ListRepairableRecordsRequest,
                                          publication::v1::ListRepairableRecordsResponse, Done>>();
    asking->request.set_region(region);
    asking->request.set_page_size(page_size);
    asking->request.set_page_token(page_token);
    asking->done = std::move(done);
    rpc::SetDeadline(asking->context, kDeadline);
    stub_->async()->ListRepairableRecords(&asking->context, &asking->request, &asking->response,
                                          [asking](const grpc::Status& status) {
                                            if (!status.ok())
                                              return asking->done(Translate(status));
                                            asking->done(PageOf(asking->response));
                                          });
  }

 private:
  const std::unique_ptr<publication::v1::RepairNoticeService::Stub> stub_;
};

}  // namespace

std::unique_ptr<RepairableSource> NewRepairableClient(std::shared_ptr<grpc::Channel> channel) {
  return std::make_unique<RepairableClient>(std::move(channel));
}

std::unique_ptr<RecordSource> NewPublicationClient(std::shared_ptr<grpc::Channel> channel) {
  return std::make_unique<PublicationClient>(std::move(channel));
}

}  // namespace xiufu::intake
