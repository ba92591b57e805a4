// A long random walk over the ledger and publication: whatever is approved, revoked, reported, told
// again and reached by time, what a record shows equals the last valid decision, or its maximum, or
// what its authority did by itself.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "libs/base/legal_day.h"
#include "services/publication/app/take_report.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/sql_records.h"
#include "services/publication/drivers/sql_reports.h"
#include "services/result_sync/migrations.h"
#include "services/result_sync/wiring.h"
#include "tests/unit/publication_ledger.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/publication/v1/revocation_events.pb.h"
#include "xiufu/routing/v1/events.pb.h"
#include "xiufu/routing/v1/revocation_events.pb.h"

namespace xiufu::publication {
namespace {

constexpr uint32_t kSeed = 20260504;
constexpr int kLives = 60;
constexpr int kStepsOfALife = 60;

// One record's life. Routing is played; ledger and publication run, on stores, and tell each other
// everything, some of it twice.
class Life : public PublicationTest {
 public:
  explicit Life(uint32_t seed) : random_(seed) {}
  void TestBody() override {}

  void Live() {
    SetUp();
    clock_.JumpTo(StartOfLegalDay(absl::CivilDay(2026, 5, 4)) + absl::Hours(9));
    ledger_ =
        *storage::Database::Open({.path = ":memory:", .service = "result_sync", .run_inline = true},
                                 result::Migrations(), &clock_);
    ledger_->Start();
    const RowText row =
        RowText().Set("CF_CFLB", "没收违法所得").Set("CF_NR_FK", "").Set("CF_JDRQ", "2026-04-20");
    ASSERT_TRUE(Import(FeedOf({row})).ok());
    record_ = OnlyRecord();
    for (int i = 0; i < kStepsOfALife && !HasFailure(); ++i) Step();
    ledger_->Stop();
    TearDown();
  }

 private:
  struct Approval {
    std::string name;
    bool shields = false;
    bool took_effect = false;
    bool revoked = false;
  };

  int Pick(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }

  void Step() {
    SCOPED_TRACE(absl::StrCat("step ", ++steps_));
    clock_.Advance(absl::Hours(1));
    switch (Pick(10)) {
      case 0:
      case 1:
      case 2:
        Approve(Pick(2) == 0);
        break;
      case 3:
      case 4:
      case 5:
        Revoke();
        break;
      case 6:
        if (Pick(6) == 0) Report(Reported::Kind::kMovedOut);
        break;
      case 7:
        if (Pick(12) == 0) Report(Reported::Kind::kAnnulled);
        break;
      case 8:
        clock_.Advance(absl::Hours(24 * Pick(40)));
        publication_.RunDue(*database_, clock_);
        break;
      default:
        Again();
    }
    TellEachOther();
    publication_.RunDue(*database_, clock_);
    Check();
  }

  void Approve(bool shields) {
    const std::string name = absl::StrCat("d", approvals_.size());
    routing::v1::AnswerTaken taken;
    SetIds(name, taken);
    taken.set_task(Bytes(absl::StrCat("task of ", name)));
    taken.mutable_record()->set_record(std::string(record_.bytes()));
    taken.mutable_record()->set_subject_uscc(kCompany);
    taken.mutable_answer()->set_answer_id(name);
    department::v1::Answer::Decided& decided = *taken.mutable_answer()->mutable_decided();
    decided.set_outcome(department::v1::Answer::APPROVED);
    decided.set_decision_no(name);
    decided.set_decision_date(FormatDay(LegalDay(clock_.Now())));
    decided.set_record_version(static_cast<uint64_t>(std::stoll(Version())));
    Stamp(taken.mutable_taken_at());
    taken.add_effects(shields ? "SHIELD@publication" : "END_PUBLICITY@publication");
    taken.set_result_word(shields ? "暂时屏蔽" : "终止公示");
    approvals_.push_back({name, shields});
    absl::StrAppend(&history_, shields ? " shield " : " end ", name);
    ToLedger("xiufu.routing.answer_taken.v1", name, taken.SerializeAsString());
    TellEachOther();
    approvals_.back().took_effect = OutcomeOf(name) == "1";
  }

