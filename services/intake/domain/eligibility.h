#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/deciding_authority.h"
#include "libs/catalogue/evaluation.h"
#include "libs/catalogue/rule.h"
#include "libs/catalogue/terms.h"
#include "services/intake/domain/ban.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

struct RequiredMaterial {
  std::string kind;
  std::string name;
  std::string name_en;
  bool fetched = false;  // the applicant is not asked for it
};

// What the government-service platforms call the repair of a record by its authority.
struct ItemRef {
  std::string id;
  std::string name;
  std::string name_en;
  std::string base_code;
  std::string implementation_code;  // empty for an authority that is not registered
  std::string one_thing_code;
  bool provisional = false;
};

// What may be done about one record by somebody who applies on one day.
struct Eligibility {
  Id record;
  catalogue::Verdict verdict = catalogue::Verdict::kNeedsPerson;
  std::optional<absl::CivilDay> earliest;
  std::optional<absl::CivilDay> publicity_end;
  std::string record_class;  // empty where the law of that day knows no classes
  std::vector<catalogue::BilingualText> reasons;
  std::vector<catalogue::ConditionState> conditions;
  std::vector<catalogue::Window> periods;
  std::vector<RequiredMaterial> materials;
  Authority authority;  // that decides; as in the record where a person has to say whose it is
  std::string authority_kind;  // its line; empty when it cannot be told
  RuleRef rule;
  std::string source;
  std::string confidence;
  std::optional<catalogue::Channel> channel;
  std::optional<ItemRef> item;
  std::optional<catalogue::Handling> handling;  // nothing for an authority that is not known here
  std::optional<Ban> ban;                       // in force on that day, by the regime of the rule
};

// The one that routing will give the case to, were it submitted on that day.
catalogue::DecidingAuthority DecidingAuthorityOf(const Law& law, const RecordSnapshot& record,
                                                 absl::CivilDay on);

// `bans` are the subject's.
Eligibility JudgeRecord(const Law& law, const RecordSnapshot& record, absl::CivilDay on,
                        const std::vector<Ban>& bans = {});

// OK where no ban is in the way; SUBJECT_BANNED as below.
absl::Status CheckNotBanned(const Eligibility& eligibility);

// OK when the machine lets it be submitted. FAILED_PRECONDITION with reason SUBJECT_BANNED
// (metadata record, until_date, document_no, source, confidence), RECORD_NOT_ELIGIBLE (metadata
// record, verdict, earliest_date) or RECORD_RESULT_ONLY (metadata handling). NEEDS_PERSON passes,
// and what is decided in another system: its case says where it goes on. So does an authority that
// is not known here: the desk's turn.
absl::Status CheckSubmittable(const Eligibility& eligibility);

}  // namespace xiufu::intake
