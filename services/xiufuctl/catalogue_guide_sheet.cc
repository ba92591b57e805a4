// 业务方案确认表: every fact of the rules that govern an authority's records, for it to confirm.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/governing.h"
#include "libs/catalogue/own_facts.h"
#include "libs/catalogue/rule_fact.h"
#include "libs/catalogue/tables.h"
#include "services/xiufuctl/catalogue_guide.h"
#include "services/xiufuctl/guide_page.h"

namespace xiufu::ctl {
namespace {

using catalogue::Rule;
using catalogue::RuleFact;
using letter::Align;

class SheetWriter {
 public:
  SheetWriter(const GuideSubject& subject, const GuideWords& words)
      : subject_(subject),
        words_(words),
        page_(EmptyGuide(subject, words, words("GUIDE_SHEET_TITLE")), words) {}

  letter::Document Write() {
    page_.Put(letter::Title{absl::StrCat(subject_.authority->name, "\n", words_("GUIDE_SHEET_OF")),
                            words_.Both("GUIDE_SHEET_TITLE").en});
    page_.Say(words_("GUIDE_SHEET_OPENING", {{"authority", subject_.authority->name},
                                             {"date", words_.Day(subject_.on)},
                                             {"catalogue", subject_.catalogue->version()},
                                             {"rules", absl::StrCat(subject_.rules.size())}}));
    page_.Say(words_("GUIDE_SHEET_HOW_TO"));
    AddOwn();
    for (const Rule* rule : subject_.rules) AddRule(*rule);
    page_.Put(letter::Form{{{{words_("GUIDE_SHEET_REMARKS"), "", 4}}}, true});
    page_.Put(letter::Signature{{{words_("GUIDE_SHEET_NAME"), ""},
                                 {words_("GUIDE_SHEET_PHONE"), ""},
                                 {words_("GUIDE_SHEET_SEAL"), ""},
                                 {words_("FORM_DATE"), words_("FORM_DATE_BLANK")}}});
    return page_.Finish();
  }

 private:
  void AddRule(const Rule& rule) {
    page_.Put(letter::Heading{
        words_("GUIDE_SHEET_RULE", {{"number", absl::StrCat(++rules_)},
                                    {"rule", words_.Rule(rule)},
                                    {"from", words_.Day(rule.provenance.effective_from)}}),
        2});
    if (!rule.beside.empty()) {
      page_.SayOfNext(
          words_("GUIDE_SHEET_QUESTION",
                 {{"rule", rule.id}, {"other", rule.beside}, {"question", rule.question}}));
    }
    letter::Table table = EmptyTable();
    for (const RuleFact& fact : catalogue::FactsOf(subject_.catalogue->data(), rule)) {
      const bool confirmed = std::find(rule.confirmed.begin(), rule.confirmed.end(), fact.field) !=
                             rule.confirmed.end();
      table.rows.push_back(
          {absl::StrCat(rule.id, "/\n", fact.field), ContentOf(rule, fact.field), fact.source,
           words_.Confidence(confirmed ? catalogue::kConfirmedByAuthority : fact.confidence),
           words_("GUIDE_SHEET_ANSWER")});
    }
    page_.Put(std::move(table));
  }

  letter::Table EmptyTable() const {
    return {{{words_("GUIDE_COLUMN_ROW"), 3.9},
             {words_("GUIDE_COLUMN_CONTENT"), 5},
             {words_("NOTICE_COLUMN_SOURCE"), 4.3},
             {words_("GUIDE_COLUMN_CONFIDENCE"), 2, Align::kCentre},
             {words_("GUIDE_COLUMN_ANSWER"), 2.7}},
            {}};
  }

  // What is about the authority itself.
  void AddOwn() {
    page_.Put(letter::Heading{words_("GUIDE_SHEET_OWN"), 2});
    letter::Table table = EmptyTable();
    for (const RuleFact& fact :
         catalogue::OwnFactsOf(*subject_.catalogue, *subject_.authority, subject_.on)) {
      table.rows.push_back({absl::StrCat(catalogue::kOwnFacts, "/\n", fact.field),
                            OwnContentOf(fact.field),
                            fact.source.empty() ? words_("LETTER_UNKNOWN") : fact.source,
                            words_.Confidence(fact.confidence), words_("GUIDE_SHEET_ANSWER")});
    }
    page_.Put(std::move(table));
  }

  // In words; each field of own_facts.h has its own.
  std::string OwnContentOf(const std::string& field) const {
    const catalogue::Authority& authority = *subject_.authority;
    if (field == "handling") {
      return words_(
          "GUIDE_FACT_HANDLING",
          {{"text", words_(absl::StrCat("GUIDE_HANDLING_", ToString(authority.handling)))}});
    }
    if (field == "hotline") {
      return words_("GUIDE_FACT_HOTLINE",
                    {{"text", authority.hotline.empty() ? words_("NOTICE_AS_PUBLISHED")
                                                        : authority.hotline}});
    }
    for (const catalogue::Item& item : subject_.catalogue->items()) {
      if (item.id != field) continue;
      const catalogue::OneThing& one_thing = subject_.catalogue->one_thing();
      const catalogue::Implementation* own = authority.FindImplementation(item.id);
      const bool provisional = item.provisional || own->provisional || one_thing.provisional;
      return words_("GUIDE_FACT_ITEM",
                    {{"name", item.name},
                     {"base_code", item.base_code},
                     {"own_code", own->code},
                     {"one_thing_code", one_thing.code},
                     {"mark", provisional ? words_("GUIDE_PROVISIONAL_CODE") : ""}});
    }
    for (const auto& each :
         catalogue::StandardsGoverning(*subject_.catalogue, authority, subject_.on)) {
      if (each.standard->id != field) continue;
      return words_("GUIDE_FACT_STANDARD",
                    {{"which", words_.Standard(each)}, {"class", words_.Class(*each.standard)}});
    }
    return field;
  }

