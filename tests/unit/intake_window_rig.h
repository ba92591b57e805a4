#pragma once

#include <string>

#include "tests/unit/intake_case_events.h"

namespace xiufu::intake {

inline constexpr char kDonggangSubject[] = "91210681MAYY000188";
inline constexpr char kDonggang[] = "window-210681";
inline constexpr char kYuanbao[] = "window-210602";
inline constexpr char kSecret[] = "a secret of the tests";

// Intake as windows and agents see it.
class WindowTest : public CaseEventsTest {
 protected:
  WindowTest() {
    for (uint8_t n = 11; n <= 13; ++n) {
      records_.records[TestId(n)] = PublishedRecord(n);
      records_.records[TestId(n)].subject_uscc = kDonggangSubject;
    }
  }

  static WindowCaller Window(const std::string& principal) {
    return *WindowOf(principal, ShippedLaw().catalogue.regions());
  }

  FileCommand Filing(const std::vector<uint8_t>& records, const std::string& uscc = kSubject) {
    FileCommand command;
    command.clerk = "C07";
    command.create = Command(records);
    command.create.subject_uscc = uscc;
    return command;
  }
  absl::StatusOr<ApplicationView> File(const std::string& principal, const FileCommand& command) {
    return Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
      intake().file_at_window(Window(principal), {principal, ""}, command, std::move(write));
    });
  }
  ApplicationView Filed(const std::string& principal, const std::vector<uint8_t>& records,
                        const std::string& uscc = kSubject) {
    absl::StatusOr<ApplicationView> view = File(principal, Filing(records, uscc));
    EXPECT_TRUE(view.ok()) << view.status();
    return *view;
  }

  // As the principal that has it.
  absl::StatusOr<Material> UploadAs(const std::string& principal, const Id& application,
                                    const std::string& kind) {
    absl::StatusOr<std::unique_ptr<IncomingMaterial>> incoming =
        intake().upload_material.Begin({principal, ""}, Header(application, kind, kPdf));
    if (!incoming.ok()) return incoming.status();
    if (absl::Status status = (*incoming)->Append(kPdf); !status.ok()) return status;
    return Run<Material>([&](ClientWrite<Material> write) {
      intake().upload_material.Add({principal, ""}, *std::move(incoming), std::move(write));
    });
  }
  absl::StatusOr<ApplicationView> SubmitAs(const std::string& principal, const Id& application,
                                           Capacity acting = Capacity::kUnspecified) {
    return Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
      intake().submit_application({principal, ""}, ApplicationName(application), std::move(write),
                                  acting);
    });
  }

  static PowerCommand Power() {
    PowerCommand power;
    power.subject_uscc = kSubject;
    power.agent_name = "李代理";
    power.organisation_name = "丹东某咨询有限公司";
    power.organisation_uscc = "91210600MAYY000371";
    power.acts = {1, 2, 3};
    power.valid_from = "2026-06-01";
    power.valid_to = "2026-06-30";
    return power;
  }
  CreateCommand ByAgent(const std::vector<uint8_t>& records, const PowerCommand& power) {
    CreateCommand command = Command(records);
    command.applicant.capacity = Capacity::kAgent;
    command.power = power;
    return command;
  }

  int64_t CountRows(const char* sql) {
    int64_t count = -1;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      storage::Query query = session.Sql(sql);
                      if (query.Next()) count = query.Int(0);
                      return session.status();
                    })
                    .ok());
    return count;
  }
};

// The fields that a refusal names.
inline std::vector<std::string> FieldsIn(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const Violation& violation : ViolationsOf(status)) fields.push_back(violation.field);
  return fields;
}

}  // namespace xiufu::intake
