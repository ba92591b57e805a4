#pragma once

#include <cstdint>

#include "services/routing/app/ports.h"

namespace xiufu::routing {

// What an operator is shown of a due date that moved.
struct DueMoveRow {
  int64_t id = 0;  // ascending: the order in which they moved
  Id case_id;
  Id application;
  std::string application_number;
  AuthorityRef authority;
  std::string kind;
  std::string from_date;
  std::string to_date;
  std::string from_calendar;
  std::string to_calendar;
  bool was_provisional = false;
  absl::Time at;
  Id objection;  // in place of the case
};

class DueMoveTable final : public DueMoves {
 public:
  void Add(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& before,
           const DeadlineReceipt& after, absl::Time at) const override;
  std::string AppliedCalendar(storage::Tx& tx) const override;
  void NoteApplied(storage::Tx& tx, absl::string_view calendar, absl::Time at) const override;

  std::vector<DueMoveRow> List(storage::Session& session, int64_t after, int limit) const;
};

}  // namespace xiufu::routing
