#pragma once

#include <grpcpp/support/server_callback.h>

#include "services/publication/app/ports.h"
#include "services/publication/drivers/publication_service.h"
#include "xiufu/publication/v1/publication.pb.h"

namespace xiufu::publication {

// One ImportRecords call. Reads a chunk, writes the batches that it completes, reads the next one:
// so a feed is never in memory whole, and a slow disk slows the sender. Deletes itself when the
// call is over.
//
// The request id is looked up before anything is written: when it was used, the feed is only
// hashed, and answered with the report that was kept or refused, and nothing changes.
//
// What a batch led to (records, notes, counts, position) is one write: killed anywhere, on either
// side, an import goes on behind its last batch when the file comes again.
grpc::ServerReadReactor<v1::ImportRecordsRequest>* NewImportCall(
    const ServiceParts& parts, const Records* records, const Imports* imports,
    grpc::CallbackServerContext* context, v1::ImportReport* response);

// With the first notes of each kind.
ImportReport ReportOf(storage::Session& session, const Imports& imports, const Import& import,
                      int64_t resumed_at);

}  // namespace xiufu::publication
