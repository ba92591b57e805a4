#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// 督办单: a person asks an authority about a deadline that it has missed, and keeps what it
// replies. Nothing about the case changes by it.
class Supervise {
 public:
  struct Issue {
    Id case_id;
    std::string kind;  // of the deadline
    std::string person;
    std::string demand;
    absl::Time at;
  };
  struct Reply {
    std::string number;
    std::string person;  // of the authority
    std::string text;
    absl::Time at;
  };

  Supervise(const Ports* ports, const LawBook* law) : ports_(ports), law_(law) {}

  // NOT_FOUND (CASE_NOT_FOUND), FAILED_PRECONDITION (NOT_THE_AUTHORITYS, NOT_WITH_AUTHORITY,
  // NOT_OVERDUE, ORDER_OPEN, NO_REPLY_LIMIT).
  // The authority's system is told.
  absl::StatusOr<SupervisionOrder> operator()(const Issue& issue, const messaging::Cause& cause,
                                              storage::Tx& tx) const;
  // NOT_FOUND (ORDER_NOT_FOUND), FAILED_PRECONDITION (REPLIED_ALREADY).
  absl::StatusOr<SupervisionOrder> operator()(const Reply& reply, storage::Tx& tx) const;

 private:
  const Ports* const ports_;
  const LawBook* const law_;
};

}  // namespace xiufu::routing
