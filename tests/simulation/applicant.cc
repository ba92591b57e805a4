#include "tests/simulation/applicant.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/intake/domain/resource_name.h"
#include "tests/simulation/must.h"

namespace xiufu::simulation {
namespace {

constexpr char kPdf[] = "%PDF-1.4\n%%EOF\n";
const intake::Call kPortal{"portal", ""};

intake::Applicant Person() {
  return {"测试", "0415-2100000", intake::Capacity::kLegalRepresentative};
}

}  // namespace

template <typename Answer, typename Call>
absl::StatusOr<Answer> Applicant::Do(Call call) {
  std::optional<absl::StatusOr<Answer>> answer;
  call(intake::PlainWrite<Answer>(
      database_, [&](absl::StatusOr<Answer> given) { answer.emplace(std::move(given)); }));
  while (!answer.has_value() && database_->RunPending() > 0) {
  }
  return *std::move(answer);
}

std::vector<intake::Eligibility> Applicant::Check(const std::string& uscc) {
  std::vector<intake::Eligibility> told;
  intake_->check_eligibility({uscc, {}, ""},
                             [&](absl::StatusOr<std::vector<intake::Eligibility>> eligibilities) {
                               told = Must(std::move(eligibilities));
                             });
  return told;
}

absl::StatusOr<Id> Applicant::Apply(const std::string& uscc, const std::vector<Id>& records) {
  intake::CreateCommand create;
  create.subject_uscc = uscc;
  for (const Id& record : records) create.records.push_back(intake::RecordName(record));
  create.applicant = Person();
  create.origin.channel = "simulation";
  absl::StatusOr<intake::ApplicationView> view = Do<intake::ApplicationView>(
      [&](auto write) { intake_->create_application(kPortal, create, std::move(write)); });
  if (!view.ok()) return view.status();
  const std::string name = intake::ApplicationName(view->application.id);
  for (const char* kind : {"M2", "M3"}) {
    if (absl::Status added = AddPaper(name, kind).status(); !added.ok()) return added;
  }
  absl::Status submitted = Do<intake::ApplicationView>([&](auto write) {
                             intake_->submit_application(kPortal, name, std::move(write));
                           }).status();
  if (!submitted.ok()) return submitted;
  return view->application.id;
}

absl::StatusOr<Id> Applicant::ApplyForAll(const std::string& uscc) {
  std::vector<Id> ids;
  records_->Search({uscc, "", 50, ""}, [&](absl::StatusOr<intake::RecordPage> page) {
    for (const intake::RecordSnapshot& record : Must(std::move(page)).records) {
      ids.push_back(record.record);
    }
  });
  return Apply(uscc, ids);
}

absl::StatusOr<Id> Applicant::AddPaper(const std::string& to, const char* kind) {
  const std::string content = absl::StrCat(kPdf, kind);
  intake::UploadCommand upload{to,
                               kind,
                               absl::StrCat(kind, ".pdf"),
                               "application/pdf",
                               static_cast<int64_t>(content.size()),
                               HexEncode(Sha256(content))};
  absl::StatusOr<std::unique_ptr<intake::IncomingMaterial>> incoming =
      intake_->upload_material.Begin(kPortal, upload);
  if (!incoming.ok()) return incoming.status();
  if (absl::Status taken = (*incoming)->Append(content); !taken.ok()) return taken;
  absl::StatusOr<intake::Material> added = Do<intake::Material>([&](auto write) {
    intake_->upload_material.Add(kPortal, *std::move(incoming), std::move(write));
  });
  if (!added.ok()) return added.status();
  return added->id;
}

absl::Status Applicant::Supplement(const Id& application, const Id& case_id) {
  intake::SupplementCommand command{
      intake::ApplicationName(application), intake::CaseName(case_id), {}, "补充缴款凭证"};
  const absl::StatusOr<Id> paper = AddPaper(command.application, "M3");
  if (!paper.ok()) return paper.status();
  command.materials = {intake::MaterialName(*paper)};
  return Do<intake::ApplicationView>(
             [&](auto write) { intake_->provide_supplement(kPortal, command, std::move(write)); })
      .status();
}

absl::Status Applicant::Withdraw(const Id& application, const std::vector<Id>& cases) {
  intake::WithdrawCommand command{intake::ApplicationName(application), {}, "不再申请"};
  for (const Id& one : cases) command.cases.push_back(intake::CaseName(one));
  return Do<intake::ApplicationView>(
             [&](auto write) { intake_->withdraw_application(kPortal, command, std::move(write)); })
      .status();
}

absl::StatusOr<Id> Applicant::Object(const std::string& uscc, const About& about) {
  intake::ObjectionCommand command{.subject_uscc = uscc,
                                   .record = intake::RecordName(about.record),
                                   .kind = about.kind,
                                   .statement = "与事实不符",
                                   .applicant = Person()};
  if (!about.case_id.IsNone()) {
    command.application = intake::ApplicationName(about.application);
    command.case_name = intake::CaseName(about.case_id);
  }
  const absl::StatusOr<intake::ObjectionView> draft = Do<intake::ObjectionView>(
      [&](auto write) { intake_->objections.Create(kPortal, command, std::move(write)); });
  if (!draft.ok()) return draft.status();
  const std::string name = intake::ObjectionName(draft->objection.id);
  if (absl::Status added = AddPaper(name, "M16").status(); !added.ok()) return added;
  const absl::Status filed = Do<intake::ObjectionView>([&](auto write) {
                               intake_->objections.File(kPortal, name, std::move(write));
                             }).status();
  if (!filed.ok()) return filed;
  return draft->objection.id;
}

absl::Status Applicant::GiveUpObjection(const Id& objection) {
  return Do<intake::ObjectionView>([&](auto write) {
           intake_->objections.GiveUp(kPortal, intake::ObjectionName(objection), std::move(write));
         })
      .status();
}

}  // namespace xiufu::simulation
