#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// Answers that were kept and not applied, to cases and to objections alike.
class Conflicts {
 public:
  virtual ~Conflicts() = default;
  // Whether the answer counts; nothing when there is none.
  virtual std::optional<bool> CountsOf(storage::Tx& tx, const AnswerKey& key) const = 0;
  virtual bool IsSettled(storage::Tx& tx, const AnswerKey& key) const = 0;
  virtual void Settle(storage::Tx& tx, const AnswerKey& key, absl::string_view person,
                      absl::string_view reason, absl::Time at) const = 0;
};

// A person has compared an answer that does not count with what was taken, and lets that stand.
class DismissAnswer {
 public:
  struct Command {
    AnswerKey key;
    std::string person;
    std::string reason;
  };
  explicit DismissAnswer(const Conflicts* conflicts) : conflicts_(conflicts) {}
  // NOT_FOUND (ANSWER_NOT_FOUND), FAILED_PRECONDITION (ANSWER_COUNTS, ALREADY_SETTLED).
  absl::Status operator()(const Command& command, absl::Time at, storage::Tx& tx) const;

 private:
  const Conflicts* const conflicts_;
};

}  // namespace xiufu::routing
