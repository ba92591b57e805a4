#include "services/intake/drivers/case_table.h"

#include "services/intake/drivers/case_codec.h"

namespace xiufu::intake {
namespace {

// Read by ReadCase in this order.
#define XIUFU_CASE_COLUMNS                                                                   \
  "application, case_id, record, authority_code, authority_name, authority_uscc, rule_id,"   \
  " catalogue_version, catalogue_sha256, calendar_version, state, version, opened, changed," \
  " authority_no, result, decision_no, decision_date, remedies, supplement_round,"           \
  " supplement_requested, supplemented_round, concluded, entered, loop_closed, lists,"       \
  " withdrawal_requested, missed_round, grounds, for_a_time, revocation"

CaseView ReadCase(const storage::Query& query) {
  CaseView view;
  view.application = query.IdAt(0);
  view.id = query.IdAt(1);
  view.record = query.IdAt(2);
  view.authority = {std::string(query.Text(3)), std::string(query.Text(4)),
                    std::string(query.Text(5))};
  view.rule = {std::string(query.Text(6)), std::string(query.Text(7)), std::string(query.Text(8)),
               std::string(query.Text(9))};
  view.state = static_cast<CaseState>(query.Int(10));
  view.version = query.Int(11);
  view.opened = query.TimeAt(12);
  view.changed = query.TimeAt(13);
  view.authority_no = std::string(query.Text(14));
  view.decision.result = static_cast<CaseResult>(query.Int(15));
  view.decision.no = std::string(query.Text(16));
  view.decision.date = std::string(query.Text(17));
  view.decision.remedies = std::string(query.Text(18));
  view.supplement_round = static_cast<int32_t>(query.Int(19));
  view.supplement_requested = query.TimeAt(20);
  view.supplemented_round = static_cast<int32_t>(query.Int(21));
  view.ended = query.TimeAt(22);
  view.entered = query.TimeAt(23);
  view.loop_closed = query.TimeAt(24);
  DecodeLists(query.Blob(25), view);
  view.withdrawal_requested = query.TimeAt(26);
  view.missed_round = static_cast<int32_t>(query.Int(27));
  view.grounds = DecodeGrounds(query.Blob(28));
  view.for_a_time = query.Int(29) != 0;
  view.revocation = DecodeRevocation(query.Blob(30));
  return view;
}

}  // namespace

std::vector<CaseView> SqlCaseTable::Of(storage::Session& session, const Id& application) const {
  storage::Query query = session.Sql("SELECT " XIUFU_CASE_COLUMNS
                                     " FROM case_view WHERE application = ? ORDER BY case_id",
                                     application);
  std::vector<CaseView> cases;
  while (query.Next()) cases.push_back(ReadCase(query));
  return cases;
}

void SqlCaseTable::Save(storage::Tx& tx, const CaseView& view) const {
  const std::string lists = EncodeLists(view);
  const std::string grounds = EncodeGrounds(view.grounds);
  const std::string revocation = EncodeRevocation(view.revocation);
  tx.Run("INSERT OR REPLACE INTO case_view (" XIUFU_CASE_COLUMNS
         ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
         view.application, view.id, view.record, view.authority.code, view.authority.name,
         view.authority.uscc, view.rule.rule_id, view.rule.catalogue_version,
         view.rule.catalogue_sha256, view.rule.calendar_version, static_cast<int>(view.state),
         view.version, view.opened, view.changed, view.authority_no,
         static_cast<int>(view.decision.result), view.decision.no, view.decision.date,
         view.decision.remedies, view.supplement_round, view.supplement_requested,
         view.supplemented_round, view.ended, view.entered, view.loop_closed, storage::Blob{lists},
         view.withdrawal_requested, view.missed_round, storage::Blob{grounds}, view.for_a_time,
         storage::Blob{revocation});
}

#undef XIUFU_CASE_COLUMNS

}  // namespace xiufu::intake
