#include "services/intake/drivers/rating_table.h"

#include <limits>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace xiufu::intake {
namespace {

// Read by ReadRating in this order.
#define XIUFU_RATING_COLUMNS                                                               \
  "rating.application, rating.number, satisfaction, rating.channel, reasons, text, rated," \
  " follow_up_person, follow_up_note, followed_up"

Rating ReadRating(const storage::Query& query) {
  Rating rating;
  rating.application = query.IdAt(0);
  rating.number = std::string(query.Text(1));
  rating.satisfaction = static_cast<Satisfaction>(query.Int(2));
  rating.channel = static_cast<int>(query.Int(3));
  rating.reasons = absl::StrSplit(query.Text(4), ',', absl::SkipEmpty());
  rating.text = std::string(query.Text(5));
  rating.rated = query.TimeAt(6);
  rating.follow_up_person = std::string(query.Text(7));
  rating.follow_up_note = std::string(query.Text(8));
  rating.followed_up = query.TimeAt(9);
  return rating;
}

std::vector<Authority> AuthoritiesOf(storage::Session& session, const Id& application) {
  storage::Query query = session.Sql(
      "SELECT DISTINCT authority_code, authority_name, authority_uscc FROM case_view"
      " WHERE application = ? AND opened IS NOT NULL ORDER BY authority_code, authority_name",
      application);
  std::vector<Authority> authorities;
  while (query.Next()) {
    authorities.push_back(
        {std::string(query.Text(0)), std::string(query.Text(1)), std::string(query.Text(2))});
  }
  return authorities;
}

// One row is (code, name, satisfaction, count), those of a code together.
std::vector<RatingFigures> Collect(storage::Query query) {
  std::vector<RatingFigures> all;
  while (query.Next()) {
    if (all.empty() || all.back().code != query.Text(0) || all.back().name != query.Text(1)) {
      all.push_back({std::string(query.Text(0)), std::string(query.Text(1)), {}});
    }
    for (size_t i = 0; i < std::size(kSatisfactions); ++i) {
      if (static_cast<int>(kSatisfactions[i]) == query.Int(2)) all.back().counts[i] = query.Int(3);
    }
  }
  return all;
}

}  // namespace

std::optional<Rating> SqlRatingTable::Find(storage::Session& session, const Id& application) const {
  storage::Query query =
      session.Sql("SELECT " XIUFU_RATING_COLUMNS " FROM rating WHERE application = ?", application);
  if (!query.Next()) return std::nullopt;
  return ReadRating(query);
}

std::optional<Rating> SqlRatingTable::FindByNumber(storage::Session& session,
                                                   absl::string_view number) const {
  storage::Query query =
      session.Sql("SELECT " XIUFU_RATING_COLUMNS " FROM rating WHERE number = ?", number);
  if (!query.Next()) return std::nullopt;
  return ReadRating(query);
}

void SqlRatingTable::Insert(storage::Tx& tx, const Rating& rating) const {
  tx.Run(
      "INSERT INTO rating (application, number, satisfaction, channel, reasons, text, rated,"
      " follow_up_person, follow_up_note, followed_up) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      rating.application, rating.number, static_cast<int>(rating.satisfaction), rating.channel,
      absl::StrJoin(rating.reasons, ","), rating.text, rating.rated, rating.follow_up_person,
      rating.follow_up_note, rating.followed_up);
}

void SqlRatingTable::SaveFollowUp(storage::Tx& tx, const Rating& rating) const {
  tx.Run(
      "UPDATE rating SET follow_up_person = ?, follow_up_note = ?, followed_up = ?"
      " WHERE application = ?",
      rating.follow_up_person, rating.follow_up_note, rating.followed_up, rating.application);
}

std::vector<ListedRating> SqlRatingTable::List(storage::Session& session,
                                               const RatingFilter& filter) const {
  const int64_t before = filter.before > 0 ? filter.before : std::numeric_limits<int64_t>::max();
  std::vector<ListedRating> listed;
  {
    storage::Query query = session.Sql(
        "SELECT " XIUFU_RATING_COLUMNS
        ", position, COALESCE(filing.window, application.channel) FROM rating"
        " JOIN application ON application.id = rating.application"
        " LEFT JOIN filing ON filing.application = rating.application"
        " WHERE position < ?1 AND (?2 = 0 OR (satisfaction >= 4 AND followed_up IS NULL))"
        " AND (?3 = '' OR EXISTS (SELECT 1 FROM case_view WHERE case_view.application ="
        "  rating.application AND authority_code = ?3 AND opened IS NOT NULL))"
        " ORDER BY position DESC LIMIT ?4",
        before, filter.to_follow_up ? 1 : 0, filter.authority_code, filter.limit);
    while (query.Next()) {
      listed.push_back({query.Int(10), ReadRating(query), {}, std::string(query.Text(11))});
    }
  }
  for (ListedRating& one : listed) {
    one.authorities = AuthoritiesOf(session, one.rating.application);
  }
  return listed;
}

std::vector<RatingFigures> SqlRatingTable::Figures(storage::Session& session, FiguresBy by,
                                                   absl::Time from, absl::Time to) const {
  if (by == FiguresBy::kCameThrough) {
    return Collect(session.Sql(
        "SELECT COALESCE(filing.window, application.channel), '', satisfaction, COUNT(*)"
        " FROM rating JOIN application ON application.id = rating.application"
        " LEFT JOIN filing ON filing.application = rating.application"
        " WHERE rated >= ? AND rated < ? GROUP BY 1, 3 ORDER BY 1, 3",
        from, to));
  }
  return Collect(session.Sql(
      "SELECT authority_code, authority_name, satisfaction, COUNT(DISTINCT rating.application)"
      " FROM rating JOIN case_view ON case_view.application = rating.application"
      " WHERE opened IS NOT NULL AND rated >= ? AND rated < ?"
      " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
      from, to));
}

#undef XIUFU_RATING_COLUMNS

}  // namespace xiufu::intake
