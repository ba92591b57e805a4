#pragma once

#include <optional>
#include <vector>

#include "libs/service/work.h"
#include "libs/storage/database.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/create_application.h"
#include "services/intake/app/push_standing.h"
#include "services/intake/app/tell_upstream.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

inline constexpr char kTakeUpJob[] = "take_up_pushed";
inline constexpr char kLookAgainTimer[] = "LOOK_FOR_PUSHED_RECORD";  // subject: the push
inline constexpr char kRecordsCameTimer[] = "RECORDS_CAME";  // payload: the last push seen to

// Takes a push into a case. Its record is looked up at publication by a job; then, on the writer,
// it joins the case that the record has, becomes an application of its own, or waits for what is
// missing: papers, the record itself (looked for again when records have come, and every hour), or
// a person.
class TakeUpPushed {
 public:
  struct Parts {
    CallContext context;
    LawSource law;
    Tables tables;
    const PushTable* pushes = nullptr;
    RecordSource* records = nullptr;
    const CreateApplicationCase* create = nullptr;
    const Announcer* announcer = nullptr;
    const TellUpstream* tell = nullptr;
  };
  explicit TakeUpPushed(const Parts& parts) : parts_(parts) {}

  // A look at publication, at once; for a record that a person names, or as the door named it.
  void Schedule(storage::Tx& tx, StoredPush& push, const Id& record, absl::Time now) const;
  // The job, on a worker thread.
  service::JobOutcome LookUp(storage::Database& database, const storage::Job& job,
                             absl::Time deadline) const;
  absl::Status LookAgain(const storage::Timer& timer, absl::Time now, storage::Tx& tx) const;
  // Records came to publication, or changed: every push that lacks its own looks at once, so many
  // of them in a write that nothing else waits long.
  void RecordsCame(storage::Tx& tx, absl::Time now) const;
  absl::Status LookForMany(const storage::Timer& timer, absl::Time now, storage::Tx& tx) const;

 private:
  absl::StatusOr<std::vector<RecordSnapshot>> FindRecords(const RecordKey& key,
                                                          absl::Time deadline) const;
  absl::Status Take(storage::Tx& tx, const Id& id, const Id& look,
                    const std::vector<RecordSnapshot>& found, absl::Time now) const;
  absl::Status Join(storage::Tx& tx, StoredPush& push, const Id& application, absl::Time now) const;
  absl::Status Open(storage::Tx& tx, StoredPush& push, const ApplicationRecord& record,
                    const std::vector<PushedMaterial>& papers, absl::Time now) const;

  const Parts parts_;
};

}  // namespace xiufu::intake
