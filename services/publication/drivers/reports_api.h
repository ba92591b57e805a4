#pragma once

#include <grpcpp/support/server_callback.h>

#include "libs/rpc/page_token.h"
#include "services/publication/app/take_report.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/publication_service.h"
#include "services/publication/drivers/sql_records.h"
#include "services/publication/drivers/sql_reports.h"
#include "xiufu/publication/v1/publication.pb.h"

namespace xiufu::publication {

// The operator's part of PublicationService: results that authorities reached by themselves.
// Refuses everybody else.
class ReportsApi {
 public:
  // `parts` outlives it.
  explicit ReportsApi(const ServiceParts* parts)
      : parts_(parts),
        page_tokens_(parts->page_token_key),
        take_report_(&records_, &reports_, &announcer_, parts->law) {}

  grpc::ServerUnaryReactor* Report(grpc::CallbackServerContext* context,
                                   const v1::ReportResultRequest* request,
                                   v1::ReportResultResponse* response) const;
  grpc::ServerUnaryReactor* ListWithdrawals(grpc::CallbackServerContext* context,
                                            const v1::ListWithdrawalsRequest* request,
                                            v1::ListWithdrawalsResponse* response) const;

 private:
  struct Told {
    NaturalKey key;
    std::string authority_name;
    Reported reported;
    std::string source;
  };
  absl::StatusOr<Told> Read(const v1::ReportResultRequest& request) const;
  absl::Status Take(const Told& told, storage::Tx& tx, v1::ReportResultResponse& response) const;
  absl::Status Fill(const v1::ListWithdrawalsRequest& request,
                    v1::ListWithdrawalsResponse& response) const;

  const ServiceParts* const parts_;
  const rpc::PageTokens page_tokens_;
  const SqlRecords records_;
  const SqlReports reports_;
  const OutboxReportAnnouncer announcer_;
  const TakeReport take_report_;
};

}  // namespace xiufu::publication
