#include "services/intake/app/check_act.h"

#include <algorithm>

#include "libs/base/legal_day.h"

namespace xiufu::intake {
namespace {

std::vector<ActedOn> WhatIsMeant(storage::Session& session, const Tables& tables,
                                 const Id& application, const std::vector<Id>& records) {
  std::vector<ActedOn> meant;
  for (const ApplicationRecord& one : tables.records->Of(session, application)) {
    const Id& record = one.snapshot.record;
    const bool named = std::find(records.begin(), records.end(), record) != records.end();
    if (records.empty() || named) meant.push_back({record, one.snapshot.words.matter});
  }
  return meant;
}

}  // namespace

absl::Status CheckAct(storage::Tx& tx, const Tables& tables, const Application& application,
                      const Doing& doing, absl::Time now) {
  if (ActsByPower(application, doing.acting)) {
    absl::Status covered =
        CheckPower(tables.powers->LatestOf(tx, application.id), doing.act,
                   WhatIsMeant(tx, tables, application.id, doing.records), LegalDay(now));
    if (!covered.ok()) return covered;
  }
  if (ShowsPower(application.applicant, application.origin)) {
    const bool own = doing.acting == Capacity::kUnspecified;
    tables.acts->Insert(tx, application.id, doing.act,
                        own ? application.applicant.capacity : doing.acting, now);
  }
  return tx.status();
}

absl::Status CheckAct(storage::Tx& tx, const Tables& tables, const Objection& objection,
                      const Doing& doing, absl::Time now) {
  const Capacity acting = ActingFor(objection, doing.acting);
  if (acting == Capacity::kAgent) {
    const ActedOn record{objection.what.record, objection.snapshot.words.matter};
    absl::Status covered =
        CheckPower(tables.powers->LatestOf(tx, objection.id), doing.act, {record}, LegalDay(now));
    if (!covered.ok()) return covered;
  }
  if (objection.what.applicant.capacity == Capacity::kAgent) {
    tables.acts->Insert(tx, objection.id, doing.act, acting, now);
  }
  return tx.status();
}

}  // namespace xiufu::intake
