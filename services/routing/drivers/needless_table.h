#pragma once

#include <string>
#include <vector>

#include "libs/storage/session.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// How often an authority asked for what the case held.
struct NeedlessCount {
  std::string authority_code;
  int requests = 0;        // with at least one such paper
  int whole_requests = 0;  // of them those that held nothing else
  int given_papers = 0;    // the applicant had given them
  int fetched_papers = 0;  // an authority or a system has them
};

class NeedlessTable final : public NeedlessRequests {
 public:
  int CountOf(storage::Tx& tx, const Id& case_id) const override;
  void Insert(storage::Tx& tx, const AnswerKey& key, const Case& kase, absl::Time at,
              const PapersOnFile& on_file, bool whole) const override;
  // By code, of requests in [from, to).
  std::vector<NeedlessCount> ByAuthority(storage::Session& session, absl::Time from,
                                         absl::Time to) const;
};

}  // namespace xiufu::routing
