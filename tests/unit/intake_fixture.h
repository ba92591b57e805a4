#pragma once

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/catalogue/law.h"
#include "libs/messaging/cause.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/seeded_ids.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/migrations.h"
#include "services/intake/wiring.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::intake {

// The shipped law and words, loaded once.
struct ShippedLawAndWords {
  catalogue::LawInForce in_force{
      *catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", "deploy/authorities"})};
  catalogue::Messages messages = *catalogue::Messages::Load("deploy/messages");
  const catalogue::Catalogue& catalogue = in_force.Get()->catalogue;
  LawSource law() const { return {&in_force, &messages}; }
};
inline const ShippedLawAndWords& ShippedLaw() {
  static const ShippedLawAndWords* law = new ShippedLawAndWords();
  return *law;
}

inline constexpr char kSubject[] = "91210600MAYY000188";
inline constexpr char kOtherSubject[] = "52210600MJYY00045K";
inline constexpr char kPdf[] = "%PDF-1.7\nstand-in for a letter of commitment";

inline absl::Time TestNow() {
  return StartOfLegalDay(absl::CivilDay(2026, 6, 15)) + absl::Hours(10);
}

inline Id TestId(uint8_t n) {
  std::array<uint8_t, Id::kSize> bytes{};
  bytes[0] = 1;
  bytes[15] = n;
  return Id(bytes);
}

// A published penalty that may be repaired on TestNow's day.
inline RecordSnapshot PublishedRecord(uint8_t n) {
  RecordSnapshot record;
  record.record = TestId(n);
  record.version = 3;
  record.subject_uscc = kSubject;
  record.subject_name = "丹东测试有限公司";
  record.authority = {"transport", "丹东市交通运输局", "11210600MBYY010228"};
  record.document_no = absl::StrCat("丹交罚〔2026〕", n, "号");
  record.words.determined_on = absl::CivilDay(2026, 4, 20);
  record.words.kinds = {"警告"};
  record.state = RecordState::kPublished;
  record.words.violation = "未按规定线路行驶";
  return record;
}

// Publication in the same process.
class FakeRecords final : public RecordSource {
 public:
  void Search(const RecordSearch& search, PageDone done) override {
    if (!failure.ok()) return done(failure);
    size_t from = search.page_token.empty() ? 0 : std::stoul(search.page_token);
    RecordPage page;
    size_t index = 0;
    for (const auto& [id, record] : records) {
      const bool fits = search.name.empty() ? record.subject_uscc == search.uscc
                                            : absl::StrContains(record.subject_name, search.name);
      if (!fits || index++ < from) continue;
      if (page.records.size() == static_cast<size_t>(search.page_size)) {
        page.next_page_token = std::to_string(from + page.records.size());
        break;
      }
      page.records.push_back(record);
    }
    done(page);
  }

  void Get(const std::vector<Id>& wanted, RecordsDone done) override {
    ++asked;
    if (!failure.ok()) return done(failure);
    std::vector<RecordSnapshot> found;
    for (const Id& id : wanted) {
      const auto record = records.find(id);
      if (record == records.end()) {
        return done(WithReason(absl::NotFoundError("no such record"), "RECORD_NOT_FOUND"));
      }
      found.push_back(record->second);
    }
    done(found);
  }

  std::map<Id, RecordSnapshot> records;
  absl::Status failure;
  int asked = 0;
};

// An upstream door in the same process: keeps what it was sent.
class FakeDoor final : public UpstreamDoor {
 public:
  absl::Status Return(const std::string& content, absl::Time /*deadline*/) override {
    sent.push_back(content);
    return answer;
  }
  std::vector<std::string> sent;
  absl::Status answer;
};

// Intake on one thread: store in memory, blobs in a temporary folder, publication faked, time by
// hand.
class IntakeTest : public ::testing::Test {
 protected:
  explicit IntakeTest(const Notifications* notifications = nullptr) {
    storage::Database::Options options;
    options.path = ":memory:";
    options.service = "intake";
    options.run_inline = true;
    database_ = *storage::Database::Open(options, Migrations(), &clock_);
    materials_ = *MaterialStore::Open(folder_.FilePath("materials"));
    parts_ = {&clock_,
              &ids_,
              database_.get(),
              &records_,
              materials_.get(),
              ShippedLaw().law(),
              1,
              "",
              notifications,
              {{FrontDoor::kCreditChina, &door_}, {FrontDoor::kGsxt, &gsxt_}}};
    node_ = std::make_unique<IntakeNode>(parts_);
    wiring_ = WireIntake(parts_, *node_);
    database_->Start();
    for (uint8_t n = 1; n <= 9; ++n) records_.records[TestId(n)] = PublishedRecord(n);
  }
  ~IntakeTest() override { database_->Stop(); }

