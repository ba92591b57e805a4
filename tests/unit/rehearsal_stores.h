#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "libs/base/legal_day.h"
#include "libs/catalogue/law.h"
#include "libs/feed/layouts_in_force.h"
#include "libs/storage/database.h"
#include "libs/storage/law_versions.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/seeded_ids.h"
#include "services/publication/drivers/record_codec.h"
#include "services/publication/drivers/sql_records.h"
#include "services/publication/migrations.h"
#include "services/publication/wiring.h"
#include "services/routing/domain/open_case.h"
#include "services/routing/drivers/answer_table.h"
#include "services/routing/drivers/case_table.h"
#include "services/routing/drivers/deadline_table.h"
#include "services/routing/drivers/supplement_table.h"
#include "services/routing/migrations.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::ctl {

inline void Must(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

// The law as it would be had Order 36 not come: Order 58 goes on, and nothing has a class. What was
// handed on to the national centre then is decided in the suite here, so that there are cases.
class OrderFiftyEight : public TempFolder {
 public:
  OrderFiftyEight() : TempFolder("deploy/catalogue") {
    const std::vector<std::pair<const char*, const char*>> ends = {
        {"effective_from = 2026-04-01", "effective_from = 2099-01-01"},
        {"effective_to = 2026-03-31", "effective_to = 2098-12-31"},
        {"handling = \"RELAYED\"", "handling = \"IN_SUITE\""}};
    for (const char* file : {"regime-ndrc-36.toml", "regime-ndrc-58.toml", "classes.toml"}) {
      Write(file, absl::StrReplaceAll(Read(file), ends));
    }
    Write("deadlines.toml", absl::StrReplaceAll(Read("deadlines.toml"), {ends[1]}));
    Replace("catalogue.toml", "version = \"", "version = \"58.");
  }
  catalogue::LawSnapshot Load() const {
    absl::StatusOr<catalogue::LawSnapshot> law =
        catalogue::LoadLaw({path(), "deploy/calendars", "deploy/authorities"});
    Must(law.status());
    return *law;
  }
};

// Stores of publication and routing as the services themselves write them, with names for what is
// in them.
class RehearsalStores {
 public:
  RehearsalStores(std::string folder, catalogue::LawSnapshot law)
      : folder_(std::move(folder)), law_(std::move(law)), in_force_(law_) {
    std::filesystem::create_directory(folder_);
    publication_ = Open("publication", publication::Migrations());
    routing_ = Open("routing", routing::Migrations());
    Must(routing_->WriteAndWait([&](storage::Tx& tx) {
      const catalogue::Catalogue& catalogue = law_->catalogue;
      return storage::KeepLawVersion(
          tx,
          {storage::kCatalogueKind, catalogue.version(), catalogue.sha256(), catalogue.archive()},
          clock_.Now());
    }));
  }
  ~RehearsalStores() { Stop(); }

  void Stop() {
    publication_->Stop();
    routing_->Stop();
  }
  std::string PathOf(const std::string& service) const {
    return absl::StrCat(folder_, "/", service, ".db");
  }
  storage::Database& routing() { return *routing_; }

  static const feed::LayoutsInForce& Layouts() {
    static const auto* const layouts =
        new feed::LayoutsInForce(*feed::LayoutBook::Load("deploy/feeds"));
    return *layouts;
  }
  // A penalty of the transport bureau.
  void Publish(const std::string& name, const std::string& kind, const std::string& decided) {
    const catalogue::Authority& authority = *law_->authorities.FindByCode("transport");
    const std::map<std::string, std::string> row = {{"CF_XDR_MC", "丹东示例贸易有限公司"},
                                                    {"CF_XDR_LB", "法人及非法人组织"},
                                                    {"CF_XDR_SHXYM", kSubject},
                                                    {"CF_WSH", name},
                                                    {"CF_WFXW", "超限运输"},
                                                    {"CF_CFLB", kind},
                                                    {"CF_NR_FK", kind == "罚款" ? "0.5" : ""},
                                                    {"CF_JDRQ", decided},
                                                    {"CF_CFJG", authority.name},
                                                    {"CF_CFJGDM", authority.uscc}};
    std::vector<std::string> codes, values;
    for (const auto& [code, value] : row) {
      codes.push_back(code);
      values.push_back(value);
    }
    const absl::StatusOr<publication::ImportReport> report = publication::ImportFeedInline(
        {publication_.get(), &clock_, &ids_, &in_force_, &Layouts(), "key"},
        absl::StrCat(absl::StrJoin(codes, ","), "\r\n", absl::StrJoin(values, ","), "\r\n"));
    Must(report.status());
    if (report->import.counts.imported != 1) throw std::runtime_error("not imported: " + name);
    const publication::Record record = Find(name);
    names_[record.id.ToString()] = name;
  }
  // A decision about it ended its publicity.
  void End(const std::string& record_name) {
    publication::Record record = Find(record_name);
    record.state = publication::RecordState::kEnded;
    record.ended_at = clock_.Now();
    Must(publication_->WriteAndWait([&](storage::Tx& tx) {
      publication::SqlRecords().SavePublicity(tx, record);
      return tx.status();
    }));
  }

  // An application for it, under the law of the stores, on the noon of a day.
  void Apply(const std::string& name, const std::string& record_name, const std::string& rule,
             const std::string& day) {
    const publication::Record record = Find(record_name);
    routing::SubmittedRecord submitted_record{
        .record = record.id,
        .snapshot = publication::ToProto(record, law_->authorities).SerializeAsString(),
        .authority_code = "transport",
        .rule = {rule, law_->catalogue.version(), law_->catalogue.sha256(),
                 law_->calendar.version()}};
    const Id id = DeriveId(Id(), name, 0, {});
    routing::Submitted submitted{.application = DeriveId(Id(), name, 1, {}),
                                 .number = "X",
                                 .submitted_at = Noon(day),
                                 .records = {submitted_record},
                                 .sha256 = std::string(32, 'x')};
    const catalogue::Authority& transport = *law_->authorities.FindByCode("transport");
    const routing::OpenedCase opened = routing::OpenCase(
        submitted, submitted_record, {id, DeriveId(Id(), name, 2, {})},
        {{transport.code, transport.name, transport.uscc, transport.kind}, LawOf(rule, day), ""});
    Must(routing_->WriteAndWait([&](storage::Tx& tx) {
      cases_.Insert(tx, opened.kase);
      for (const auto& receipt : opened.deadlines) deadlines_.Put(tx, id, receipt);
      return tx.status();
    }));
    names_[id.ToString()] = name;
    rules_[name] = {rule, day};
  }
  void Accept(const std::string& name, const std::string& day) {
    Take(name, day, routing::Answered{.answer_id = "accepted", .kind = routing::Accepted{"1"}});
  }
  void AskForSupplement(const std::string& name, const std::string& day) {
    Take(name, day, routing::Answered{.answer_id = "asked", .kind = routing::SupplementAsked{}});
  }
  void Supplement(const std::string& name, const std::string& day) {
    Take(name, day, routing::Supplemented{.round = 1});
  }
  void Conclude(const std::string& name, const std::string& day, routing::CaseResult result) {
    routing::Answered answered{.answer_id = "decided",
                               .kind = routing::Decided{{result, "1", day}}};
    Take(name, day, answered);
    Take(name, day, routing::DecisionEntered{DeriveId(Id(), name, 3, {}), {result, "1", day}});
  }

  // With the names for the ids.
  std::string Named(std::string text) const {
    for (const auto& [id, name] : names_) absl::StrReplaceAll({{id, name}}, &text);
    return text;
  }

  static constexpr char kSubject[] = "91210600MAYY000188";

 private:
  static absl::Time Noon(const std::string& day) {
    return StartOfLegalDay(*ParseDay(day)) + absl::Hours(12);
  }

  std::unique_ptr<storage::Database> Open(const std::string& service,
                                          absl::Span<const storage::Migration> migrations) {
    absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(
        {.path = PathOf(service), .service = service, .run_inline = true, .ballast_bytes = 0},
        migrations, &clock_);
    Must(database.status());
    (*database)->Start();
    return *std::move(database);
  }

  publication::Record Find(const std::string& document_no) const {
    std::optional<publication::Record> found;
    Must(publication_->Read([&](storage::Session& session) {
      for (publication::Record& record :
           publication::SqlRecords().OfSubject(session, kSubject, std::nullopt, 100)) {
        if (record.content.key.document_no == document_no) found = std::move(record);
      }
      return session.status();
    }));
    if (!found) throw std::runtime_error("no record " + document_no);
    return *found;
  }

  // The rule as cases were opened by it before there were steps: all at the authority at once.
  routing::Law LawOf(const std::string& rule, const std::string& day) const {
    const catalogue::Rule* found = law_->catalogue.FindRule(rule, *ParseDay(day));
    if (found == nullptr) throw std::runtime_error("no rule " + rule);
    auto without_steps = std::make_shared<catalogue::Rule>(*found);
    without_steps->reviewers.clear();
    without_steps->decides = "DETERMINING_AUTHORITY";
    return {.rule = std::move(without_steps),
            .calendar = law_->calendar.For("transport", "TRANSPORT"),
            .authority_rounds = 1};
  }

  // What routing does with an input.
  void Take(const std::string& name, const std::string& day,
            decltype(routing::CaseInput::what) what) {
    const Id id = DeriveId(Id(), name, 0, {});
    const auto& governed_by = rules_.at(name);
    const routing::CaseInput input{.case_id = id, .at = Noon(day), .what = std::move(what)};
    Must(routing_->WriteAndWait([&](storage::Tx& tx) {
      const routing::Step step = routing::Decide(*cases_.Find(tx, id), deadlines_.Of(tx, id), input,
                                                 LawOf(governed_by.first, governed_by.second));
      if (step.meaning != routing::Meaning::kMove) return absl::InternalError("nothing moved");
      cases_.Update(tx, step.next);
      for (const auto& receipt : step.deadlines) deadlines_.Put(tx, id, receipt);
      if (const auto* answered = std::get_if<routing::Answered>(&input.what)) {
        routing::AnswerTable().Insert(tx, {id, step.next.task, answered->answer_id}, input.at,
                                      {.kind = routing::KindOf(input), .counts = true});
      } else if (const auto* supplemented = std::get_if<routing::Supplemented>(&input.what)) {
        routing::SupplementTable().Insert(tx, id, input.at, *supplemented);
      }
      return tx.status();
    }));
  }

  const std::string folder_;
  const catalogue::LawSnapshot law_;
  catalogue::LawInForce in_force_;
  ManualClock clock_{absl::FromUnixSeconds(1'785'000'000)};  // 2026-07-26 in Asia/Shanghai
  SeededIds ids_{20260401};
  std::unique_ptr<storage::Database> publication_, routing_;
  const routing::CaseTable cases_;
  const routing::DeadlineTable deadlines_;
  std::map<std::string, std::string> names_;
  std::map<std::string, std::pair<std::string, std::string>> rules_;  // and when it was applied
};

}  // namespace xiufu::ctl
