#include "services/intake/drivers/record_table.h"

#include "services/intake/drivers/common_codec.h"

namespace xiufu::intake {
namespace {

RecordSnapshot ReadSnapshot(absl::string_view bytes) {
  common::v1::RecordSnapshot proto;
  proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  // It was checked when it came; a store that gives back something else is caught by its own check.
  return FromProto(proto).value_or(RecordSnapshot());
}

}  // namespace

std::vector<Id> SqlRecordTable::IdsOf(storage::Session& session, const Id& application) const {
  storage::Query query = session.Sql(
      "SELECT record FROM application_record WHERE application = ? ORDER BY ordinal", application);
  std::vector<Id> ids;
  while (query.Next()) ids.push_back(query.IdAt(0));
  return ids;
}

std::vector<ApplicationRecord> SqlRecordTable::Of(storage::Session& session,
                                                  const Id& application) const {
  storage::Query query = session.Sql(
      "SELECT snapshot, rule_id, catalogue_version, catalogue_sha256, calendar_version"
      " FROM application_record WHERE application = ? ORDER BY ordinal",
      application);
  std::vector<ApplicationRecord> records;
  while (query.Next()) {
    const RuleRef rule = {std::string(query.Text(1)), std::string(query.Text(2)),
                          std::string(query.Text(3)), std::string(query.Text(4))};
    records.push_back({ReadSnapshot(query.Blob(0)), rule});
  }
  return records;
}

std::optional<Id> SqlRecordTable::HolderOf(storage::Session& session, const Id& record) const {
  storage::Query query = session.Sql(
      "SELECT application FROM application_record WHERE record = ? AND hold IS NOT NULL", record);
  if (!query.Next()) return std::nullopt;
  return query.IdAt(0);
}

std::optional<Hold> SqlRecordTable::HoldOf(storage::Session& session, const Id& record) const {
  storage::Query query = session.Sql(
      "SELECT hold FROM application_record WHERE record = ? AND hold IS NOT NULL", record);
  if (!query.Next()) return std::nullopt;
  return static_cast<Hold>(query.Int(0));
}

void SqlRecordTable::Insert(storage::Tx& tx, const Id& application,
                            const std::vector<RecordSnapshot>& records) const {
  for (size_t i = 0; i < records.size(); ++i) {
    const std::string snapshot = ToProto(records[i]).SerializeAsString();
    tx.Run(
        "INSERT INTO application_record (application, ordinal, record, version, snapshot, rule_id,"
        " catalogue_version, catalogue_sha256, calendar_version, hold)"
        " VALUES (?, ?, ?, ?, ?, '', '', '', '', NULL)",
        application, i, records[i].record, records[i].version, storage::Blob{snapshot});
  }
}

void SqlRecordTable::Take(storage::Tx& tx, const Id& application,
                          const std::vector<ApplicationRecord>& records) const {
  for (size_t i = 0; i < records.size(); ++i) {
    const RuleRef& rule = records[i].rule;
    tx.Run(
        "UPDATE application_record SET rule_id = ?, catalogue_version = ?, catalogue_sha256 = ?,"
        " calendar_version = ?, hold = ? WHERE application = ? AND ordinal = ?",
        rule.rule_id, rule.catalogue_version, rule.catalogue_sha256, rule.calendar_version,
        static_cast<int>(Hold::kOpen), application, i);
  }
}

void SqlRecordTable::SetHold(storage::Tx& tx, const Id& application, const Id& record,
                             std::optional<Hold> hold) const {
  std::optional<int> value;
  if (hold.has_value()) value = static_cast<int>(*hold);
  tx.Run("UPDATE application_record SET hold = ? WHERE application = ? AND record = ?", value,
         application, record);
}

}  // namespace xiufu::intake
