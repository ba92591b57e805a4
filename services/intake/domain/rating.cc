#include "services/intake/domain/rating.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

constexpr size_t kMostReasons = 10;
constexpr size_t kLongestText = 500;
constexpr int kSteps = 5;

struct Codes {
  Satisfaction satisfaction;
  int gbt;
  int platform;
};
constexpr Codes kCodes[] = {{Satisfaction::kVerySatisfied, 1, 5},
                            {Satisfaction::kSatisfied, 2, 4},
                            {Satisfaction::kNeutral, 3, 3},
                            {Satisfaction::kDissatisfied, 4, 2},
                            {Satisfaction::kVeryDissatisfied, 5, 1}};

void CheckReasons(const RateCommand& command, const std::vector<RatingReason>& known,
                  Violations& violations) {
  if (command.reasons.size() > kMostReasons) {
    violations.Add("reasons", absl::StrCat(command.reasons.size(), " reasons"),
                   absl::StrCat("at most ", kMostReasons));
    return;
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < command.reasons.size(); ++i) {
    const std::string field = absl::StrCat("reasons[", i, "]");
    const auto found = std::find_if(known.begin(), known.end(), [&](const RatingReason& reason) {
      return reason.id == command.reasons[i] && !reason.retired;
    });
    if (found == known.end()) violations.Add(field, "not offered", "an id of ListRatingReasons");
    if (!seen.insert(command.reasons[i]).second) {
      violations.Add(field, "given twice", "each reason once");
    }
  }
}

}  // namespace

int GbtCodeOf(Satisfaction satisfaction) {
  for (const Codes& codes : kCodes) {
    if (codes.satisfaction == satisfaction) return codes.gbt;
  }
  return 0;
}

std::optional<Satisfaction> FromGbtCode(int code) {
  for (const Codes& codes : kCodes) {
    if (codes.gbt == code) return codes.satisfaction;
  }
  return std::nullopt;
}

int PlatformCodeOf(Satisfaction satisfaction) {
  for (const Codes& codes : kCodes) {
    if (codes.satisfaction == satisfaction) return codes.platform;
  }
  return 0;
}

std::optional<Satisfaction> FromPlatformCode(int code) {
  for (const Codes& codes : kCodes) {
    if (codes.platform == code) return codes.satisfaction;
  }
  return std::nullopt;
}

absl::StatusOr<Rating> ValidateRating(const RateCommand& command,
                                      const std::vector<RatingReason>& reasons) {
  Violations violations;
  const bool named = command.satisfaction >= 1 && command.satisfaction <= kSteps;
  if (!named) violations.Add("satisfaction", "not given or unknown", "a named satisfaction");
  if (command.channel < 1 || command.channel > kLastRatingChannel) {
    violations.Add("channel", "not given or unknown", "a named channel");
  }
  CheckReasons(command, reasons, violations);
  violations.Take(CheckMultilineText("text", command.text, 0, kLongestText));
  const Satisfaction satisfaction =
      named ? static_cast<Satisfaction>(command.satisfaction) : Satisfaction::kUnspecified;
  if (IsBad(satisfaction) && command.reasons.empty() && WithoutBlanks(command.text).empty()) {
    violations.Add("reasons", "none, nor a text", "why: at least one reason, or a text");
  }
  if (!violations.empty()) return violations.ToStatus();
  Rating rating;
  rating.satisfaction = satisfaction;
  rating.channel = command.channel;
  rating.reasons = command.reasons;
  rating.text = command.text;
  return rating;
}

absl::Status DecideRating(const Application& application, const std::optional<Rating>& known) {
  if (known.has_value()) {
    return WithReason(
        absl::AlreadyExistsError("本次申请已经评价 / this application was rated before"),
        "ALREADY_RATED");
  }
  if (Happened(application.concluded)) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError(
                        "全部办结后才能评价 / an application is rated once all of it has ended"),
                    "APPLICATION_NOT_CONCLUDED");
}

absl::Status DecideFollowUp(const Rating& rating) {
  if (!IsBad(rating.satisfaction)) {
    return WithReason(
        absl::FailedPreconditionError("不是差评，无需回访 / only a bad rating is seen to"),
        "RATING_NOT_BAD");
  }
  if (!Happened(rating.followed_up)) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError("已经回访 / somebody has seen to it before"),
                    "RATING_FOLLOWED_UP");
}

}  // namespace xiufu::intake
