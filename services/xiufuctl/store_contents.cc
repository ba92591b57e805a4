#include "services/xiufuctl/store_contents.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/legal_day.h"
#include "libs/snapshot/record_words.h"
#include "libs/storage/copy.h"
#include "libs/storage/law_versions.h"
#include "xiufu/common/v1/common.pb.h"

namespace xiufu::ctl {
namespace {

using catalogue::WordedRecord;

constexpr char kRouting[] = "routing";
constexpr char kPublication[] = "publication";

absl::Status Broken(absl::string_view what, const Id& id) {
  return absl::DataLossError(absl::StrCat(
      "副本中的内容无法读懂 / the copy holds what cannot be read: ", what, "/", id.ToString()));
}

// False for what is neither empty nor a day.
bool TakeDay(absl::string_view text, std::optional<absl::CivilDay>& day) {
  if (text.empty()) return true;
  const absl::StatusOr<absl::CivilDay> parsed = ParseDay(text);
  if (parsed.ok()) day = *parsed;
  return parsed.ok();
}

// False for a day, kind or basis that nobody knows.
bool TakeNamed(absl::string_view determined_on, absl::string_view matter, absl::string_view basis,
               WordedRecord& words) {
  const absl::StatusOr<absl::CivilDay> day = ParseDay(determined_on);
  const auto known_matter = catalogue::MatterNamed(matter);
  const auto known_basis = catalogue::BasisNamed(basis);
  if (!day.ok() || !known_matter || !known_basis) return false;
  words.determined_on = *day;
  words.matter = *known_matter;
  words.basis = *known_basis;
  return true;
}

absl::StatusOr<CopiedRecord> FromSnapshot(absl::string_view bytes, const Id& case_id) {
  common::v1::RecordSnapshot snapshot;
  if (!snapshot.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Broken("cases", case_id);
  }
  absl::StatusOr<WordedRecord> words = WordsOf(snapshot);
  if (!words.ok()) return Broken("cases", case_id);
  CopiedRecord record;
  record.id = Id::FromBytes(snapshot.record()).value_or(Id());
  record.subject_uscc = snapshot.subject_uscc();
  record.words = *std::move(words);
  return record;
}

absl::Status ReadHistory(storage::Session& session, CopiedCase& kase) {
  storage::Query answers = session.Sql(
      "SELECT kind, received_at FROM answer WHERE case_id = ? AND counts = 1"
      " AND kind IN ('ACCEPTED', 'SUPPLEMENT_REQUESTED') ORDER BY received_at, answer_id",
      kase.id);
  storage::Query supplements = session.Sql(
      "SELECT supplemented_at FROM supplement WHERE case_id = ? ORDER BY round", kase.id);
  while (answers.Next()) {
    if (answers.Text(0) == "ACCEPTED") {
      kase.accepted_at = answers.TimeAt(1);
    } else if (supplements.Next()) {  // what nobody supplemented yet has moved nothing
      kase.pauses.push_back({answers.TimeAt(1), supplements.TimeAt(0)});
    }
  }
  storage::Query task = session.Sql(
      "SELECT task.delivered_at FROM kase JOIN task ON task.id = kase.task"
      " WHERE kase.id = ? AND task.delivered_at IS NOT NULL",
      kase.id);
  if (task.Next()) kase.delivered_at = task.TimeAt(0);
  // Neither the suite's own time nor what comes after the end.
  storage::Query due = session.Sql(
      "SELECT kind, due_date, source, confidence FROM deadline"
      " WHERE case_id = ? AND kind NOT IN ('DELIVER', 'EXECUTE', 'SHARE')",
      kase.id);
  while (due.Next()) {
    const absl::StatusOr<absl::CivilDay> day = ParseDay(due.Text(1));
    if (!day.ok()) return Broken("cases", kase.id);
    kase.due[std::string(due.Text(0))] = {*day, std::string(due.Text(2)), std::string(due.Text(3))};
  }
  return session.status();
}

absl::Status ReadCatalogue(storage::Session& session, const std::string& sha256,
                           StoreContents& contents) {
  if (contents.catalogues.contains(sha256)) return absl::OkStatus();
  const std::optional<std::string> files =
      storage::FindLaw(session, storage::kCatalogueKind, sha256);
  if (!files) return session.status();
  absl::StatusOr<catalogue::Catalogue> catalogue = catalogue::Catalogue::FromFiles(*files);
  if (!catalogue.ok()) {
    return absl::DataLossError(
        absl::StrCat("副本中存有的规则目录版本不能读取 / the copy keeps a version of the catalogue "
                     "that cannot be "
                     "read: ",
                     sha256, "\n", catalogue.status().message()));
  }
  contents.catalogues.emplace(sha256, *std::move(catalogue));
  return absl::OkStatus();
}

absl::Status ReadRouting(storage::Session& session, StoreContents& contents) {
  storage::Query row = session.Sql(
      "SELECT id, snapshot, authority_code, authority_kind, catalogue_sha256, opened_at,"
      " state IN (6, 9, 10, 11), result = 1 FROM kase ORDER BY id");
  while (row.Next()) {
    CopiedCase kase;
    kase.id = row.IdAt(0);
    absl::StatusOr<CopiedRecord> record = FromSnapshot(row.Blob(1), kase.id);
    if (!record.ok()) return record.status();
    kase.record = *std::move(record);
    kase.authority_code = std::string(row.Text(2));
    kase.authority_kind = std::string(row.Text(3));
    kase.catalogue_sha256 = std::string(row.Text(4));
    kase.opened_at = row.TimeAt(5);
    kase.concluded = row.Int(6) != 0;
    kase.approved = row.Int(7) != 0;
    absl::Status status = ReadHistory(session, kase);
    if (status.ok()) status = ReadCatalogue(session, kase.catalogue_sha256, contents);
    if (!status.ok()) return status;
    contents.cases.push_back(std::move(kase));
  }
  return session.status();
}

absl::StatusOr<CopiedRecord> FromRow(const storage::Query& row) {
  CopiedRecord record;
  record.id = row.IdAt(0);
  record.subject_uscc = std::string(row.Text(1));
  WordedRecord& words = record.words;
  if (!TakeNamed(row.Text(2), row.Text(3), row.Text(4), words) ||
      !TakeDay(row.Text(5), words.published_on) || !TakeDay(row.Text(6), words.corrected_on) ||
      !TakeDay(row.Text(7), words.restriction_until)) {
    return Broken("records", record.id);
  }
  words.authority_name = std::string(row.Text(8));
  words.authority_uscc = std::string(row.Text(9));
  words.kinds = absl::StrSplit(row.Text(10), '\n', absl::SkipEmpty());
  words.fine_fen = row.Int(11);
  words.confiscated_fen = row.Int(12);
  words.procedure = std::string(row.Text(13));
  words.violation = std::string(row.Text(14));
  words.legal_basis = std::string(row.Text(15));
  words.list_name = std::string(row.Text(16));
  words.ground = std::string(row.Text(17));
  return record;
}

absl::Status ReadPublication(storage::Session& session, StoreContents& contents) {
  contents.knows_records = true;
  // Public ones, and those that are not because the law of their time forbids it: another may not.
  storage::Query row = session.Sql(
      "SELECT id, subject_uscc, decision_date, matter, repair_basis, published_on, corrected_on,"
      " restriction_until, authority_name, authority_uscc, penalty_kinds, fine_fen,"
      " confiscated_fen, procedure, violation, basis, list_name, ground"
      " FROM record WHERE state IN (1, 2) ORDER BY id");
  while (row.Next()) {
    absl::StatusOr<CopiedRecord> record = FromRow(row);
    if (!record.ok()) return record.status();
    contents.published.push_back(*std::move(record));
  }
  return session.status();
}

absl::Status ReadStore(const std::string& path, const std::string& service,
                       storage::Session& session, std::set<std::string>& seen,
                       StoreContents& contents) {
  if (service != kRouting && service != kPublication) {
    return absl::InvalidArgumentError(
        absl::StrCat(path,
                     ": 应为routing或publication的副本 / a copy of routing or publication belongs "
                     "here, not of ",
                     service));
  }
  if (!seen.insert(service).second) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": 已有该服务的副本 / there is a copy of this service already: ", service));
  }
  return service == kRouting ? ReadRouting(session, contents) : ReadPublication(session, contents);
}

}  // namespace

absl::StatusOr<StoreContents> ReadStores(const std::vector<std::string>& paths) {
  StoreContents contents;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    const absl::Status status =
        storage::ReadSealed(path, [&](const std::string& service, storage::Session& session) {
          return ReadStore(path, service, session, seen, contents);
        });
    if (!status.ok()) return status;
  }
  return contents;
}

}  // namespace xiufu::ctl