  void Revoke() {
    if (approvals_.empty()) return;
    Approval& approval = approvals_[static_cast<size_t>(Pick(static_cast<int>(approvals_.size())))];
    routing::v1::RevocationTaken taken;
    SetIds(approval.name, taken);
    taken.set_record(std::string(record_.bytes()));
    taken.set_decision(DecisionOf(approval.name));
    taken.mutable_answer()->set_answer_id(absl::StrCat("r ", approval.name));
    department::v1::Answer::Revoked& revoked = *taken.mutable_answer()->mutable_revoked();
    revoked.set_kind("DECISION_ANNULLED");
    revoked.set_document_no(absl::StrCat("撤", approval.name));
    revoked.set_found_on("2026-05-05");
    Stamp(taken.mutable_taken_at());
    approval.revoked = true;  // again it is nothing
    absl::StrAppend(&history_, " revoke ", approval.name);
    ToLedger("xiufu.routing.revocation_taken.v1", absl::StrCat("revoke ", approval.name),
             taken.SerializeAsString());
  }

  void Report(Reported::Kind kind) {
    const bool open = State() == "1" || State() == "6";
    if (kind == Reported::Kind::kMovedOut && open && !reported_) moved_out_ = true;
    reported_ |= kind == Reported::Kind::kMovedOut;
    annulled_ |= kind == Reported::Kind::kAnnulled;
    absl::StrAppend(&history_, " report ", ToString(kind));
    ASSERT_TRUE(Write([&](storage::Tx& tx) {
                  const SqlRecords records;
                  const SqlReports reports;
                  const OutboxReportAnnouncer announcer;
                  const TakeReport take(&records, &reports, &announcer, &FeedLaw::Get().in_force);
                  Reported reported;
                  reported.kind = kind;
                  return take(record_, reported, "函", TakeReport::Audience::kAll, clock_.Now(), tx)
                      .status();
                }).ok());
  }

  // Something that was told before comes again, as after a restore of who told it.
  void Again() {
    if (told_.empty()) return;
    const messaging::Envelope event =
        told_[static_cast<size_t>(Pick(static_cast<int>(told_.size())))];
    absl::StrAppend(&history_, " again ", event.type);
    if (event.stream == "result") {
      ASSERT_TRUE(publication_.Tell(*database_, event, clock_.Now()).ok());
    } else {
      Ledger(event);
    }
  }

  void ToLedger(const std::string& type, const std::string& name, std::string data) {
    messaging::Envelope event;
    event.id = LedgerOf::IdOf(absl::StrCat("event ", type, name));
    event.type = type;
    event.stream = "routing";
    event.data = std::move(data);
    told_.push_back(event);
    Ledger(event);
  }
  void Ledger(const messaging::Envelope& event) {
    const service::EventHandler* handler = ledger_wiring_.router.Find(event.type);
    if (handler == nullptr) return;  // no business of the ledger's
    absl::Status result = absl::UnknownError("not run");
    ledger_->Write(
        [&](storage::Tx& tx) {
          return (*handler)(event, messaging::CauseOf(event, clock_.Now()), tx);
        },
        [&](const absl::Status& status) { result = status; });
    while (ledger_->RunPending() > 0) {
    }
    ASSERT_TRUE(result.ok()) << event.type << ": " << result;
  }

