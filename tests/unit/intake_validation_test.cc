// What is wrong with a request is told all at once, field by field.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "services/intake/domain/create_application.h"
#include "services/intake/domain/provide_supplement.h"
#include "services/intake/domain/upload_material.h"
#include "tests/unit/intake_fixture.h"

namespace xiufu::intake {
namespace {

std::set<std::string> FieldsOf(const absl::Status& status) {
  std::set<std::string> fields;
  for (const Violation& violation : ViolationsOf(status)) fields.insert(violation.field);
  return fields;
}

CreateCommand GoodCreate() {
  CreateCommand command;
  command.subject_uscc = kSubject;
  command.records = {RecordName(TestId(1))};
  command.applicant = {"王小明", "+86-415-1234567", Capacity::kHandler};
  return command;
}

std::set<std::string> WrongIn(const CreateCommand& command) {
  return FieldsOf(ValidateCreate(command, ShippedLaw().catalogue.regions(), TestNow()).status());
}

TEST(ValidateCreate, TakesAGoodOneAndFillsWhatIsMissing) {
  absl::StatusOr<Draft> draft =
      ValidateCreate(GoodCreate(), ShippedLaw().catalogue.regions(), TestNow());
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(draft->region, "210600");
  EXPECT_EQ(draft->origin.front_door, FrontDoor::kCity);
  EXPECT_EQ(draft->records, std::vector<Id>{TestId(1)});
}

TEST(ValidateCreate, UpperCasesTheCode) {
  CreateCommand command = GoodCreate();
  command.subject_uscc = "91210600mayy000188";
  EXPECT_EQ(ValidateCreate(command, ShippedLaw().catalogue.regions(), TestNow())->subject_uscc,
            kSubject);
}

TEST(ValidateCreate, NamesEachBadField) {
  const std::string long_text(200, 'x');
  const struct {
    const char* field;
    std::function<void(CreateCommand&)> spoil;
  } rows[] = {
      {"subject_uscc", [](auto& c) { c.subject_uscc = ""; }},
      {"subject_uscc", [](auto& c) { c.subject_uscc = "91210600MAYY00018"; }},
      {"subject_uscc", [](auto& c) { c.subject_uscc = " 91210600MAYY000188"; }},
      {"subject_uscc", [](auto& c) { c.subject_uscc = "91210600MAYY00018I"; }},
      {"records", [](auto& c) { c.records.clear(); }},
      {"records", [](auto& c) { c.records.resize(51, RecordName(TestId(1))); }},
      {"records[0]", [](auto& c) { c.records[0] = "records/7"; }},
      {"records[0]", [](auto& c) { c.records[0] = TestId(1).ToString(); }},
      {"records[0]", [](auto& c) { c.records[0] = "cases/" + TestId(1).ToString(); }},
      {"records[0]",
       [](auto& c) { c.records[0] = "records/00000000-0000-0000-0000-000000000000"; }},
      {"records[1]", [](auto& c) { c.records.push_back(c.records[0]); }},
      {"applicant.name", [](auto& c) { c.applicant.name = ""; }},
      {"applicant.name", [&](auto& c) { c.applicant.name = long_text; }},
      {"applicant.name", [](auto& c) { c.applicant.name = "王\n明"; }},
      {"applicant.name", [](auto& c) { c.applicant.name = "\xFF"; }},
      {"applicant.phone", [](auto& c) { c.applicant.phone = ""; }},
      {"applicant.phone", [](auto& c) { c.applicant.phone = "1234"; }},
      {"applicant.phone", [](auto& c) { c.applicant.phone = "139 0000 0000"; }},
      {"applicant.phone", [](auto& c) { c.applicant.phone = "123456789012345678901"; }},
      {"applicant.capacity", [](auto& c) { c.applicant.capacity = Capacity::kUnspecified; }},
      {"applicant.capacity", [](auto& c) { c.applicant.capacity = static_cast<Capacity>(6); }},
      {"origin.front_door", [](auto& c) { c.origin.front_door = static_cast<FrontDoor>(9); }},
      {"origin.channel", [&](auto& c) { c.origin.channel = long_text; }},
      {"origin.upstream_no", [](auto& c) { c.origin.upstream_no = "XY1"; }},
      {"origin.upstream_no", [](auto& c) { c.origin.front_door = FrontDoor::kCreditChina; }},
      {"origin.upstream_query_code", [&](auto& c) { c.origin.upstream_query_code = long_text; }},
      {"origin.received_at", [](auto& c) { c.origin.received_at = absl::InfiniteFuture(); }},
      {"origin.pushed_at", [](auto& c) { c.origin.pushed_at = TestNow() + absl::Hours(1); }},
      {"one_thing_no", [&](auto& c) { c.one_thing_no = long_text; }},
      {"platform_no", [&](auto& c) { c.platform_no = long_text; }},
      {"region", [](auto& c) { c.region = "110000"; }},
      {"region", [](auto& c) { c.region = "21060"; }},
  };
  for (const auto& row : rows) {
    CreateCommand command = GoodCreate();
    row.spoil(command);
    EXPECT_EQ(WrongIn(command), std::set<std::string>{row.field});
  }
}

TEST(ValidateCreate, TellsAllOfThemAtOnce) {
  CreateCommand command;
  command.region = "x";
  EXPECT_EQ(WrongIn(command),
            (std::set<std::string>{"subject_uscc", "records", "applicant.name", "applicant.phone",
                                   "applicant.capacity", "region"}));
}

TEST(CheckRecords, RefusesRecordsOfOthersAllAtOnce) {
  Draft draft;
  draft.subject_uscc = kSubject;
  draft.records = {TestId(1), TestId(2), TestId(3)};
  std::vector<RecordSnapshot> records = {PublishedRecord(1), PublishedRecord(2),
                                         PublishedRecord(3)};
  EXPECT_TRUE(CheckRecords(draft, records).ok());
  records[0].subject_uscc = kOtherSubject;
  records[2].subject_uscc = kOtherSubject;
  const absl::Status status = CheckRecords(draft, records);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(HasReason(status, "RECORD_OF_ANOTHER_SUBJECT"));
  EXPECT_EQ(FieldsOf(status), (std::set<std::string>{"records[0]", "records[2]"}));
}

TEST(CheckRecords, RefusesWhatIsNotPublished) {
  Draft draft;
  draft.subject_uscc = kSubject;
  draft.records = {TestId(1)};
  for (RecordState state : {RecordState::kNotPublished, RecordState::kEnded, RecordState::kExpired,
                            RecordState::kWithdrawn}) {
    RecordSnapshot record = PublishedRecord(1);
    record.state = state;
    const absl::Status status = CheckRecords(draft, {record});
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_TRUE(HasReason(status, "RECORD_NOT_PUBLISHED"));
  }
}

TEST(CheckRecords, RefusesWhatWouldNotFitIntoOneEvent) {
  Draft draft;
  draft.subject_uscc = kSubject;
  std::vector<RecordSnapshot> records;
  for (uint8_t n = 1; n <= 50; ++n) {
    draft.records.push_back(TestId(n));
    records.push_back(PublishedRecord(n));
  }
  EXPECT_TRUE(CheckRecords(draft, records).ok());
  for (RecordSnapshot& record : records) record.words.violation = std::string(4000, 'x');
  EXPECT_EQ(FieldsOf(CheckRecords(draft, records)), std::set<std::string>{"records"});
}

UploadCommand GoodUpload() {
  return {ApplicationName(TestId(1)), "M2", "承诺书.pdf",
          "application/pdf",          100,  HexEncode(Sha256("content"))};
}

TEST(ValidateUpload, NamesEachBadField) {
  EXPECT_TRUE(ValidateUpload(GoodUpload(), ShippedLaw().catalogue).ok());
  const struct {
    const char* field;
    const char* reason;
    std::function<void(UploadCommand&)> spoil;
  } rows[] = {
      {"header.application", "", [](auto& c) { c.application = "applications/1"; }},
      {"header.kind", "", [](auto& c) { c.kind = "M99"; }},
      {"header.kind", "", [](auto& c) { c.kind = ""; }},
      {"header.file_name", "", [](auto& c) { c.file_name = ""; }},
      {"header.file_name", "", [](auto& c) { c.file_name = "../../etc/passwd"; }},
      {"header.file_name", "", [](auto& c) { c.file_name = "C:\\x.pdf"; }},
      {"header.file_name", "", [](auto& c) { c.file_name = std::string(201, 'x'); }},
      {"header.file_name", "", [](auto& c) { c.file_name = "."; }},
      {"header.file_name", "", [](auto& c) { c.file_name = ".."; }},
      {"header.file_name", "", [](auto& c) { c.file_name = "承诺书\u202Efdp.exe"; }},
      {"header.media_type", "MATERIAL_TYPE_MISMATCH", [](auto& c) { c.media_type = "text/html"; }},
      {"header.size", "", [](auto& c) { c.size = 0; }},
      {"header.size", "", [](auto& c) { c.size = -1; }},
      {"header.size", "MATERIAL_SIZE_EXCEEDED", [](auto& c) { c.size = 20 * 1024 * 1024 + 1; }},
      {"header.sha256", "", [](auto& c) { c.sha256 = "abc"; }},
      {"header.sha256", "", [](auto& c) { c.sha256 = std::string(64, 'g'); }},
  };
  for (const auto& row : rows) {
    UploadCommand command = GoodUpload();
    row.spoil(command);
    const absl::Status status = ValidateUpload(command, ShippedLaw().catalogue).status();
    EXPECT_EQ(FieldsOf(status), std::set<std::string>{row.field});
    EXPECT_EQ(ReasonOf(status).value_or(ErrorReason()).reason, row.reason) << status;
  }
}

TEST(CheckReceived, ComparesSizeHashAndContent) {
  const std::string content = kPdf;
  const Upload upload{
      TestId(1),      "M2", "a.pdf", "application/pdf", static_cast<int64_t>(content.size()),
      Sha256(content)};
  const Received good{upload.size, upload.sha256, content.substr(0, 16)};
  EXPECT_TRUE(CheckReceived(upload, good).ok());
  Received short_one = good;
  --short_one.size;
  EXPECT_TRUE(HasReason(CheckReceived(upload, short_one), "MATERIAL_SIZE_MISMATCH"));
  Received other = good;
  other.sha256 = Sha256("other");
  EXPECT_TRUE(HasReason(CheckReceived(upload, other), "MATERIAL_HASH_MISMATCH"));
  for (const char* beginning : {"", "<html>", "%PD", "\x89PNG\r\n\x1A\n....", "\xFF\xD8\xFF\xE0"}) {
    Received wrong = good;
    wrong.beginning = beginning;
    EXPECT_TRUE(HasReason(CheckReceived(upload, wrong), "MATERIAL_TYPE_MISMATCH")) << beginning;
  }
}

TEST(MediaTypeOf, KnowsThreeSignatures) {
  EXPECT_EQ(MediaTypeOf("%PDF-1.4"), "application/pdf");
  EXPECT_EQ(MediaTypeOf("\xFF\xD8\xFF\xE1"), "image/jpeg");
  EXPECT_EQ(MediaTypeOf("\x89PNG\r\n\x1A\n"), "image/png");
  EXPECT_EQ(MediaTypeOf("PK\x03\x04"), "");
}

SupplementCommand GoodSupplement() {
  return {ApplicationName(TestId(1)), CaseName(TestId(2)), {MaterialName(TestId(3))}, "已盖章"};
}

TEST(ValidateSupplement, NamesEachBadField) {
  EXPECT_TRUE(ValidateSupplement(GoodSupplement()).ok());
  const struct {
    const char* field;
    std::function<void(SupplementCommand&)> spoil;
  } rows[] = {
      {"name", [](auto& c) { c.application = ""; }},
      {"case_name", [](auto& c) { c.case_name = "applications/1"; }},
      {"materials", [](auto& c) { c.materials.clear(); }},
      {"materials[0]", [](auto& c) { c.materials[0] = "M2"; }},
      {"materials[1]", [](auto& c) { c.materials.push_back(c.materials[0]); }},
      {"note", [](auto& c) { c.note = std::string(501, 'x'); }},
  };
  for (const auto& row : rows) {
    SupplementCommand command = GoodSupplement();
    row.spoil(command);
    EXPECT_EQ(FieldsOf(ValidateSupplement(command).status()), std::set<std::string>{row.field});
  }
}

TEST(DecideSupplement, WantsNewPapersOfTheApplicationWhileTheCaseWaits) {
  const Supplement supplement = *ValidateSupplement(GoodSupplement());
  CaseView view;
  view.state = CaseState::kSupplementRequested;
  view.supplement_round = 1;
  view.supplement_requested = TestNow();
  Material material;
  material.id = TestId(3);
  material.created = TestNow() + absl::Minutes(1);
  EXPECT_EQ(DecideSupplement(supplement, view, {material})->size(), 1u);
  EXPECT_TRUE(HasReason(DecideSupplement(supplement, view, {}).status(), "MATERIAL_UNKNOWN"));
  Material old = material;
  old.created = TestNow() - absl::Minutes(1);
  EXPECT_TRUE(
      HasReason(DecideSupplement(supplement, view, {old}).status(), "MATERIAL_OLDER_THAN_REQUEST"));
  CaseView answered = view;
  answered.supplemented_round = 1;
  EXPECT_TRUE(HasReason(DecideSupplement(supplement, answered, {material}).status(),
                        "CASE_AWAITS_NO_SUPPLEMENT"));
  CaseView other = view;
  other.state = CaseState::kAccepted;
  EXPECT_TRUE(HasReason(DecideSupplement(supplement, other, {material}).status(),
                        "CASE_AWAITS_NO_SUPPLEMENT"));
}

TEST(ResourceNames, AnApplicationIsNamedByIdOrNumber) {
  EXPECT_EQ(ParseApplicationKey("name", ApplicationName(TestId(1)))->id, TestId(1));
  EXPECT_FALSE(ParseApplicationKey("name", "applications/XYXF2106002026061500000001").ok());
  EXPECT_FALSE(ParseApplicationKey("name", "").ok());
}

}  // namespace
}  // namespace xiufu::intake
