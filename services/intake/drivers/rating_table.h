#pragma once

#include "services/intake/app/rate_application.h"

namespace xiufu::intake {

class SqlRatingTable final : public RatingTable {
 public:
  std::optional<Rating> Find(storage::Session& session, const Id& application) const override;
  std::optional<Rating> FindByNumber(storage::Session& session,
                                     absl::string_view number) const override;
  void Insert(storage::Tx& tx, const Rating& rating) const override;
  void SaveFollowUp(storage::Tx& tx, const Rating& rating) const override;
  std::vector<ListedRating> List(storage::Session& session,
                                 const RatingFilter& filter) const override;
  std::vector<RatingFigures> Figures(storage::Session& session, FiguresBy by, absl::Time from,
                                     absl::Time to) const override;
};

}  // namespace xiufu::intake
