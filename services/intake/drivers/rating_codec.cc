#include "services/intake/drivers/rating_codec.h"

#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {

v1::Rating ToProto(const Rating& rating) {
  v1::Rating proto;
  proto.set_number(rating.number);
  proto.set_satisfaction(static_cast<v1::Satisfaction>(rating.satisfaction));
  proto.set_channel(static_cast<v1::RatingChannel>(rating.channel));
  for (const std::string& reason : rating.reasons) proto.add_reasons(reason);
  proto.set_text(rating.text);
  *proto.mutable_rate_time() = TimestampOf(rating.rated);
  proto.set_gbt_39046_code(GbtCodeOf(rating.satisfaction));
  proto.set_platform_code(PlatformCodeOf(rating.satisfaction));
  proto.set_follow_up_person(rating.follow_up_person);
  proto.set_follow_up_note(rating.follow_up_note);
  if (!rating.follow_up_person.empty()) {
    *proto.mutable_follow_up_time() = TimestampOf(rating.followed_up);
  }
  return proto;
}

v1::Rating ToProto(const ListedRating& listed) {
  v1::Rating proto = ToProto(listed.rating);
  for (const Authority& authority : listed.authorities) {
    *proto.add_authorities() = ToProto(authority);
  }
  proto.set_came_through(listed.came_through);
  return proto;
}

v1::SummarizeRatingsResponse::Figures ToProto(const RatingFigures& figures) {
  v1::SummarizeRatingsResponse::Figures proto;
  proto.set_code(figures.code);
  proto.set_name(figures.name);
  proto.set_very_satisfied(figures.counts[0]);
  proto.set_satisfied(figures.counts[1]);
  proto.set_neutral(figures.counts[2]);
  proto.set_dissatisfied(figures.counts[3]);
  proto.set_very_dissatisfied(figures.counts[4]);
  return proto;
}

RateCommand CommandOf(const v1::RateApplicationRequest& request) {
  return {request.name(),
          request.query_code(),
          request.satisfaction(),
          request.channel(),
          {request.reasons().begin(), request.reasons().end()},
          request.text()};
}

}  // namespace xiufu::intake
