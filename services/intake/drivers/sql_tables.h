#pragma once

#include "services/intake/drivers/act_table.h"
#include "services/intake/drivers/application_table.h"
#include "services/intake/drivers/ban_table.h"
#include "services/intake/drivers/case_table.h"
#include "services/intake/drivers/consultation_table.h"
#include "services/intake/drivers/filing_table.h"
#include "services/intake/drivers/hand_over_table.h"
#include "services/intake/drivers/material_table.h"
#include "services/intake/drivers/number_table.h"
#include "services/intake/drivers/objection_table.h"
#include "services/intake/drivers/power_table.h"
#include "services/intake/drivers/precheck_table.h"
#include "services/intake/drivers/record_table.h"
#include "services/intake/drivers/supplement_table.h"
#include "services/intake/drivers/timeline_table.h"
#include "services/intake/drivers/told_table.h"
#include "services/intake/drivers/withdrawal_table.h"

namespace xiufu::intake {

// All tables of migrations/. Stateless apart from the listener.
class SqlTables {
 public:
  explicit SqlTables(TimelineListener* listener) : timeline_(listener) {}
  // Pointers into this object.
  Tables tables() const {
    return {&applications_, &records_,   &cases_,   &materials_,     &supplements_,
            &withdrawals_,  &timeline_,  &numbers_, &bans_,          &told_,
            &filings_,      &powers_,    &acts_,    &consultations_, &prechecks_,
            &hand_overs_,   &objections_};
  }

 private:
  const SqlApplicationTable applications_;
  const SqlRecordTable records_;
  const SqlCaseTable cases_;
  const SqlMaterialTable materials_;
  const SqlSupplementTable supplements_;
  const SqlWithdrawalTable withdrawals_;
  const SqlTimelineTable timeline_;
  const SqlNumberTable numbers_;
  const SqlBanTable bans_;
  const SqlToldTable told_;
  const SqlFilingTable filings_;
  const SqlPowerTable powers_;
  const SqlActTable acts_;
  const SqlConsultationTable consultations_;
  const SqlPrecheckTable prechecks_;
  const SqlHandOverTable hand_overs_;
  const SqlObjectionTable objections_;
};

}  // namespace xiufu::intake
