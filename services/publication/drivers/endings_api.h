#pragma once

#include <grpcpp/support/server_callback.h>

#include "libs/rpc/page_token.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/publication_service.h"
#include "services/publication/drivers/sql_endings.h"
#include "services/publication/drivers/sql_records.h"
#include "xiufu/publication/v1/publication.pb.h"

namespace xiufu::publication {

// The operator's part of PublicationService: decisions that were not carried out here. Refuses
// everybody else.
class EndingsApi {
 public:
  // `parts` outlives it.
  explicit EndingsApi(const ServiceParts* parts)
      : parts_(parts), page_tokens_(parts->page_token_key) {}

  grpc::ServerUnaryReactor* List(grpc::CallbackServerContext* context,
                                 const v1::ListRefusedEndingsRequest* request,
                                 v1::ListRefusedEndingsResponse* response) const;
  grpc::ServerUnaryReactor* CarryOut(grpc::CallbackServerContext* context,
                                     const v1::CarryOutEndingRequest* request) const;

 private:
  absl::Status Fill(const v1::ListRefusedEndingsRequest& request,
                    v1::ListRefusedEndingsResponse& response) const;
  absl::Status Add(storage::Session& session, const Ending& ending,
                   v1::ListRefusedEndingsResponse& response) const;

  const ServiceParts* const parts_;
  const rpc::PageTokens page_tokens_;
  const SqlRecords records_;
  const SqlEndings endings_;
  const OutboxAnnouncer announcer_;
};

}  // namespace xiufu::publication
