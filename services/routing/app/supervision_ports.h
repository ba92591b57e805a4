#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/storage/tx.h"
#include "services/routing/domain/case.h"
#include "services/routing/domain/case_times.h"
#include "services/routing/domain/deadline.h"
#include "services/routing/domain/light.h"

namespace xiufu::routing {

// What was done about due dates. Acts stay as they were, also where the deadline moved later.
struct EscalationNote {
  std::string kind;
  absl::Time since;
  int step = 0;
  std::string to;
  bool proposes_order = false;
  absl::Time at;
  std::string rule_row;
};

class SupervisionLog {
 public:
  virtual ~SupervisionLog() = default;
  // False where the same was told before.
  virtual bool NoteLight(storage::Tx& tx, const Case& kase, const DeadlineReceipt& receipt,
                         Light light, absl::Time at) const = 0;
  virtual void NoteEscalation(storage::Tx& tx, const Case& kase,
                              const EscalationNote& note) const = 0;
};

// How long cases took and when they stood still.
class CaseClocks {
 public:
  virtual ~CaseClocks() = default;
  virtual void BeginPause(storage::Tx& tx, const Case& asked) const = 0;
  virtual void EndPause(storage::Tx& tx, const Id& case_id, absl::Time at) const = 0;
  virtual std::vector<CasePause> Pauses(storage::Tx& tx, const Id& case_id) const = 0;
  // When the last reviewer passed the case on; InfinitePast: none looked first.
  virtual absl::Time PassedOn(storage::Tx& tx, const Id& case_id) const = 0;
  virtual void PutTimes(storage::Tx& tx, const Case& ended, const CaseTimes& times) const = 0;
};

// 督办单.
struct SupervisionOrder {
  std::string number;
  Id case_id;
  std::string kind;  // of the deadline that was missed
  absl::Time since;
  std::string authority_code;
  std::string authority_name;
  std::string person;
  std::string demand;
  absl::Time issued_at;
  DeadlineReceipt reply_due;
  std::string reply;
  std::string replied_by;
  absl::Time replied_at = absl::InfinitePast();
};

class SupervisionOrders {
 public:
  virtual ~SupervisionOrders() = default;
  virtual int64_t NextSequence(storage::Tx& tx, absl::string_view region,
                               absl::CivilDay day) const = 0;
  // Since when the deadline of an open overdue is missed.
  virtual std::optional<absl::Time> OverdueSince(storage::Tx& tx, const Id& case_id,
                                                 absl::string_view kind) const = 0;
  // One about it that nobody has replied to.
  virtual std::optional<std::string> FindOpen(storage::Tx& tx, const Id& case_id,
                                              absl::string_view kind, absl::Time since) const = 0;
  virtual std::optional<SupervisionOrder> Find(storage::Tx& tx, absl::string_view number) const = 0;
  virtual void Insert(storage::Tx& tx, const SupervisionOrder& order) const = 0;
  virtual void Reply(storage::Tx& tx, absl::string_view number, absl::string_view person,
                     absl::string_view text, absl::Time at) const = 0;
};

}  // namespace xiufu::routing
