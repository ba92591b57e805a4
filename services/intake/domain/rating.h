#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/messages.h"
#include "services/intake/domain/application.h"

namespace xiufu::intake {

// Named, since the scales at the edges run opposite. The numbers are those of the contract.
enum class Satisfaction {
  kUnspecified = 0,
  kVerySatisfied = 1,
  kSatisfied = 2,
  kNeutral = 3,
  kDissatisfied = 4,
  kVeryDissatisfied = 5,
};
inline constexpr Satisfaction kSatisfactions[] = {
    Satisfaction::kVerySatisfied, Satisfaction::kSatisfied, Satisfaction::kNeutral,
    Satisfaction::kDissatisfied, Satisfaction::kVeryDissatisfied};

// A bad rating (差评): somebody sees to it.
inline bool IsBad(Satisfaction satisfaction) {
  return satisfaction == Satisfaction::kDissatisfied ||
         satisfaction == Satisfaction::kVeryDissatisfied;
}

// 满意度代码 of GB/T 39046 A.8: 1 very satisfied ... 5 very dissatisfied.
int GbtCodeOf(Satisfaction satisfaction);
std::optional<Satisfaction> FromGbtCode(int code);
// Of the platforms' exchange: 1 very dissatisfied ... 5 very satisfied.
int PlatformCodeOf(Satisfaction satisfaction);
std::optional<Satisfaction> FromPlatformCode(int code);

// 评价渠道, numbered as the platforms do; 1 to kLastRatingChannel.
inline constexpr int kLastRatingChannel = 7;

// What may be named as a reason.
struct RatingReason {
  std::string id;
  catalogue::BilingualText text;
  bool retired = false;  // known, offered no more
};

struct RateCommand {
  std::string name;
  std::string query_code;
  int satisfaction = 0;
  int channel = 0;
  std::vector<std::string> reasons;
  std::string text;
};

struct Rating {
  Id application;
  std::string number;
  Satisfaction satisfaction = Satisfaction::kUnspecified;
  int channel = 0;
  std::vector<std::string> reasons;
  std::string text;
  absl::Time rated;
  std::string follow_up_person;  // empty: nobody has seen to it
  std::string follow_up_note;
  absl::Time followed_up = absl::InfinitePast();
};

// INVALID_ARGUMENT with everything that is wrong; what is right has no application yet.
absl::StatusOr<Rating> ValidateRating(const RateCommand& command,
                                      const std::vector<RatingReason>& reasons);
// FAILED_PRECONDITION (APPLICATION_NOT_CONCLUDED), ALREADY_EXISTS (ALREADY_RATED).
absl::Status DecideRating(const Application& application, const std::optional<Rating>& known);
// FAILED_PRECONDITION (RATING_NOT_BAD, RATING_FOLLOWED_UP).
absl::Status DecideFollowUp(const Rating& rating);

}  // namespace xiufu::intake
