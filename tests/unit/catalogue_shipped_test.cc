// What the shipped data says, as regulations and the issue ask for it.
#include "tests/unit/catalogue_shipped.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/uscc.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/agreement.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/due_date.h"
#include "libs/catalogue/messages.h"

namespace xiufu::catalogue {
namespace {

std::string TermText(const std::optional<Term>& term) {
  if (!term) return "";
  return absl::StrCat(calendar::FormatPeriod(term->period), " ", ToString(term->from));
}

// Row by row: rule, in force from and to, minimum and maximum with their anchors, materials, what
// becomes of the application, how sure it is.
TEST(ShippedCatalogue, HasTheRulesAsTheLawIsAndWas) {
  const struct {
    const char* id;
    const char* from;
    const char* to;
    const char* minimum;
    const char* maximum;
    std::vector<std::string> materials;
    Handling handling;
    const char* confidence;
  } rows[] = {
      {"N58-SIMPLE", "2023-05-01", "2026-03-31", "", "", {}, Handling::kResultOnly, "M"},
      {"N58-WARN", "2023-05-01", "2026-03-31", "", "", {}, Handling::kResultOnly, "M"},
      {"N58-PEN",
       "2023-05-01",
       "2026-03-31",
       "3mo DECISION",
       "3y DECISION",
       {"M2", "M3"},
       Handling::kRelayed,
       "S"},
      {"N58-SAFE",
       "2023-05-01",
       "2026-03-31",
       "1y DECISION",
       "3y DECISION",
       {"M2", "M3"},
       Handling::kRelayed,
       "S"},
      {"N58-LIST", "2023-05-01", "2026-03-31", "", "", {}, Handling::kResultOnly, "S"},
      {"N58-FALSE", "2023-05-01", "2026-03-31", "", "3y DOCUMENT", {}, Handling::kResultOnly, "M"},
      {"N36-MIN",
       "2026-04-01",
       "",
       "0 DOCUMENT",
       "3mo DOCUMENT",
       {"M2", "M3"},
       Handling::kInSuite,
       "S"},
      {"N36-GEN",
       "2026-04-01",
       "",
       "3mo DOCUMENT",
       "1y DOCUMENT",
       {"M2", "M3"},
       Handling::kInSuite,
       "S"},
      {"N36-SER",
       "2026-04-01",
       "",
       "1y DOCUMENT",
       "3y DOCUMENT",
       {"M2", "M3"},
       Handling::kInSuite,
       "S"},
      {"N36-LIST",
       "2026-04-01",
       "",
       "1y DOCUMENT",
       "3y DOCUMENT",
       {"M2", "M3"},
       Handling::kInSuite,
       "S"},
      {"N36-BKR-T", "2026-04-01", "", "0 DOCUMENT", "", {"M10", "M2"}, Handling::kInSuite, "I"},
      {"N36-BKR-F", "2026-04-01", "", "0 DOCUMENT", "", {"M11", "M2"}, Handling::kInSuite, "I"},
      {"N36-FALSE", "2026-04-01", "", "", "3y DOCUMENT", {}, Handling::kResultOnly, "M"},
      {"S21-ABN",
       "2021-09-01",
       "2025-12-24",
       "0 LISTING",
       "",
       {"M1", "M2"},
       Handling::kHandedOver,
       "S"},
      {"S21-LOW", "2021-09-01", "2025-12-24", "", "3mo PUBLICITY", {}, Handling::kResultOnly, "T"},
      {"S21-PEN",
       "2021-09-01",
       "2025-12-24",
       "6mo PUBLICITY",
       "3y PUBLICITY",
       {"M1", "M2", "M3"},
       Handling::kHandedOver,
       "S"},
      {"S21-PEN12",
       "2021-09-01",
       "2025-12-24",
       "1y PUBLICITY",
       "3y PUBLICITY",
       {"M1", "M2", "M3"},
       Handling::kHandedOver,
       "S"},
      {"S21-LIST",
       "2021-09-01",
       "2025-12-24",
       "1y LISTING",
       "3y LISTING",
       {"M1", "M2", "M3"},
       Handling::kHandedOver,
       "S"},
      {"S107-WARN", "2025-12-25", "", "", "", {}, Handling::kResultOnly, "S"},
      {"S107-MIN", "2025-12-25", "", "", "3mo PUBLICITY", {}, Handling::kResultOnly, "S"},
      {"S107-GEN",
       "2025-12-25",
       "",
       "3mo PUBLICITY",
       "1y PUBLICITY",
       {"M1", "M2", "M3"},
       Handling::kHandedOver,
       "S"},
      {"S107-SER",
       "2025-12-25",
       "",
       "1y PUBLICITY",
       "3y PUBLICITY",
       {"M1", "M2", "M3"},
       Handling::kHandedOver,
       "S"},
      {"S107-LIST",
       "2025-12-25",
       "",
       "1y LISTING",
       "3y LISTING",
       {"M1", "M2", "M3"},
       Handling::kHandedOver,
       "S"},
      {"S107-ABN", "2025-12-25", "", "0 LISTING", "", {"M1"}, Handling::kHandedOver, "I"},
      {"S107-SPOT", "2025-12-25", "", "", "", {"M1", "M13"}, Handling::kHandedOver, "F"},
      {"S107-BKR", "2025-12-25", "", "0 DOCUMENT", "", {"M10"}, Handling::kHandedOver, "S"},
      {"MCA-ABN", "2018-01-24", "", "0 LISTING", "", {"M1", "M13"}, Handling::kRelayed, "S"},
      {"MCA-ABN-AUTO", "2018-01-24", "", "", "6mo LISTING", {}, Handling::kResultOnly, "S"},
      {"MCA-LIST",
       "2018-01-24",
       "",
       "2y LISTING",
       "",
       {"M1", "M2", "M13"},
       Handling::kRelayed,
       "S"},
      {"MCA-LIST-DEREG", "2018-01-24", "", "0 LISTING", "", {}, Handling::kRelayed, "S"},
      {"SPC-EVT", "2017-05-01", "", "0 LISTING", "", {"M12"}, Handling::kHandedOver, "T"},
      {"SPC-TERM", "2017-05-01", "", "", "2y LISTING", {}, Handling::kResultOnly, "S"},
      {"SPC-CORR", "2017-05-01", "", "", "", {}, Handling::kHandedOver, "T"},
      {"HR-EARLY",
       "2022-01-01",
       "",
       "6mo CORRECTION",
       "3y LISTING",
       {"M1", "M8", "M2"},
       Handling::kRelayed,
       "T"},
      {"HR-END", "2022-01-01", "", "", "3y LISTING", {}, Handling::kResultOnly, "T"},
      {"TAX-1",
       "2022-02-01",
       "",
       "6mo PUBLICITY",
       "3y PUBLICITY",
       {"M1", "M9", "M3"},
       Handling::kRelayed,
       "S"},
      {"TAX-2",
       "2022-02-01",
       "",
       "0 PUBLICITY",
       "3y PUBLICITY",
       {"M1", "M9", "M10"},
       Handling::kRelayed,
       "S"},
      {"TAX-3",
       "2022-02-01",
       "",
       "0 PUBLICITY",
       "3y PUBLICITY",
       {"M1", "M9", "M14"},
       Handling::kRelayed,
       "S"},
      {"NBS-1",
       "2022-05-19",
       "",
       "6mo PUBLICITY",
       "1y PUBLICITY",
       {"M1", "M13", "M2"},
       Handling::kRelayed,
       "M"},
      {"MEM-EARLY",
       "2023-10-01",
       "",
       "1y LISTING",
       "3y LISTING",
       {"M1", "M2", "M3"},
       Handling::kRelayed,
       "S"},
      {"MEM-END", "2023-10-01", "", "", "3y LISTING", {}, Handling::kResultOnly, "S"},
      {"PEN-VOID", "2021-07-15", "", "", "", {"M15"}, Handling::kResultOnly, "T"},
      {"OBJ", "2026-04-01", "", "", "", {}, Handling::kResultOnly, "F"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.id);
    const absl::CivilDay from = *ParseDay(row.from);
    const Rule* rule = ShippedCatalogue().FindRule(row.id, from);
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(ShippedCatalogue().FindRule(row.id, from - 1), nullptr);
    EXPECT_EQ(rule->provenance.effective_to ? FormatDay(*rule->provenance.effective_to) : "",
              row.to);
    EXPECT_EQ(TermText(rule->minimum), row.minimum);
    EXPECT_EQ(TermText(rule->maximum), row.maximum);
    EXPECT_EQ(rule->materials, row.materials);
    EXPECT_EQ(rule->handling, row.handling);
    EXPECT_EQ(rule->provenance.confidence, row.confidence);
    EXPECT_FALSE(rule->provenance.source.empty());
  }
}

TEST(ShippedCatalogue, EffectsAreCarriedByThree) {
  const Rule& rule = *ShippedCatalogue().FindRule("N36-GEN", absl::CivilDay(2026, 11, 24));
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
  EXPECT_EQ(ShippedCatalogue().FindMaterial("M99"), nullptr);
  EXPECT_TRUE(ShippedCatalogue().FindMaterial("M6")->fetched);
  EXPECT_FALSE(ShippedCatalogue().FindMaterial("M2")->fetched);
}

TEST(ShippedCatalogue, DeadlinesRunInWorkingDays) {
  const calendar::Calendar calendar = *calendar::Calendar::Load("deploy/calendars");
  const Rule& rule = *ShippedCatalogue().FindRule("N36-SER", absl::CivilDay(2026, 11, 24));
  const struct {
    const char* kind;
    const char* start_event;
    int days;
    const char* confidence;
    const char* due;  // from 2026-09-24
  } rows[] = {{"ACCEPT", "PUSHED_TO_AUTHORITY", 3, "S", "2026-09-30"},
              {"DECIDE", "ACCEPTED", 7, "M", "2026-10-12"},
              {"OVERALL", "SUBMITTED", 10, "S", "2026-10-15"},
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

TEST(ShippedCatalogue, LinesAreToldFromNames) {
  for (const auto& [name, kind] :
       {std::pair("丹东市市场监督管理局", "MARKET_REGULATION"),
        std::pair("东港市民政局", "CIVIL_AFFAIRS"), std::pair("丹东市振兴区人民法院", "COURT"),
        std::pair("丹东市人力资源和社会保障局", "HUMAN_RESOURCES"),
        std::pair("国家税务总局丹东市税务局", "TAX"), std::pair("凤城市统计局", "STATISTICS"),
        std::pair("丹东市消防救援支队", "FIRE_RESCUE")}) {
    const AuthorityKind* found = ShippedCatalogue().AuthorityKindOf(name);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_EQ(found->id, kind);
    EXPECT_NE(ShippedCatalogue().FindChannel(found->channel), nullptr);
  }
  EXPECT_EQ(ShippedCatalogue().AuthorityKindOf("丹东市烟草专卖局"), nullptr);
}

TEST(ShippedCatalogue, FieldsAndGroundsAreToldFromWords) {
  const Catalogue& catalogue = ShippedCatalogue();
  EXPECT_EQ(catalogue.FieldsOf("违反《中华人民共和国食品安全法》", "MARKET_REGULATION"),
            std::vector<std::string>{"FOOD"});
  EXPECT_EQ(catalogue.FieldsOf("未按规定设置消防设施", ""), std::vector<std::string>{"FIRE"});
  EXPECT_EQ(catalogue.FieldsOf("", "EMERGENCY"), std::vector<std::string>{"WORK_SAFETY"});
  EXPECT_TRUE(catalogue.FieldsOf("超限运输", "TRANSPORT").empty());
  EXPECT_EQ(catalogue.GroundOf(MatterKind::kAbnormalList, "1")->id, "ANNUAL_REPORT");
  EXPECT_EQ(catalogue.GroundOf(MatterKind::kAbnormalMark, "通过登记的经营场所无法联系的")->id,
            "ADDRESS");
  EXPECT_EQ(catalogue.GroundOf(MatterKind::kSocialAbnormalList, "1"), nullptr);
  EXPECT_EQ(catalogue.GroundOf(MatterKind::kAbnormalList, "11"), nullptr) << "a digit is whole";
  EXPECT_EQ(catalogue.GroundOf(MatterKind::kSocialAbnormalList, "受到警告")->curable, false);
}

TEST(ShippedAuthorities, AreThoseOfThePlanWithValidMadeUpCodes) {
  const absl::StatusOr<AuthorityRegistry> registry = AuthorityRegistry::Load("deploy/authorities");
  ASSERT_TRUE(registry.ok()) << registry.status();
  std::set<std::string> kinds;
  for (const Authority& authority : registry->all()) {
    SCOPED_TRACE(authority.code);
    kinds.insert(authority.kind);
    EXPECT_EQ(registry->FindByUscc(authority.uscc), &authority);
    EXPECT_TRUE(authority.synthetic_uscc);
    const AuthorityKind* kind = ShippedCatalogue().AuthorityKindOf(authority.name);
    EXPECT_EQ(kind == nullptr ? "" : kind->id, authority.kind);
    EXPECT_EQ(authority.uscc.substr(0, 10), "11210600MB");
    EXPECT_TRUE(ShippedCatalogue().regions().IsCurrent(authority.region));
  }
  // The plan names these (2 and 4); their systems are not connected yet.
  for (const char* kind : {"COURT", "HUMAN_RESOURCES", "TAX", "STATISTICS", "EMERGENCY",
                           "CIVIL_AFFAIRS", "MARKET_REGULATION"}) {
    EXPECT_TRUE(kinds.contains(kind)) << kind;
  }
  EXPECT_EQ(registry->FindByCode("market-regulation")->handling, Handling::kHandedOver);
  EXPECT_EQ(registry->FindByCode("tax")->handling, Handling::kRelayed);
  EXPECT_EQ(registry->FindByCode("transport")->name, "丹东市交通运输局");
}

TEST(ShippedItems, AreOneForEveryKindOfRecordAndAuthority) {
  const absl::StatusOr<AuthorityRegistry> registry = AuthorityRegistry::Load("deploy/authorities");
  ASSERT_TRUE(registry.ok()) << registry.status();
  const absl::Status agreed = CheckAgreement(ShippedCatalogue(), *registry, "deploy/authorities");
  EXPECT_TRUE(agreed.ok()) << agreed;
  std::set<std::string> codes;
  for (const Authority& authority : registry->all()) {
    for (const Implementation& each : authority.implementations) {
      EXPECT_TRUE(codes.insert(each.code).second) << each.code << " twice";
      EXPECT_TRUE(each.provisional && absl::StartsWith(each.code, "XYXF")) << each.code;
    }
  }
  const Catalogue& catalogue = ShippedCatalogue();
  EXPECT_EQ(catalogue.ItemOf(MatterKind::kPenalty, "TAX")->id, "PENALTY");
  EXPECT_EQ(catalogue.ItemOf(MatterKind::kSeriousList, "TAX")->id, "SERIOUS_TAX");
  EXPECT_EQ(catalogue.ItemOf(MatterKind::kPenalty, "COURT"), nullptr);
  EXPECT_EQ(catalogue.one_thing().name, "信用修复“一件事”");
}

TEST(ShippedMessages, HaveEveryWordOfTheTimeline) {
  const absl::StatusOr<Messages> messages = Messages::Load("deploy/messages");
  ASSERT_TRUE(messages.ok()) << messages.status();
  EXPECT_TRUE(
      messages
          ->Require({"APPLICATION_SUBMITTED", "CASE_OPENED", "CASE_WITH_AUTHORITY", "CASE_ACCEPTED",
                     "CASE_SUPPLEMENT_REQUESTED", "CASE_SUPPLEMENTED", "CASE_DECIDED_APPROVED",
                     "CASE_DECIDED_REFUSED", "CASE_CONCLUDED_APPROVED", "CASE_CONCLUDED_REFUSED",
                     "CASE_LOOP_CLOSED", "CASE_TO_BE_ASSIGNED", "APPLICATION_CONCLUDED",
                     "APPLICATION_LOOP_CLOSED"})
          .ok());
}

}  // namespace
}  // namespace xiufu::catalogue
