#include "services/routing/drivers/review_table.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace xiufu::routing {
namespace {

absl::string_view KindOf(Reviewed::Outcome outcome) {
  switch (outcome) {
    case Reviewed::Outcome::kPassed:
      return "PASSED";
    case Reviewed::Outcome::kDefects:
      return "DEFECTS";
    case Reviewed::Outcome::kTimeUp:
      break;
  }
  return "TIME_UP";
}

void InsertReview(storage::Tx& tx, const Case& kase, absl::Time at, const std::string& review,
                  absl::string_view kind, const std::string& person, const std::string& note,
                  const std::string& defects) {
  tx.Run(
      "INSERT INTO review (case_id, review, step, kind, person, note, defects, at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      kase.id, review, kase.step, std::string(kind), person, note, defects, at);
}

}  // namespace

void ReviewTable::Insert(storage::Tx& tx, const Case& before, absl::Time at,
                         const Reviewed& reviewed) const {
  InsertReview(tx, before, at, reviewed.review, KindOf(reviewed.outcome), reviewed.person,
               reviewed.note, absl::StrJoin(reviewed.defects, "\n"));
}

void ReviewTable::Insert(storage::Tx& tx, const Case& kase, const Opinion& opinion) const {
  InsertReview(tx, kase, opinion.at, opinion.review, "OPINION", opinion.person, opinion.text,
               absl::StrJoin(opinion.missing, "\n"));
}

std::vector<Opinion> ReviewTable::Opinions(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql(
      "SELECT review, person, note, defects, at FROM review WHERE case_id = ? AND kind = 'OPINION'"
      " ORDER BY at, review",
      case_id);
  std::vector<Opinion> opinions;
  while (row.Next()) {
    opinions.push_back({std::string(row.Text(0)), std::string(row.Text(1)),
                        std::string(row.Text(2)),
                        absl::StrSplit(row.Text(3), '\n', absl::SkipEmpty()), row.TimeAt(4)});
  }
  return opinions;
}

std::vector<CaseInPreCheck> ReviewTable::Waiting(storage::Session& session, absl::Time after_at,
                                                 const Id& after, int limit) const {
  storage::Query row = session.Sql(
      "SELECT kase.id, kase.application, task.application_number, kase.snapshot, kase.reviewer,"
      "  coalesce(deadline.due_date, ''), kase.changed_at"
      " FROM kase INDEXED BY kase_in_pre_check JOIN task ON task.id = kase.task"
      "  LEFT JOIN deadline ON deadline.case_id = kase.id AND deadline.kind = 'PRE_CHECK'"
      " WHERE kase.state = 13 AND (kase.changed_at, kase.id) > (?, ?)"
      " ORDER BY kase.changed_at, kase.id LIMIT ?",
      std::max(after_at, absl::UnixEpoch()), storage::Blob{after.bytes()}, limit);
  std::vector<CaseInPreCheck> cases;
  while (row.Next()) {
    cases.push_back({row.IdAt(0), row.IdAt(1), std::string(row.Text(2)), std::string(row.Blob(3)),
                     std::string(row.Text(4)), std::string(row.Text(5)), row.TimeAt(6)});
  }
  return cases;
}

std::vector<ReviewRow> ReviewTable::Of(storage::Session& session, const Id& case_id) const {
  storage::Query row = session.Sql(
      "SELECT kind, person, note, defects, at FROM review WHERE case_id = ? ORDER BY at, review",
      case_id);
  std::vector<ReviewRow> reviews;
  while (row.Next()) {
    reviews.push_back({std::string(row.Text(0)), std::string(row.Text(1)), std::string(row.Text(2)),
                       absl::StrSplit(row.Text(3), '\n', absl::SkipEmpty()), row.TimeAt(4)});
  }
  return reviews;
}

}  // namespace xiufu::routing
