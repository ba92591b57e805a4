// What the shipped data says, as regulations and the issue ask for it.
#include "tests/unit/catalogue_shipped.h"

#include <gtest/gtest.h>

#include "libs/base/uscc.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/due_date.h"
#include "libs/catalogue/messages.h"

namespace xiufu::catalogue {
namespace {

TEST(ShippedCatalogue, HasTheThreeRulesOfOrder36) {
  const struct {
    const char* id;
    RecordClass record_class;
    const char* minimum;
    const char* maximum;
  } rows[] = {{"N36-MIN", RecordClass::kMinor, "0", "3mo"},
              {"N36-GEN", RecordClass::kGeneral, "3mo", "1y"},
              {"N36-SER", RecordClass::kSerious, "1y", "3y"}};
  for (const auto& row : rows) {
    const Rule* rule = ShippedCatalogue().FindRule(row.id);
    ASSERT_NE(rule, nullptr) << row.id;
    EXPECT_EQ(rule->record_class, row.record_class);
    EXPECT_EQ(calendar::FormatPeriod(rule->minimum), row.minimum);
    EXPECT_EQ(calendar::FormatPeriod(rule->maximum), row.maximum);
    EXPECT_EQ(rule->materials, (std::vector<std::string>{"M2", "M3"}));
    EXPECT_EQ(rule->result_word, "终止公示");
    EXPECT_EQ(rule->handling, Handling::kInSuite);
    EXPECT_EQ(FormatDay(rule->provenance.effective_from), "2026-04-01");
    EXPECT_FALSE(rule->provenance.source.empty());
    EXPECT_EQ(rule->provenance.confidence, "S");
  }
  EXPECT_EQ(ShippedCatalogue().FindRule("N58-PEN"), nullptr);
}

TEST(ShippedCatalogue, EffectsAreCarriedByThree) {
  const Rule& rule = *ShippedCatalogue().FindRule("N36-GEN");
  ASSERT_EQ(rule.effects.size(), 3u);
  EXPECT_EQ(rule.effects[0].id, "END_PUBLICITY");
  EXPECT_EQ(rule.effects[0].carried_by, CarriedBy::kPublication);
  EXPECT_EQ(rule.effects[1].id, "STOP_SHARING");
  EXPECT_EQ(rule.effects[1].carried_by, CarriedBy::kPublication);
  EXPECT_EQ(rule.effects[2].id, "LIFT_MEASURES");
  EXPECT_EQ(rule.effects[2].carried_by, CarriedBy::kAuthority);
}

TEST(ShippedCatalogue, MaterialsSayWhatIsAccepted) {
  for (const char* kind : {"M2", "M3"}) {
    const MaterialKind* material = ShippedCatalogue().FindMaterial(kind);
    ASSERT_NE(material, nullptr);
    EXPECT_EQ(material->max_bytes, 20 * 1024 * 1024);
    EXPECT_EQ(material->media_types,
              (std::vector<std::string>{"application/pdf", "image/jpeg", "image/png"}));
  }
  EXPECT_EQ(ShippedCatalogue().FindMaterial("M1"), nullptr);
}

TEST(ShippedCatalogue, DeadlinesRunInWorkingDays) {
  const calendar::Calendar calendar = *calendar::Calendar::Load("deploy/calendars");
  const Rule& rule = *ShippedCatalogue().FindRule("N36-SER");
  const struct {
    const char* kind;
    const char* start_event;
    int days;
    const char* confidence;
    const char* due;  // from 2026-09-24
  } rows[] = {{"ACCEPT", "RECEIVED", 3, "S", "2026-09-30"},
              {"DECIDE", "ACCEPTED", 7, "M", "2026-10-12"},
              {"OVERALL", "RECEIVED", 10, "S", "2026-10-15"},
              {"EXTEND", "DECIDE_DUE", 10, "M", "2026-10-15"}};
  for (const auto& row : rows) {
    const Deadline* deadline = FindDeadline(rule, row.kind);
    ASSERT_NE(deadline, nullptr) << row.kind;
    EXPECT_EQ(deadline->start_event, row.start_event);
    EXPECT_EQ(deadline->days, row.days);
    EXPECT_EQ(deadline->day_kind, DayKind::kWorking);
    EXPECT_EQ(deadline->provenance.confidence, row.confidence);
    EXPECT_EQ(FormatDay(DueDate(*deadline, *ParseDay("2026-09-24"), calendar).day), row.due)
        << row.kind;
  }
}

TEST(ShippedCatalogue, CalendarDaysEndOnAWorkingDay) {
  const calendar::Calendar calendar = *calendar::Calendar::Load("deploy/calendars");
  Deadline deadline;
  deadline.day_kind = DayKind::kCalendar;
  deadline.days = 7;
  EXPECT_EQ(FormatDay(DueDate(deadline, *ParseDay("2026-09-24"), calendar).day), "2026-10-08");
  EXPECT_EQ(FormatDay(DueDate(deadline, *ParseDay("2026-11-02"), calendar).day), "2026-11-09");
}

TEST(ShippedCatalogue, RegionsAreDandongs) {
  const RegionTable& regions = ShippedCatalogue().regions();
  EXPECT_EQ(regions.all().size(), 10u);
  for (const char* code : {"210600", "210602", "210603", "210604", "210624", "210681", "210682"}) {
    EXPECT_TRUE(regions.IsCurrent(code)) << code;
    EXPECT_EQ(regions.CityOf(code)->name, "丹东市");
  }
  EXPECT_FALSE(regions.IsCurrent("210601"));
  EXPECT_FALSE(regions.IsCurrent("210621"));
  EXPECT_NE(regions.Find("210621"), nullptr);
  EXPECT_EQ(regions.Find("210683"), nullptr);  // an invention of shop databases
}

TEST(ShippedAuthorities, AreTheFiveWithValidMadeUpCodes) {
  const absl::StatusOr<AuthorityRegistry> registry = AuthorityRegistry::Load("deploy/authorities");
  ASSERT_TRUE(registry.ok()) << registry.status();
  for (const char* code :
       {"construction", "emergency", "environment", "transport", "urban-management"}) {
    const Authority* authority = registry->FindByCode(code);
    ASSERT_NE(authority, nullptr) << code;
    EXPECT_EQ(registry->FindByUscc(authority->uscc), authority);
    EXPECT_TRUE(authority->synthetic_uscc);
    EXPECT_EQ(authority->uscc.substr(0, 10), "11210600MB");
    EXPECT_TRUE(ShippedCatalogue().regions().IsCurrent(authority->region));
  }
  EXPECT_EQ(registry->FindByCode("transport")->name, "丹东市交通运输局");
}

TEST(ShippedMessages, HaveEveryWordOfTheTimeline) {
  const absl::StatusOr<Messages> messages = Messages::Load("deploy/messages");
  ASSERT_TRUE(messages.ok()) << messages.status();
  EXPECT_TRUE(
      messages
          ->Require({"APPLICATION_SUBMITTED", "CASE_OPENED", "CASE_WITH_AUTHORITY", "CASE_ACCEPTED",
                     "CASE_SUPPLEMENT_REQUESTED", "CASE_SUPPLEMENTED", "CASE_DECIDED_APPROVED",
                     "CASE_DECIDED_REFUSED", "CASE_CONCLUDED_APPROVED", "CASE_CONCLUDED_REFUSED",
                     "CASE_LOOP_CLOSED", "CASE_RETURNED", "APPLICATION_CONCLUDED",
                     "APPLICATION_LOOP_CLOSED"})
          .ok());
}

}  // namespace
}  // namespace xiufu::catalogue
