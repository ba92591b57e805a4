#include "services/intake/app/rate_application.h"

#include <utility>

#include "libs/base/status.h"
#include "services/intake/app/find_application.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

void RateApplicationCase::operator()(const Call& call, const RateCommand& command,
                                     ClientWrite<Rating> write) const {
  Violations violations;
  violations.Take(ParseApplicationKey("name", command.name).status());
  absl::StatusOr<Rating> valid = ValidateRating(command, reasons_);
  violations.Take(valid.status());
  if (!violations.empty()) return write.done(violations.ToStatus());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write),
          [this, call, command, rating = *std::move(valid),
           now](storage::Tx& tx) mutable -> absl::StatusOr<Rating> {
            absl::StatusOr<Application> application =
                FindShown(tx, tables_, call, command.name, command.query_code);
            if (!application.ok()) return application.status();
            absl::Status decided = DecideRating(*application, ratings_->Find(tx, application->id));
            if (!decided.ok()) return decided;
            rating.application = application->id;
            rating.number = application->number;
            rating.rated = now;
            ratings_->Insert(tx, rating);
            return rating;
          });
}

absl::StatusOr<Rating> FollowUp(const RatingTable& ratings, absl::string_view number,
                                absl::string_view person, absl::string_view note, absl::Time now,
                                storage::Tx& tx) {
  std::optional<Rating> rating = ratings.FindByNumber(tx, number);
  if (!tx.status().ok()) return tx.status();
  if (!rating.has_value()) {
    return WithReason(absl::NotFoundError("no rating of an application of this number"),
                      "RATING_NOT_FOUND");
  }
  if (absl::Status decided = DecideFollowUp(*rating); !decided.ok()) return decided;
  rating->follow_up_person = std::string(person);
  rating->follow_up_note = std::string(note);
  rating->followed_up = now;
  ratings.SaveFollowUp(tx, *rating);
  return *std::move(rating);
}

}  // namespace xiufu::intake