  // In words; each field of rule_fact.h has its own.
  std::string ContentOf(const Rule& rule, const std::string& field) const {
    if (field == "applies_to") {
      return words_(
          "GUIDE_FACT_APPLIES_TO",
          {{"name", rule.name}, {"when", words_.When(rule, subject_.matters_of.at(&rule))}});
    }
    if (field == "published") return words_("GUIDE_NOT_PUBLISHED");
    if (field == "applied_for") {
      return words_(rule.by_person ? "GUIDE_BY_PERSON" : "GUIDE_BY_ITSELF",
                    {{"result", rule.result_word}});
    }
    if (field == "minimum") {
      return words_("GUIDE_FACT_MINIMUM", {{"text", words_.Minimum(rule)}});
    }
    if (field == "maximum") {
      return words_("GUIDE_FACT_MAXIMUM", {{"text", words_.Maximum(rule)}});
    }
    if (field == "pre_check") {
      return words_("GUIDE_FACT_PRE_CHECK",
                    {{"text", words_(absl::StrCat("GUIDE_PRE_CHECK_", rule.pre_check))}});
    }
    if (field == "decides") {
      return words_("GUIDE_FACT_DECIDES",
                    {{"text", words_(absl::StrCat("GUIDE_DECIDES_", rule.decides),
                                     {{"authority", subject_.authority->name}})}});
    }
    if (field == "handling") return HandlingOf(rule);
    if (field == "ends_publicity_on") {
      return words_(absl::StrCat("GUIDE_ENDS_ON_", rule.ends_publicity_on));
    }
    if (field == "result_word") {
      return words_("GUIDE_FACT_RESULT", {{"text", rule.result_word}});
    }
    if (field == "mark_result_word") {
      return words_("GUIDE_FACT_MARK_RESULT", {{"text", rule.mark_result_word}});
    }
    if (field == "ban") return words_("GUIDE_FACT_BAN", {PeriodOf(*rule.ban)});
    if (field == "restarts_on_revocation") return words_("GUIDE_FACT_RESTARTS");
    if (field == "commitment_binds") {
      return words_("GUIDE_FACT_COMMITMENT_BINDS", {PeriodOf(*rule.commitment_binds)});
    }
    return ReferredContent(rule, field);
  }

  static catalogue::MessageArg PeriodOf(const calendar::Period& period) {
    return {"period", calendar::FormatPeriodZh(period), calendar::FormatPeriodEn(period)};
  }

  std::string HandlingOf(const Rule& rule) const {
    const auto words_for = [&](catalogue::Handling handling) {
      return words_(absl::StrCat("GUIDE_HANDLING_", ToString(handling)));
    };
    const auto now = catalogue::EffectiveHandling(rule, *subject_.authority);
    // Only what could be decided in the suite depends on the authority too.
    if (rule.handling != catalogue::Handling::kInSuite || now == rule.handling) {
      return words_("GUIDE_FACT_HANDLING", {{"text", words_for(rule.handling)}});
    }
    return words_("GUIDE_FACT_HANDLING_FOR_NOW",
                  {{"text", words_for(rule.handling)}, {"now", words_for(now)}});
  }

  // Of what the rule refers to by an id.
  std::string ReferredContent(const Rule& rule, const std::string& id) const {
    for (const catalogue::Condition& condition : rule.conditions) {
      if (condition.id != id) continue;
      return words_("GUIDE_FACT_CONDITION",
                    {{"text", condition.name},
                     {"proof", words_.Proof(condition, subject_.authority->kind, subject_.on)}});
    }
    for (const catalogue::Deadline& deadline : rule.deadlines) {
      if (deadline.id != id) continue;
      return words_("GUIDE_STEP_LIMIT",
                    {{"step", words_(absl::StrCat("NOTICE_STEP_", deadline.kind))},
                     {"limit", words_.Limit(deadline)}});
    }
    for (const catalogue::Effect& effect : rule.effects) {
      if (effect.id == id) return words_("GUIDE_FACT_EFFECT", {{"text", words_.Carrier(effect)}});
    }
    const bool fetched = subject_.catalogue->FindMaterial(id)->fetched;
    return words_("GUIDE_FACT_MATERIAL",
                  {{"text", words_.Material(id, subject_.authority->kind, subject_.on)},
                   {"asked", words_(fetched ? "GUIDE_NOT_ASKED_FOR" : "GUIDE_ASKED_FOR")}});
  }

  const GuideSubject& subject_;
  const GuideWords& words_;
  GuidePage page_;
  int rules_ = 0;
};

}  // namespace

letter::Document ConfirmationSheet(const GuideSubject& subject, const GuideWords& words) {
  return SheetWriter(subject, words).Write();
}

}  // namespace xiufu::ctl
