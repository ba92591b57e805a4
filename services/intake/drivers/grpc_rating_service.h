#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/intake/app/rate_application.h"

namespace grpc {
class Service;
}

namespace xiufu::intake {

struct RatingServiceParts {
  storage::Database* database = nullptr;
  const Clock* clock = nullptr;
  const RateApplicationCase* rate = nullptr;
  const RatingTable* ratings = nullptr;
  std::string page_token_key;  // rpc::PageTokenKey
};

// xiufu.intake.v1.RatingService. Everything in `parts` outlives it.
std::unique_ptr<grpc::Service> NewGrpcRatingService(RatingServiceParts parts);

}  // namespace xiufu::intake
