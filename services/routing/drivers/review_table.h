#pragma once

#include <string>
#include <vector>

#include "libs/storage/session.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// A case that waits for a reviewer.
struct CaseInPreCheck {
  Id case_id;
  Id application;
  std::string application_number;
  std::string snapshot;  // xiufu.common.v1.RecordSnapshot
  std::string reviewer;
  std::string due_date;
  absl::Time since;
};

struct ReviewRow {
  std::string kind;
  std::string person;
  std::string note;
  std::vector<std::string> defects;
  absl::Time at;
};

class ReviewTable final : public Reviews {
 public:
  void Insert(storage::Tx& tx, const Case& before, absl::Time at,
              const Reviewed& reviewed) const override;
  void Insert(storage::Tx& tx, const Case& kase, const Opinion& opinion) const override;
  std::vector<Opinion> Opinions(storage::Tx& tx, const Id& case_id) const override;

  // The oldest first, after that one of that time.
  std::vector<CaseInPreCheck> Waiting(storage::Session& session, absl::Time after_at,
                                      const Id& after, int limit) const;
  std::vector<ReviewRow> Of(storage::Session& session, const Id& case_id) const;
};

}  // namespace xiufu::routing
