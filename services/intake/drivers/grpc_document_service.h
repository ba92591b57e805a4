#pragma once

#include <memory>
#include <string>

#include "services/intake/app/read_documents.h"
#include "services/intake/app/rule_shelf.h"
#include "services/intake/drivers/letters.h"
#include "services/intake/drivers/worker_pool.h"

namespace grpc {
class Service;
}

namespace xiufu::intake {

struct DocumentParts {
  const ReadDocuments* documents = nullptr;
  const RuleShelf* rules = nullptr;
  WorkerPool* workers = nullptr;
  Letters* letters = nullptr;
  std::string progress_link;  // see DocumentLetter
};

// xiufu.intake.v1.DocumentService. Everything in `parts` outlives it.
std::unique_ptr<grpc::Service> NewGrpcDocumentService(DocumentParts parts);

}  // namespace xiufu::intake
