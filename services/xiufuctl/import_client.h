#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/xiufuctl/service_address.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::ctl {

struct ImportProgress {
  int64_t rows = 0;  // accounted for by publication
  int64_t sent = 0;  // bytes
  int64_t size = 0;
};

// Who looks on; each may be nothing.
struct ImportWatch {
  std::function<void(const ImportProgress&)> progress;    // now and then
  std::function<void(const absl::Status&)> interruption;  // before it is tried again
};

// Publication as the principal "operator".
class ImportClient {
 public:
  // `patience`: for how long a service that went away is waited for, as long as nothing moves.
  static absl::StatusOr<ImportClient> Connect(const ServiceAddress& address,
                                              absl::Duration patience);

  // Streams a feed. An import of the same file that was cut off, by whatever end, goes on behind
  // the last rows that publication has; so does this one, by itself, when the service goes away and
  // comes back. One that was never there is not waited for. `layout` empty: the file's header
  // tells. NOT_FOUND when the file cannot be read.
  absl::StatusOr<publication::v1::ImportReport> Import(const std::string& file,
                                                       const std::string& layout,
                                                       const ImportWatch& watch) const;

  using Note = publication::v1::ListImportNotesResponse::Note;
  // Everything the import had to say, in order, page by page.
  absl::Status ForEachNote(const std::string& import,
                           absl::FunctionRef<void(const Note&)> take) const;

 private:
  ImportClient(std::unique_ptr<publication::v1::PublicationService::Stub> stub,
               absl::Duration patience)
      : stub_(std::move(stub)), patience_(patience) {}
  // Nothing of the import is there yet, but somebody who would take it.
  absl::Status IsReached(const std::string& request_id) const;
  // The whole file, once. `rows`: as many as publication was seen to have.
  absl::StatusOr<publication::v1::ImportReport> Send(
      const std::string& file, const publication::v1::ImportRecordsRequest& header, int64_t* rows,
      const ImportWatch& watch) const;
  absl::StatusOr<int64_t> RowsOf(const std::string& request_id) const;

  std::unique_ptr<publication::v1::PublicationService::Stub> stub_;
  absl::Duration patience_;
};

}  // namespace xiufu::ctl
