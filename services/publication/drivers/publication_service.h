#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/catalogue/law.h"
#include "libs/feed/layouts_in_force.h"
#include "libs/storage/database.h"

namespace grpc {
class Service;
}

namespace xiufu::publication {

struct ServiceParts {
  storage::Database* database = nullptr;
  const Clock* clock = nullptr;
  Ids* ids = nullptr;
  const catalogue::LawInForce* law = nullptr;
  const feed::LayoutsInForce* layouts = nullptr;
  std::string page_token_key;  // rpc::PageTokenKey
};

// xiufu.publication.v1.PublicationService. ImportRecords is for the principal "operator" only.
std::unique_ptr<grpc::Service> NewPublicationService(const ServiceParts& parts);

}  // namespace xiufu::publication
