#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/storage/tx.h"
#include "services/publication/app/ports.h"

namespace xiufu::publication {

// What imports had to say about rows goes after its time, some at once so that the writer stays
// free; the imports themselves and their counts stay. Nobody can go on with one that was not
// finished in that time: its file would begin anew.
class SweepNotes {
 public:
  static constexpr char kTimer[] = "IMPORT_NOTES_SWEEP";
  static constexpr int kNotesAtOnce = 2000;

  // `keep`: from the end of an import, or the beginning of one without an end.
  SweepNotes(const Imports* imports, absl::Duration keep) : imports_(imports), keep_(keep) {}

  // At start.
  static absl::Status Begin(storage::Tx& tx, absl::Time now);
  // The timer function; once a day.
  absl::Status operator()(storage::Tx& tx, absl::Time now) const;

 private:
  const Imports* imports_;
  const absl::Duration keep_;
};

}  // namespace xiufu::publication
