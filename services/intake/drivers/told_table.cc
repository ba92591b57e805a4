#include "services/intake/drivers/told_table.h"

#include "services/intake/drivers/case_codec.h"

namespace xiufu::intake {

std::vector<ToldNotice> SqlToldTable::Of(storage::Session& session, const Id& application) const {
  storage::Query query = session.Sql(
      "SELECT case_id, code, round, told, authority, authority_no, lists, grounds"
      " FROM told_notice WHERE application = ? ORDER BY told, case_id, code, round",
      application);
  std::vector<ToldNotice> notices;
  while (query.Next()) {
    CaseView lists;
    DecodeLists(query.Blob(6), lists);
    notices.push_back(
        {application, query.IdAt(0), std::string(query.Text(1)), static_cast<int32_t>(query.Int(2)),
         query.TimeAt(3), std::string(query.Text(4)), std::string(query.Text(5)),
         std::move(lists.defects), DecodeGrounds(query.Blob(7)), std::move(lists.deadlines)});
  }
  return notices;
}

void SqlToldTable::Keep(storage::Tx& tx, const ToldNotice& notice) const {
  CaseView view;
  view.defects = notice.defects;
  view.deadlines = notice.deadlines;
  const std::string lists = EncodeLists(view);
  const std::string grounds = EncodeGrounds(notice.grounds);
  tx.Run(
      "INSERT OR REPLACE INTO told_notice (application, case_id, code, round, told, authority,"
      " authority_no, lists, grounds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      notice.application, notice.case_id, notice.code, notice.round, notice.told, notice.authority,
      notice.authority_no, storage::Blob{lists}, storage::Blob{grounds});
}

}  // namespace xiufu::intake
