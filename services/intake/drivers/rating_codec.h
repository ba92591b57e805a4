#pragma once

#include "services/intake/app/rate_application.h"
#include "xiufu/intake/v1/rating.pb.h"

namespace xiufu::intake {

v1::Rating ToProto(const Rating& rating);
v1::Rating ToProto(const ListedRating& listed);
v1::SummarizeRatingsResponse::Figures ToProto(const RatingFigures& figures);
RateCommand CommandOf(const v1::RateApplicationRequest& request);

}  // namespace xiufu::intake
