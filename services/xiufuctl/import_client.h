#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::ctl {

struct ImportProgress {
  int64_t rows = 0;  // accounted for by publication
  int64_t sent = 0;  // bytes
  int64_t size = 0;
};

// Publication as the principal "operator".
class ImportClient {
 public:
  // `credentials`: folder with operator.token.
  static absl::StatusOr<ImportClient> Connect(const std::string& target,
                                              const std::string& credentials);

  // Streams a feed. An import of the same file that was cut off, by whatever end, goes on. `layout`
  // empty: the file's header tells. `watch` is called now and then; nullptr: never. NOT_FOUND when
  // the file cannot be read.
  absl::StatusOr<publication::v1::ImportReport> Import(
      const std::string& file, const std::string& layout,
      const std::function<void(const ImportProgress&)>& watch) const;

  using Note = publication::v1::ListImportNotesResponse::Note;
  // Everything the import had to say, in order, page by page.
  absl::Status ForEachNote(const std::string& import,
                           absl::FunctionRef<void(const Note&)> take) const;

 private:
  explicit ImportClient(std::unique_ptr<publication::v1::PublicationService::Stub> stub)
      : stub_(std::move(stub)) {}
  int64_t RowsOf(const std::string& request_id) const;

  std::unique_ptr<publication::v1::PublicationService::Stub> stub_;
};

}  // namespace xiufu::ctl