  void TellEachOther() {
    for (bool more = true; more;) {
      more = false;
      for (const messaging::Envelope& event : Since(*ledger_, "result", ledger_told_)) {
        told_.push_back(event);
        ASSERT_TRUE(publication_.Tell(*database_, event, clock_.Now()).ok()) << event.type;
        more = true;
      }
      for (const messaging::Envelope& event : Since(*database_, "publication", publication_told_)) {
        if (ledger_wiring_.router.Find(event.type) == nullptr) continue;
        told_.push_back(event);
        Ledger(event);
        more = true;
      }
    }
  }
  static std::vector<messaging::Envelope> Since(storage::Database& database,
                                                const std::string& stream, int64_t& told) {
    std::vector<messaging::Envelope> events;
    const absl::Status status = database.Read([&](storage::Session& session) {
      auto rows = database.outbox().ReadFrom(session, stream, database.epoch(), told + 1, 1000);
      if (!rows.ok()) return absl::OkStatus();
      for (const storage::OutboxRow& row : *rows) {
        events.push_back(*messaging::DecodeEnvelope(row.bytes));
        told = events.back().seq;
      }
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return events;
  }

  // What the record must show, told from what happened alone.
  std::string Expected() {
    bool ended = false, shielded = false;
    for (const Approval& approval : approvals_) {
      if (approval.revoked || !approval.took_effect) continue;
      (approval.shields ? shielded : ended) = true;
    }
    if (annulled_) return "5";
    if (ended || moved_out_) return "3";
    if (LegalDay(clock_.Now()) > absl::CivilDay(2027, 4, 20)) return "4";
    return shielded ? "6" : "1";
  }
  void Check() {
    ASSERT_EQ(State(), Expected()) << history_;
    ASSERT_EQ(Rows("SELECT count(*) FROM ending GROUP BY decision HAVING count(*) > 1", 1).size(),
              0u);
  }

  template <typename Proto>
  static void SetIds(const std::string& name, Proto& proto) {
    proto.set_case_id(Bytes(absl::StrCat("case of ", name)));
    proto.set_application(Bytes(absl::StrCat("application of ", name)));
    const catalogue::Authority& authority = *FeedLaw::Get().authorities.FindByCode(kTransport);
    proto.mutable_authority()->set_code(authority.code);
    proto.mutable_authority()->set_name(authority.name);
    proto.mutable_authority()->set_uscc(authority.uscc);
  }
  static std::string Bytes(const std::string& name) {
    return std::string(LedgerOf::IdOf(name).bytes());
  }
  void Stamp(google::protobuf::Timestamp* time) {
    time->set_seconds(absl::ToUnixSeconds(clock_.Now()));
  }
  // Statements are kept by their literal.
  std::string State() { return Rows("SELECT state FROM record", 1)[0]; }
  std::string Version() { return Rows("SELECT version FROM record", 1)[0]; }
  std::string OutcomeOf(const std::string& name) {
    std::string outcome;
    const absl::Status status = database_->Read([&](storage::Session& session) {
      storage::Query query = session.Sql("SELECT outcome FROM ending WHERE case_id = ?",
                                         LedgerOf::IdOf(absl::StrCat("case of ", name)));
      if (query.Next()) outcome = std::string(query.Text(0));
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return outcome;
  }
  std::string DecisionOf(const std::string& name) {
    std::string id;
    const absl::Status status = ledger_->Read([&](storage::Session& session) {
      storage::Query query = session.Sql("SELECT id FROM decision WHERE case_id = ?",
                                         LedgerOf::IdOf(absl::StrCat("case of ", name)));
      if (query.Next()) id = std::string(query.Blob(0));
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return id;
  }

  std::mt19937 random_;
  std::string history_;  // shown with what went wrong
  int steps_ = 0;
  Id record_;
  LedgerOf publication_;
  std::unique_ptr<storage::Database> ledger_;
  const service::Wiring ledger_wiring_ = result::WireResultSync();
  std::vector<Approval> approvals_;
  std::vector<messaging::Envelope> told_;
  int64_t ledger_told_ = 0, publication_told_ = 0;
  bool moved_out_ = false, reported_ = false, annulled_ = false;
};

TEST(RevocationWalk, PublishedStateEqualsTheLastValidDecision) {
  for (int life = 0; life < kLives; ++life) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, ", life ", life));
    Life(kSeed + static_cast<uint32_t>(life)).Live();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace xiufu::publication
