#pragma once

#include <grpcpp/support/server_callback.h>

#include "libs/rpc/page_token.h"
#include "services/publication/drivers/publication_service.h"
#include "services/publication/drivers/sql_imports.h"
#include "xiufu/publication/v1/publication.pb.h"

namespace xiufu::publication {

// The operator's part of PublicationService: what became of imports. Refuses everybody else.
class ImportsApi {
 public:
  // `parts` outlives it.
  explicit ImportsApi(const ServiceParts* parts)
      : parts_(parts), page_tokens_(parts->page_token_key) {}

  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context,
                                const v1::GetImportRequest* request,
                                v1::ImportProgress* response) const;
  grpc::ServerUnaryReactor* ListNotes(grpc::CallbackServerContext* context,
                                      const v1::ListImportNotesRequest* request,
                                      v1::ListImportNotesResponse* response) const;

 private:
  absl::Status Find(const v1::GetImportRequest& request, v1::ImportProgress& response) const;
  absl::Status Fill(const v1::ListImportNotesRequest& request,
                    v1::ListImportNotesResponse& response) const;

  const ServiceParts* const parts_;
  const rpc::PageTokens page_tokens_;
  const SqlImports imports_;
};

}  // namespace xiufu::publication
