#include "services/intake/drivers/pushed_table.h"

#include <utility>

#include "services/intake/drivers/front_door_codec.h"

namespace xiufu::intake {
namespace {

// Read by ReadPush in this order.
#define XIUFU_PUSHED_COLUMNS                                                                   \
  "SELECT id, front_door, principal, request, request_sha256, received, state, reason, looks," \
  " application, record FROM pushed "

StoredPush ReadPush(const storage::Query& query) {
  StoredPush push;
  push.id = query.IdAt(0);
  v1::ReceivePushedRequest request;
  request.ParseFromArray(query.Blob(3).data(), static_cast<int>(query.Blob(3).size()));
  Violations none;  // it was looked at when it came
  push.push = PushOf(request, none);
  push.push.origin.front_door = static_cast<FrontDoor>(query.Int(1));
  push.principal = std::string(query.Text(2));
  push.sha256 = std::string(query.Blob(4));
  push.received = query.TimeAt(5);
  push.state = static_cast<PushState>(query.Int(6));
  push.reason = std::string(query.Text(7));
  push.looks = static_cast<int>(query.Int(8));
  push.application = query.IdAt(9);
  push.record = query.IdAt(10);
  return push;
}

std::optional<StoredPush> ReadOnePush(storage::Query query) {
  if (!query.Next()) return std::nullopt;
  return ReadPush(query);
}

std::vector<StoredPush> ReadPushes(storage::Query query) {
  std::vector<StoredPush> pushes;
  while (query.Next()) pushes.push_back(ReadPush(query));
  return pushes;
}

Upload ReadAnnounced(const storage::Query& query) {
  return {Id(),
          std::string(query.Text(0)),
          std::string(query.Text(1)),
          std::string(query.Text(2)),
          query.Int(3),
          std::string(query.Blob(4))};
}

}  // namespace

std::optional<StoredPush> SqlPushTable::Find(storage::Session& session, const Id& id) const {
  return ReadOnePush(session.Sql(XIUFU_PUSHED_COLUMNS "WHERE id = ?", id));
}

std::optional<StoredPush> SqlPushTable::FindByNumber(storage::Session& session, FrontDoor door,
                                                     absl::string_view upstream_no) const {
  return ReadOnePush(session.Sql(XIUFU_PUSHED_COLUMNS "WHERE front_door = ? AND upstream_no = ?",
                                 static_cast<int>(door), upstream_no));
}

std::vector<StoredPush> SqlPushTable::Of(storage::Session& session, const Id& application) const {
  return ReadPushes(
      session.Sql(XIUFU_PUSHED_COLUMNS "WHERE application = ? ORDER BY id", application));
}

std::vector<StoredPush> SqlPushTable::Waiting(storage::Session& session, const Id& after,
                                              int limit) const {
  // None is before the first: its bytes are all zero.
  return ReadPushes(session.Sql(XIUFU_PUSHED_COLUMNS
                                "WHERE state NOT IN (4, 6) AND id > ? ORDER BY id LIMIT ?",
                                storage::Blob{after.bytes()}, limit));
}

void SqlPushTable::Insert(storage::Tx& tx, const StoredPush& push,
                          absl::string_view request) const {
  tx.Run(
      "INSERT INTO pushed (id, front_door, upstream_no, principal, request, request_sha256,"
      " subject_uscc, received, state, reason, looks, application, record)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
      push.id, static_cast<int>(push.push.origin.front_door), push.push.origin.upstream_no,
      push.principal, storage::Blob{request}, storage::Blob{push.sha256},
      push.push.record.subject_uscc, push.received, static_cast<int>(push.state), push.reason,
      push.looks);
}

void SqlPushTable::Save(storage::Tx& tx, const StoredPush& push) const {
  tx.Run(
      "UPDATE pushed SET state = ?, reason = ?, looks = ?, application = ?, record = ?"
      " WHERE id = ?",
      static_cast<int>(push.state), push.reason, push.looks, push.application, push.record,
      push.id);
}

std::vector<PushedMaterial> SqlPushTable::Papers(storage::Session& session, const Id& push,
                                                 int32_t round) const {
  storage::Query query = session.Sql(
      "SELECT kind, file_name, media_type, size, sha256, there FROM pushed_material"
      " WHERE pushed = ? AND round = ? ORDER BY ordinal",
      push, round);
  std::vector<PushedMaterial> papers;
  while (query.Next()) papers.push_back({ReadAnnounced(query), query.Int(5) == 1});
  return papers;
}

void SqlPushTable::InsertPapers(storage::Tx& tx, const Id& push, int32_t round,
                                const std::vector<PushedMaterial>& papers) const {
  for (size_t i = 0; i < papers.size(); ++i) {
    const Upload& paper = papers[i].paper;
    tx.Run(
        "INSERT INTO pushed_material (pushed, round, ordinal, kind, file_name, media_type, size,"
        " sha256, there) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        push, round, i, paper.kind, paper.file_name, paper.media_type, paper.size,
        storage::Blob{paper.sha256}, papers[i].there ? 1 : 0);
  }
}

std::optional<Upload> SqlPushTable::Announced(storage::Session& session, const Id& push,
                                              absl::string_view sha256) const {
  storage::Query query = session.Sql(
      "SELECT kind, file_name, media_type, size, sha256 FROM pushed_material"
      " WHERE pushed = ? AND sha256 = ? ORDER BY round, ordinal LIMIT 1",
      push, storage::Blob{sha256});
  if (!query.Next()) return std::nullopt;
  return ReadAnnounced(query);
}

std::vector<std::string> SqlPushTable::Missing(storage::Session& session, const Id& push) const {
  storage::Query query = session.Sql(
      "SELECT DISTINCT sha256 FROM pushed_material WHERE pushed = ? AND there = 0"
      " ORDER BY round, ordinal",
      push);
  std::vector<std::string> missing;
  while (query.Next()) missing.emplace_back(query.Blob(0));
  return missing;
}

void SqlPushTable::MarkThere(storage::Tx& tx, const Id& push, absl::string_view sha256) const {
  tx.Run("UPDATE pushed_material SET there = 1 WHERE pushed = ? AND sha256 = ?", push,
         storage::Blob{sha256});
}

bool SqlPushTable::SubjectHas(storage::Session& session, absl::string_view subject_uscc,
                              const Upload& paper) const {
  return session
      .Sql(
          "SELECT 1 FROM material JOIN application ON application.id = material.application"
          " WHERE material.sha256 = ?1 AND material.size = ?2 AND material.media_type = ?3"
          " AND application.subject_uscc = ?4"
          " UNION ALL SELECT 1 FROM pushed_material JOIN pushed ON pushed.id = "
          "pushed_material.pushed"
          " WHERE pushed_material.sha256 = ?1 AND size = ?2 AND media_type = ?3 AND there = 1"
          " AND pushed.subject_uscc = ?4 LIMIT 1",
          storage::Blob{paper.sha256}, paper.size, paper.media_type, subject_uscc)
      .Next();
}

std::vector<PushedSupplement> SqlPushTable::Supplements(storage::Session& session,
                                                        const Id& push) const {
  storage::Query query = session.Sql(
      "SELECT round, request_sha256, note, taken FROM pushed_supplement WHERE pushed = ?"
      " ORDER BY round",
      push);
  std::vector<PushedSupplement> supplements;
  while (query.Next()) {
    supplements.push_back({static_cast<int32_t>(query.Int(0)), std::string(query.Blob(1)),
                           std::string(query.Text(2)), !query.IsNull(3)});
  }
  return supplements;
}

void SqlPushTable::InsertSupplement(storage::Tx& tx, const Id& push,
                                    const PushedSupplement& supplement) const {
  tx.Run(
      "INSERT INTO pushed_supplement (pushed, round, request_sha256, note, taken)"
      " VALUES (?, ?, ?, ?, NULL)",
      push, supplement.round, storage::Blob{supplement.sha256}, supplement.note);
}

void SqlPushTable::MarkSupplementTaken(storage::Tx& tx, const Id& push, int32_t round,
                                       absl::Time at) const {
  tx.Run("UPDATE pushed_supplement SET taken = ? WHERE pushed = ? AND round = ?", at, push, round);
}

#undef XIUFU_PUSHED_COLUMNS

}  // namespace xiufu::intake
