#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/database.h"
#include "services/intake/app/intake.h"

namespace xiufu::simulation {

// What subjects can do at intake, in the same process, through its own use cases.
class Applicant {
 public:
  Applicant(intake::Intake* intake, intake::RecordSource* records, storage::Database* database)
      : intake_(intake), records_(records), database_(database) {}

  // What may be done about each record of the subject today.
  std::vector<intake::Eligibility> Check(const std::string& uscc);
  // Drafts, uploads both papers and submits; the application's id, or the refusal.
  absl::StatusOr<Id> Apply(const std::string& uscc, const std::vector<Id>& records);
  // For all of the subject's records.
  absl::StatusOr<Id> ApplyForAll(const std::string& uscc);
  // One more paper for a case that waits for it.
  absl::Status Supplement(const Id& application, const Id& case_id);
  // Asks for these cases back; all when none is named.
  absl::Status Withdraw(const Id& application, const std::vector<Id>& cases);

  struct About {
    Id record;
    intake::ObjectionKind kind = intake::ObjectionKind::kContent;
    Id application;  // of the repair whose result it is about
    Id case_id;
  };
  // Drafts an objection, uploads a paper and files it; its id, or the refusal.
  absl::StatusOr<Id> Object(const std::string& uscc, const About& about);
  absl::Status GiveUpObjection(const Id& objection);

 private:
  absl::StatusOr<Id> AddPaper(const std::string& to, const char* kind);
  // Calls a use case and waits for its answer, which comes with the writer's next group.
  template <typename Answer, typename Call>
  absl::StatusOr<Answer> Do(Call call);

  intake::Intake* const intake_;
  intake::RecordSource* const records_;
  storage::Database* const database_;
};

}  // namespace xiufu::simulation
