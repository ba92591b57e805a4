#pragma once

#include <string>
#include <vector>

#include "libs/storage/session.h"
#include "services/routing/app/dismiss_answer.h"
#include "services/routing/drivers/desk_table.h"

namespace xiufu::routing {

// An answer that a person has to compare with what was taken.
struct AnswerConflict {
  AnswerKey key;
  bool objection = false;  // key.case_id is one
  std::string number;
  std::string authority_code;  // that gave it
  std::string kind;
  std::string reason;
  bool can_be_allowed = false;
  absl::Time since;
};

class ConflictTable final : public Conflicts {
 public:
  std::optional<bool> CountsOf(storage::Tx& tx, const AnswerKey& key) const override;
  bool IsSettled(storage::Tx& tx, const AnswerKey& key) const override;
  void Settle(storage::Tx& tx, const AnswerKey& key, absl::string_view person,
              absl::string_view reason, absl::Time at) const override;

  // What nobody has settled, the oldest first, after `after`.
  std::vector<AnswerConflict> Open(storage::Session& session, const DeskPosition& after,
                                   int limit) const;
};

}  // namespace xiufu::routing
