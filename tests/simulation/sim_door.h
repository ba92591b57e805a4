#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/intake/wiring.h"

namespace xiufu::simulation {

// 信用中国 in the same process: pushes applications to intake under its own numbers, sends papers,
// supplements and withdrawals, and takes what comes back under each number. Looks at the order in
// which that comes.
class SimDoor final : public intake::UpstreamDoor {
 public:
  // Of its calls, each is lost on its way once in `lost_in`, before or after it had its effect; 0
  // never. What is lost follows from the seed and from which call it is, not from what came before.
  SimDoor(uint64_t seed, int lost_in) : seed_(seed), lost_in_(lost_in) {}
  void Connect(intake::IntakeNode* intake, storage::Database* database) {
    intake_ = intake;
    database_ = database;
  }

  // A record as the door knows it.
  struct About {
    std::string subject_uscc;
    std::string authority_uscc;
    std::string document_no;
  };
  // Under this number; the same number with the same record is the same push.
  absl::StatusOr<intake::PushState> Push(const std::string& number, const About& about,
                                         absl::Time received);
  // The papers of the application, and of all supplements.
  absl::Status SendPapers(const std::string& number);
  absl::Status Supplement(const std::string& number, int round);
  absl::Status Withdraw(const std::string& number);
  // A person here has a push looked at again, for this record if any.
  absl::Status TakeUp(const Id& push, const Id& record);

  absl::Status Return(const std::string& content, absl::Time deadline) override;

  // What came back, by number, in order: "RECEIVED", "ACCEPTED", "RESULT", ...
  const std::map<std::string, std::vector<std::string>>& returned() const { return returned_; }
  // The round of the last request for a supplement; 0 none.
  int Asked(const std::string& number) const;
  // What should not have come so.
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  bool Lost(const std::string& call) const;
  template <typename StartFn>
  absl::StatusOr<intake::PushStanding> Settle(StartFn start);

  const uint64_t seed_;
  const int lost_in_;
  intake::IntakeNode* intake_ = nullptr;
  storage::Database* database_ = nullptr;
  std::map<std::string, std::vector<std::string>> returned_;
  std::map<std::string, int> asked_;
  std::map<std::string, std::string> by_id_;  // content
  std::map<std::string, int> calls_;          // by return
  std::vector<std::string> faults_;
};

}  // namespace xiufu::simulation
