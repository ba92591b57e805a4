#include "services/department_adapter/drivers/sql_opinions.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace xiufu::department {

void InsertOpinionRow(storage::Tx& tx, const Opinion& opinion) {
  const std::string fingerprint = Fingerprint(opinion);
  const std::string missing = absl::StrJoin(opinion.missing, "\n");
  tx.Run(
      "INSERT INTO opinion (task, review, by_whom, text, missing, given_at, fingerprint)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      opinion.task, opinion.review, opinion.by, opinion.text, missing, opinion.given_at,
      storage::Blob{fingerprint});
}

Opinion ReadOpinion(const storage::Query& row, const Id& id) {
  return {.id = id,
          .task = row.IdAt(0),
          .review = std::string(row.Text(1)),
          .by = std::string(row.Text(2)),
          .text = std::string(row.Text(3)),
          .missing = absl::StrSplit(row.Text(4), '\n', absl::SkipEmpty()),
          .given_at = row.TimeAt(5)};
}

std::vector<Opinion> OpinionsWith(storage::Session& session, const Id& task) {
  storage::Query row = session.Sql(
      "SELECT task, review, by_whom, text, missing, given_at FROM opinion"
      " WHERE task = ? AND id IS NULL ORDER BY given_at, review",
      task);
  std::vector<Opinion> opinions;
  while (row.Next()) opinions.push_back(ReadOpinion(row, Id()));
  return opinions;
}

}  // namespace xiufu::department