  Intake& intake() { return node_->intake(); }

  // Starts a write and does what waits for the writer.
  template <typename Answer>
  absl::StatusOr<Answer> Run(std::function<void(ClientWrite<Answer>)> start) {
    absl::StatusOr<Answer> outcome = absl::UnknownError("not answered");
    start(PlainWrite<Answer>(database_.get(),
                             [&](absl::StatusOr<Answer> answer) { outcome = std::move(answer); }));
    database_->RunPending();
    return outcome;
  }

  CreateCommand Command(const std::vector<uint8_t>& records) const {
    CreateCommand command;
    command.subject_uscc = kSubject;
    for (uint8_t n : records) command.records.push_back(RecordName(TestId(n)));
    command.applicant = {"王小明", "0415-1234567", Capacity::kLegalRepresentative};
    return command;
  }
  absl::StatusOr<ApplicationView> Create(const CreateCommand& command) {
    return Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
      intake().create_application(call_, command, std::move(write));
    });
  }
  ApplicationView Draft(const std::vector<uint8_t>& records) {
    absl::StatusOr<ApplicationView> view = Create(Command(records));
    EXPECT_TRUE(view.ok()) << view.status();
    return *view;
  }

  UploadCommand Header(const Id& application, const std::string& kind, const std::string& content) {
    return {ApplicationName(application),
            kind,
            "承诺书.pdf",
            "application/pdf",
            static_cast<int64_t>(content.size()),
            HexEncode(Sha256(content))};
  }
  absl::StatusOr<Material> Send(const UploadCommand& header, const std::string& content) {
    absl::StatusOr<std::unique_ptr<IncomingMaterial>> incoming =
        intake().upload_material.Begin(call_, header);
    if (!incoming.ok()) return incoming.status();
    if (absl::Status status = (*incoming)->Append(content); !status.ok()) return status;
    return Run<Material>([&](ClientWrite<Material> write) {
      intake().upload_material.Add(call_, *std::move(incoming), std::move(write));
    });
  }
  absl::StatusOr<Material> Upload(const Id& application, const std::string& kind,
                                  const std::string& content = kPdf) {
    return Send(Header(application, kind, content), content);
  }

  absl::StatusOr<ApplicationView> Submit(const Id& application) {
    return Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
      intake().submit_application(call_, ApplicationName(application), std::move(write));
    });
  }
  // An application for the records, with its papers, submitted.
  ApplicationView Submitted(const std::vector<uint8_t>& records) {
    ApplicationView draft = Draft(records);
    EXPECT_TRUE(Upload(draft.application.id, "M2").ok());
    EXPECT_TRUE(Upload(draft.application.id, "M3").ok());
    absl::StatusOr<ApplicationView> view = Submit(draft.application.id);
    EXPECT_TRUE(view.ok()) << view.status();
    view->application.query_code = draft.application.query_code;
    return *view;
  }

  absl::StatusOr<ApplicationView> Get(const ApplicationView& view) {
    return intake().applications.Get(ApplicationName(view.application.id),
                                     view.application.query_code);
  }
  std::vector<std::string> Codes(const Id& application) {
    std::vector<std::string> codes;
    const TimelineBatch batch = *intake().applications.Timeline(application, 0, 1000);
    for (const TimelineEntry& entry : batch.entries) {
      codes.push_back(entry.code);
    }
    return codes;
  }

  // An event through the router, as the engine would hand it over.
  template <typename Proto>
  absl::Status Take(const std::string& type, const Proto& proto) {
    messaging::Envelope envelope;
    envelope.id = ids_.NewV7(clock_.Now());
    envelope.time = clock_.Now();
    envelope.type = type;
    envelope.data = proto.SerializeAsString();
    const service::EventHandler* handler = wiring_.router.Find(type);
    if (handler == nullptr) return absl::UnimplementedError(type);
    absl::Status outcome = absl::UnknownError("not run");
    database_->Write(
        [&](storage::Tx& tx) {
          return (*handler)(envelope, messaging::CauseOf(envelope, clock_.Now()), tx);
        },
        [&](absl::Status status) { outcome = std::move(status); });
    database_->RunPending();
    return outcome;
  }

  ManualClock clock_{TestNow()};
  SeededIds ids_{20260615};
  TempFolder folder_;
  FakeRecords records_;
  FakeDoor door_;
  FakeDoor gsxt_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<MaterialStore> materials_;
  IntakeParts parts_;
  std::unique_ptr<IntakeNode> node_;
  service::Wiring wiring_;
  const Call call_{"portal", ""};
};

}  // namespace xiufu::intake
