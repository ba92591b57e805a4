#include "services/intake/drivers/rating_reasons.h"

#include <set>

#include "libs/data/folder.h"
#include "libs/data/table.h"

namespace xiufu::intake {

absl::StatusOr<std::vector<RatingReason>> LoadRatingReasons(absl::string_view folder) {
  data::Problems problems;
  const std::vector<data::File> files = data::ReadFolder(folder, problems);
  std::vector<RatingReason> reasons;
  std::set<std::string> ids;
  if (const data::File* file = data::RequireFile(files, folder, "reasons", problems)) {
    data::Table table(file->path, file->root, problems);
    for (data::Table& row : table.Tables("reason")) {
      RatingReason reason{
          row.Text("id"), {row.Text("zh"), row.Text("en")}, row.OptionalBool("retired", false)};
      // Ids are stored as one list.
      if (reason.id.find(',') != std::string::npos) row.ComplainAbout("id", "holds a comma");
      if (!ids.insert(reason.id).second) row.ComplainAbout("id", "there before");
      row.Finish();
      reasons.push_back(std::move(reason));
    }
    table.Finish();
  }
  if (!problems.empty()) return problems.ToStatus();
  return reasons;
}

}  // namespace xiufu::intake
