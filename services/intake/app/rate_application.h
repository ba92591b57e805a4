#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/rating.h"

namespace xiufu::intake {

// What a list of ratings is limited to.
struct RatingFilter {
  bool to_follow_up = false;
  std::string authority_code;  // empty: all
  int64_t before = 0;          // only rows before this position; 0: from the newest
  int limit = 0;
};

struct ListedRating {
  int64_t position = 0;
  Rating rating;
  std::vector<Authority> authorities;
  std::string came_through;
};

// Counts of one authority, or of one window or portal; by satisfaction, from the best.
struct RatingFigures {
  std::string code;
  std::string name;
  int64_t counts[std::size(kSatisfactions)] = {};
};
enum class FiguresBy { kAuthority, kCameThrough };

class RatingTable {
 public:
  virtual ~RatingTable() = default;
  virtual std::optional<Rating> Find(storage::Session& session, const Id& application) const = 0;
  virtual std::optional<Rating> FindByNumber(storage::Session& session,
                                             absl::string_view number) const = 0;
  virtual void Insert(storage::Tx& tx, const Rating& rating) const = 0;
  virtual void SaveFollowUp(storage::Tx& tx, const Rating& rating) const = 0;
  // Newest first.
  virtual std::vector<ListedRating> List(storage::Session& session,
                                         const RatingFilter& filter) const = 0;
  // Of ratings given in [from, to); by code.
  virtual std::vector<RatingFigures> Figures(storage::Session& session, FiguresBy by,
                                             absl::Time from, absl::Time to) const = 0;
};

// What applicants say of how it went, once per application. Any thread.
class RateApplicationCase {
 public:
  // All outlive it.
  RateApplicationCase(CallContext context, Tables tables, const RatingTable* ratings,
                      std::vector<RatingReason> reasons)
      : context_(context), tables_(tables), ratings_(ratings), reasons_(std::move(reasons)) {}

  // The refusals of ValidateRating and DecideRating; NOT_FOUND as in FindShown.
  void operator()(const Call& call, const RateCommand& command, ClientWrite<Rating> write) const;

  const std::vector<RatingReason>& reasons() const { return reasons_; }

 private:
  const CallContext context_;
  const Tables tables_;
  const RatingTable* const ratings_;
  const std::vector<RatingReason> reasons_;
};

// What somebody did about a bad rating. NOT_FOUND (RATING_NOT_FOUND); the refusals of
// DecideFollowUp.
absl::StatusOr<Rating> FollowUp(const RatingTable& ratings, absl::string_view number,
                                absl::string_view person, absl::string_view note, absl::Time now,
                                storage::Tx& tx);

}  // namespace xiufu::intake
