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

absl::Status CheckDocument(storage::Session& session, const Tables& tables, const Law& law,
                           const Id& application) {
  const std::string& kind = law.catalogue->window_terms().power_material;
  const std::vector<Material> materials = tables.materials->Of(session, application);
  const bool there = std::any_of(materials.begin(), materials.end(),
                                 [&](const Material& material) { return material.kind == kind; });
  return there ? absl::OkStatus() : PowerDocumentMissing(kind);
}

}  // namespace

absl::Status CheckAct(storage::Tx& tx, const Tables& tables, const Law& law,
                      const Application& application, const Doing& doing, absl::Time now) {
  Applicant acting = application.applicant;
  if (doing.acting != Capacity::kUnspecified) acting.capacity = doing.acting;
  if (ShowsPower(acting, application.origin)) {
    absl::Status covered =
        CheckPower(tables.powers->LatestOf(tx, application.id), doing.act,
                   WhatIsMeant(tx, tables, application.id, doing.records), LegalDay(now));
    if (covered.ok() && doing.act == Act::kApply) {
      covered = CheckDocument(tx, tables, law, application.id);
    }
    if (!covered.ok()) return covered;
  }
  if (ShowsPower(application.applicant, application.origin)) {
    tables.acts->Insert(tx, application.id, doing.act, acting.capacity, now);
  }
  return tx.status();
}

}  // namespace xiufu::intake
