#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/catalogue/law.h"
#include "libs/feed/layouts_in_force.h"
#include "libs/storage/database.h"
#include "libs/storage/outbox.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/seeded_ids.h"
#include "services/publication/migrations.h"
#include "services/publication/wiring.h"
#include "xiufu/result/v1/events.pb.h"

namespace xiufu::publication {

// The shipped kinds of penalties, authorities and layouts, loaded once.
struct FeedLaw {
  catalogue::LawInForce in_force{
      *catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", "deploy/authorities"})};
  const catalogue::Catalogue& catalogue = in_force.Get()->catalogue;
  const catalogue::AuthorityRegistry& authorities = in_force.Get()->authorities;
  feed::LayoutBook layouts = *feed::LayoutBook::Load("deploy/feeds");
  feed::LayoutsInForce layouts_in_force{layouts};
  static const FeedLaw& Get() {
    static const FeedLaw* const law = new FeedLaw();
    return *law;
  }
};

inline const Times kTimes = {.keep_notes = absl::Hours(24 * 365), .remind_days_before_end = 30};

inline constexpr char kCompany[] = "91210600MAYY000188";
inline constexpr char kTransport[] = "transport";

// A row of a feed by column code; what is not set has a good value.
class RowText {
 public:
  RowText() {
    const catalogue::Authority& authority = *FeedLaw::Get().authorities.FindByCode(kTransport);
    columns_ = {{"CF_XDR_MC", "丹东示例贸易有限公司"},
                {"CF_XDR_LB", "法人及非法人组织"},
                {"CF_XDR_SHXYM", kCompany},
                {"CF_WSH", "丹交罚〔2025〕1号"},
                {"CF_WFXW", "超限运输"},
                {"CF_CFLB", "罚款"},
                {"CF_NR_FK", "0.5"},
                {"CF_NR_WFFF", ""},
                {"CF_JDRQ", "2025-03-01"},
                {"CF_GSJZQ", ""},
                {"CF_CFJG", authority.name},
                {"CF_CFJGDM", authority.uscc}};
  }
  RowText& Set(const std::string& code, std::string value) {
    columns_[code] = std::move(value);
    return *this;
  }
  RowText& Drop(const std::string& code) {
    columns_.erase(code);
    return *this;
  }
  std::string Header() const {
    return absl::StrJoin(columns_, ",", [](std::string* out, const auto& column) {
      absl::StrAppend(out, column.first);
    });
  }
  std::string Line() const {
    return absl::StrJoin(columns_, ",", [](std::string* out, const auto& column) {
      absl::StrAppend(out, column.second);
    });
  }
  std::vector<std::string> Fields() const {
    std::vector<std::string> fields;
    for (const auto& [code, value] : columns_) fields.push_back(value);
    return fields;
  }
  std::vector<std::string> Codes() const {
    std::vector<std::string> codes;
    for (const auto& [code, value] : columns_) codes.push_back(code);
    return codes;
  }

 private:
  std::map<std::string, std::string> columns_;
};

// Rows of one shape, as a file.
inline std::string FeedOf(const std::vector<RowText>& rows) {
  std::string csv = absl::StrCat(rows.front().Header(), "\r\n");
  for (const RowText& row : rows) absl::StrAppend(&csv, row.Line(), "\r\n");
  return csv;
}

inline absl::Time TestNow() {
  return absl::FromUnixMillis(1775000000000);  // 2026-04-01 in Asia/Shanghai
}

// Publication as it runs, without threads.
class PublicationTest : public ::testing::Test {
 protected:
  void SetUp() override { Open(); }
  void TearDown() override { database_->Stop(); }

  // An empty store.
  void Open() {
    database_ = *storage::Database::Open(
        {.path = ":memory:", .service = "publication", .run_inline = true}, Migrations(), &clock_);
    database_->Start();
  }

  ServiceParts Parts() {
    return {database_.get(),
            &clock_,
            &ids_,
            &FeedLaw::Get().in_force,
            &FeedLaw::Get().layouts_in_force,
            "key"};
  }
  absl::StatusOr<ImportReport> Import(const std::string& file, const std::string& layout = "") {
    return ImportFeedInline(Parts(), file, layout);
  }
  absl::Status Write(absl::AnyInvocable<absl::Status(storage::Tx&)> fn) {
    absl::Status result = absl::UnknownError("not run");
    database_->Write(std::move(fn), [&](const absl::Status& status) { result = status; });
    while (database_->RunPending() > 0) {
    }
    return result;
  }
  // The ledger approves the repair of the only record.
  absl::Status TakeApproval(uint64_t record_version) {
    result::v1::DecisionEntered decision;
    const auto bytes = [](absl::string_view tag) {
      return std::string(DeriveId(Id(), tag, 1, {1, 2}).bytes());
    };
    decision.set_decision(bytes("decision"));
    decision.set_case_id(bytes("case"));
    decision.set_application(bytes("application"));
    decision.set_record(std::string(OnlyRecord().bytes()));
    decision.set_record_version(record_version);
    decision.set_result(common::v1::CASE_RESULT_APPROVED);
    decision.mutable_entered_at()->set_seconds(absl::ToUnixSeconds(clock_.Now()));
    decision.add_effects("END_PUBLICITY@publication");
    decision.set_result_word("终止公示");
    messaging::Envelope envelope;
    envelope.id = DeriveId(Id(), "event", 1, {1, 2});
    envelope.type = "xiufu.result.decision_entered.v1";
    envelope.data = decision.SerializeAsString();
    const service::Wiring wiring = WirePublication(&FeedLaw::Get().in_force, kTimes);
    return Write([&](storage::Tx& tx) {
      return (*wiring.router.Find(envelope.type))(envelope,
                                                  messaging::CauseOf(envelope, clock_.Now()), tx);
    });
  }
  // The columns of all rows of a query, as text.
  std::vector<std::string> Rows(const char* sql, int columns) {
    std::vector<std::string> rows;
    const absl::Status status = database_->Read([&](storage::Session& session) {
      storage::Query query = session.Sql(sql);
      while (query.Next()) {
        std::vector<std::string> row;
        for (int i = 0; i < columns; ++i) row.emplace_back(query.Text(i));
        rows.push_back(absl::StrJoin(row, "|"));
      }
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return rows;
  }
  Id OnlyRecord() {
    Id id;
    const absl::Status status = database_->Read([&](storage::Session& session) {
      storage::Query query = session.Sql("SELECT id FROM record");
      if (query.Next()) id = query.IdAt(0);
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return id;
  }
  // What was said of single records.
  std::vector<messaging::Envelope> Emitted() { return EventsOf("records/"); }
  std::vector<messaging::Envelope> EventsOf(absl::string_view subjects) {
    std::vector<messaging::Envelope> events;
    const absl::Status status = database_->Read([&](storage::Session& session) {
      for (const storage::StreamHead& head : database_->outbox().Heads(session, {})) {
        if (head.head == 0) continue;
        auto rows = database_->outbox().ReadFrom(session, head.stream, head.epoch, 1, 100);
        for (const storage::OutboxRow& row : *rows) {
          messaging::Envelope event = *messaging::DecodeEnvelope(row.bytes);
          if (absl::StartsWith(event.subject, subjects)) events.push_back(std::move(event));
        }
      }
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return events;
  }

  ManualClock clock_{TestNow()};
  SeededIds ids_{20260401};
  std::unique_ptr<storage::Database> database_;
};

}  // namespace xiufu::publication
