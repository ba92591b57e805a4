// 办事指南: what the public reads before it applies.
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/catalogue/governing.h"
#include "libs/catalogue/tables.h"
#include "services/xiufuctl/catalogue_guide.h"
#include "services/xiufuctl/guide_page.h"

namespace xiufu::ctl {
namespace {

using catalogue::Rule;
using letter::Align;

void AddOnce(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

class ServiceGuideWriter {
 public:
  ServiceGuideWriter(const GuideSubject& subject, const GuideWords& words)
      : subject_(subject),
        words_(words),
        page_(EmptyGuide(subject, words, words("GUIDE_SERVICE_TITLE")), words) {}

  letter::Document Write() {
    const catalogue::BilingualText title = words_.Both("GUIDE_SERVICE_TITLE");
    page_.Put(letter::Title{
        absl::StrCat(subject_.authority->name, "\n", words_("GUIDE_SERVICE_OF")), title.en});
    Facts();
    Items();
    Classes();
    Cases();
    Conditions();
    Materials();
    Channels();
    Limits();
    Results();
    WithoutApplication();
    Objection();
    Windows();
    Remarks();
    return page_.Finish();
  }

 private:
  void Facts() {
    page_.Head("GUIDE_SECTION_FACTS");
    std::vector<std::string> sources;
    for (const Rule* rule : subject_.rules) {
      if (rule->applied_for) {
        AddOnce(sources, words_.Source(rule->provenance.source, rule->provenance.confidence));
      }
    }
    std::vector<std::string> matters;
    for (const catalogue::MatterKind matter : subject_.matters) {
      matters.push_back(words_(absl::StrCat("GUIDE_MATTER_", ToString(matter))));
    }
    const catalogue::OneThing& one_thing = subject_.catalogue->one_thing();
    page_.Put(letter::Form{{{{words_("GUIDE_FACT_AUTHORITY"), subject_.authority->name}},
                            {{words_("GUIDE_FACT_FOR_WHOM"),
                              words_("GUIDE_FOR_WHOM", {{"authority", subject_.authority->name},
                                                        {"matters", words_.List(matters)}})}},
                            {{words_("GUIDE_FACT_ONE_THING"),
                              Coded(one_thing.name, one_thing.code, one_thing.provisional)}},
                            {{words_("GUIDE_FACT_FEE"), words_("GUIDE_FEE_NONE")}},
                            {{words_("GUIDE_FACT_BASIS"), absl::StrJoin(sources, "\n")}}}});
  }

  void Items() {
    page_.Head("GUIDE_SECTION_ITEMS");
    letter::Table table{{{words_("GUIDE_COLUMN_ITEM"), 4.2},
                         {words_("GUIDE_COLUMN_BASE_CODE"), 4, Align::kCentre},
                         {words_("GUIDE_COLUMN_OWN_CODE"), 6, Align::kCentre}},
                        {}};
    for (const catalogue::Item& item : subject_.catalogue->items()) {
      const catalogue::Implementation* own = subject_.authority->FindImplementation(item.id);
      if (own == nullptr) continue;
      table.rows.push_back({item.name, Coded("", item.base_code, item.provisional),
                            Coded("", own->code, own->provisional)});
    }
    page_.Put(std::move(table));
  }

  std::string Coded(const std::string& name, const std::string& code, bool provisional) const {
    return absl::StrCat(name, name.empty() ? "" : "　", code,
                        provisional ? words_("GUIDE_PROVISIONAL_CODE") : "");
  }

  // What makes a record minor, general or serious; the first row that fits decides.
  void Classes() {
    const auto standards =
        catalogue::StandardsGoverning(*subject_.catalogue, *subject_.authority, subject_.on);
    if (standards.empty()) return;
    page_.Head("GUIDE_SECTION_CLASSES");
    letter::Table table{{{words_("GUIDE_COLUMN_WHICH"), 7.5},
                         {words_("GUIDE_COLUMN_CLASS"), 3, Align::kCentre},
                         {words_("NOTICE_COLUMN_SOURCE"), 5.5}},
                        {}};
    for (const catalogue::GoverningStandard& each : standards) {
      table.rows.push_back(
          {words_.Standard(each), words_.Class(*each.standard),
           words_.Source(each.standard->provenance.source,
                         catalogue::ConfidenceFor(subject_.catalogue->data(), *each.standard,
                                                  subject_.authority->code))});
    }
    page_.Put(std::move(table));
    page_.Say(words_("GUIDE_CLASSES_NOTE"));
  }

  // Under which one applies: which record, and when.
  void Cases() {
    page_.Head("GUIDE_SECTION_CASES");
    letter::Table table{{{words_("GUIDE_COLUMN_CASE"), 4},
                         {words_("GUIDE_COLUMN_RECORDS"), 4},
                         {words_("GUIDE_COLUMN_MINIMUM"), 3},
                         {words_("GUIDE_COLUMN_MAXIMUM"), 3},
                         {words_("NOTICE_COLUMN_SOURCE"), 4}},
                        {}};
    std::vector<std::string> open;
    for (const Rule* rule : Applied()) {
      table.rows.push_back({words_.RuleInCell(*rule),
                            words_.When(*rule, subject_.matters_of.at(rule)), words_.Minimum(*rule),
                            words_.Maximum(*rule),
                            words_.Source(rule->provenance.source, rule->provenance.confidence)});
      if (!rule->beside.empty()) {
        open.push_back(words_("GUIDE_BESIDE", {{"rule", rule->id}, {"other", rule->beside}}));
      }
    }
    page_.Put(std::move(table));
    for (const std::string& text : open) page_.Say(text);
    page_.Say(words_("GUIDE_MINIMUM_NOTE"));
    Exclusions();
  }

  void Exclusions() {
    for (const catalogue::Exclusion& row : subject_.catalogue->data().exclusions) {
      const auto is_for = [](const std::vector<std::string>& names, const std::string& name) {
        return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
      };
      if (!row.provenance.InForce(subject_.on) ||
          !is_for(row.authority_kinds, subject_.authority->kind) ||
          !is_for(row.authorities, subject_.authority->code)) {
        continue;
      }
      page_.Say(
          words_(row.kinds.empty() ? "GUIDE_EXCLUDED_ALL" : "GUIDE_EXCLUDED",
                 {{"kinds", words_.List(row.kinds)},
                  {"source", words_.Source(row.provenance.source, row.provenance.confidence)}}));
    }
  }

  void Conditions() {
    page_.Head("GUIDE_SECTION_CONDITIONS");
    letter::Table table{{{words_("GUIDE_COLUMN_CONDITION"), 6},
                         {words_("GUIDE_COLUMN_PROOF"), 5},
                         {words_("GUIDE_COLUMN_FOR_CASES"), 5}},
                        {}};
    std::vector<const catalogue::Condition*> known;
    for (const Rule* rule : Applied()) {
      for (const catalogue::Condition& condition : rule->conditions) {
        const bool first = std::none_of(known.begin(), known.end(), [&](const auto* other) {
          return other->id == condition.id;
        });
        if (first) known.push_back(&condition);
      }
    }
    for (const catalogue::Condition* condition : known) {
      table.rows.push_back(
          {condition->name, words_.Proof(*condition, subject_.authority->kind, subject_.on),
           IdsWhere([&](const Rule& r) {
             return std::any_of(
                 r.conditions.begin(), r.conditions.end(),
                 [&](const catalogue::Condition& each) { return each.id == condition->id; });
           })});
    }
    page_.Put(std::move(table));
  }

  void Materials() {
    page_.Head("GUIDE_SECTION_MATERIALS");
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.5, Align::kCentre},
                         {words_("NOTICE_COLUMN_MATERIAL"), 4.1},
                         {words_("GUIDE_COLUMN_HAND_IN"), 2.2, Align::kCentre},
                         {words_("GUIDE_COLUMN_FORMAT"), 4.1},
                         {words_("GUIDE_COLUMN_FOR_CASES"), 3.4},
                         {words_("NOTICE_COLUMN_SOURCE"), 3.4}},
                        {}};
    for (const catalogue::MaterialKind& material : subject_.catalogue->data().materials) {
      const std::string cases = CasesOf(material.kind);
      if (cases.empty()) continue;
      table.rows.push_back(
          {absl::StrCat(table.rows.size() + 1),
           words_.Material(material.kind, subject_.authority->kind, subject_.on),
           words_(material.fetched ? "GUIDE_NOT_ASKED_FOR" : "GUIDE_ASKED_FOR"),
           material.fetched ? words_("GUIDE_FETCHED_FORMAT") : FormatOf(material), cases,
           words_.Source(material.provenance.source, material.provenance.confidence)});
    }
    page_.Put(std::move(table));
    page_.Say(words_("GUIDE_NOTHING_ELSE"));
  }

  // The rules that ask for the paper, and the grounds of a listing that it shows to be gone.
  std::string CasesOf(const std::string& kind) const {
    std::vector<std::string> cases;
    const auto has = [&](const std::vector<std::string>& kinds) {
      return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    const std::string ids = IdsWhere([&](const Rule& rule) { return has(rule.materials); });
    if (!ids.empty()) cases.push_back(ids);
    for (const catalogue::Ground& ground : subject_.catalogue->data().grounds) {
      const bool of_line = std::any_of(
          ground.matters.begin(), ground.matters.end(), [&](catalogue::MatterKind matter) {
            return std::find(subject_.matters.begin(), subject_.matters.end(), matter) !=
                   subject_.matters.end();
          });
      if (of_line && has(ground.materials)) {
        cases.push_back(words_("GUIDE_FOR_GROUND", {{"ground", ground.name}}));
      }
    }
    return absl::StrJoin(cases, "\n");
  }

  std::string FormatOf(const catalogue::MaterialKind& material) const {
    std::vector<std::string> types;
    for (const std::string& type : material.media_types) {
      types.push_back(absl::AsciiStrToUpper(type.substr(type.find('/') + 1)));
    }
    return words_("GUIDE_FORMAT", {{"types", words_.List(types)},
                                   {"megabytes", absl::StrCat(material.max_bytes >> 20)}});
  }

  void Channels() {
    page_.Head("GUIDE_SECTION_CHANNELS");
    const catalogue::Channel* channel = subject_.catalogue->ChannelOf(subject_.authority->kind);
    for (const RuleGroup& group : ProceduresOf(subject_)) {
      const Rule& rule = *group.front();
      const auto handling = catalogue::EffectiveHandling(rule, *subject_.authority);
      page_.Say(
          words_("GUIDE_APPLY_AT",
                 {{"cases", IdsOf(group)},
                  {"channel", words_.Source(channel->name, channel->confidence)},
                  {"pre_check", words_(absl::StrCat("GUIDE_PRE_CHECK_", rule.pre_check))},
                  {"decides", words_(absl::StrCat("GUIDE_DECIDES_", rule.decides),
                                     {{"authority", subject_.authority->name}})},
                  {"handling", words_(absl::StrCat("GUIDE_HANDLING_", ToString(handling)))}}));
    }
    page_.Say(words_("GUIDE_CHANNEL_SOURCE", {{"source", channel->source}}));
  }

  void Limits() {
    page_.Head("GUIDE_SECTION_LIMITS");
    for (const RuleGroup& group : ProceduresOf(subject_)) {
      if (group.front()->deadlines.empty()) {
        page_.Say(words_("GUIDE_NO_LIMITS", {{"cases", IdsOf(group)}}));
        continue;
      }
      page_.SayOfNext(words_("GUIDE_LIMITS_OF", {{"cases", IdsOf(group)}}));
      page_.Put(LimitTable(*group.front()));
    }
    page_.Say(words_("GUIDE_LIMITS_NOTE"));
  }

  letter::Table LimitTable(const Rule& rule) const {
    letter::Table table{{{words_("NOTICE_COLUMN_STEP"), 3.4},
                         {words_("NOTICE_COLUMN_LIMIT"), 6},
                         {words_("NOTICE_COLUMN_SOURCE"), 6.6}},
                        {}};
    for (const catalogue::Deadline& deadline : rule.deadlines) {
      if (!catalogue::IsTold(rule, deadline)) continue;
      table.rows.push_back(
          {words_(absl::StrCat("NOTICE_STEP_", deadline.kind)), words_.Limit(deadline),
           words_.Source(deadline.provenance.source, deadline.provenance.confidence)});
    }
    return table;
  }

  void Results() {
    page_.Head("GUIDE_SECTION_RESULTS");
    letter::Table table{{{words_("GUIDE_COLUMN_CASE"), 5},
                         {words_("GUIDE_COLUMN_RESULT"), 4},
                         {words_("GUIDE_COLUMN_EFFECTS"), 7}},
                        {}};
    for (const Rule* rule : Applied()) {
      std::vector<std::string> effects;
      for (const catalogue::Effect& effect : rule->effects) {
        effects.push_back(words_.Carrier(effect));
      }
      table.rows.push_back(
          {words_.RuleInCell(*rule), words_.Result(*rule), absl::StrJoin(effects, "\n")});
    }
    page_.Put(std::move(table));
    page_.Say(words_("GUIDE_RESULTS_NOTE"));
  }

  // What ends by itself, is not published at all, or is a matter for the authority alone.
  void WithoutApplication() {
    letter::Table table{{{words_("GUIDE_COLUMN_CASE"), 4},
                         {words_("GUIDE_COLUMN_RECORDS"), 4},
                         {words_("GUIDE_COLUMN_WHAT_HAPPENS"), 6},
                         {words_("NOTICE_COLUMN_SOURCE"), 4}},
                        {}};
    for (const Rule* rule : subject_.rules) {
      if (rule->applied_for || rule->when.basis == catalogue::Basis::kObjection) continue;
      table.rows.push_back({words_.RuleInCell(*rule),
                            words_.When(*rule, subject_.matters_of.at(rule)), WhatHappens(*rule),
                            words_.Source(rule->provenance.source, rule->provenance.confidence)});
    }
    if (table.rows.empty()) return;
    page_.Head("GUIDE_SECTION_WITHOUT");
    page_.Put(std::move(table));
  }

  std::string WhatHappens(const Rule& rule) const {
    std::vector<std::string> parts;
    if (!rule.published) return words_("GUIDE_NOT_PUBLISHED");
    if (rule.maximum) parts.push_back(words_.Maximum(rule));
    parts.push_back(words_(rule.by_person ? "GUIDE_BY_PERSON" : "GUIDE_BY_ITSELF",
                           {{"result", rule.result_word}}));
    for (const catalogue::Deadline& deadline : rule.deadlines) {
      parts.push_back(words_.StepLimit(deadline));
    }
    return words_.Sentence(parts);
  }

  void Objection() {
    page_.Head("GUIDE_SECTION_OBJECTION");
    for (const Rule* rule : subject_.rules) {
      if (rule->when.basis != catalogue::Basis::kObjection) continue;
      std::vector<std::string> limits;
      for (const catalogue::Deadline& deadline : rule->deadlines) {
        limits.push_back(words_.Source(words_.Limit(deadline), deadline.provenance.confidence));
      }
      page_.Say(words_(
          "GUIDE_OBJECTION",
          {{"limits", words_.List(limits)},
           {"result", rule->result_word},
           {"source", words_.Source(rule->provenance.source, rule->provenance.confidence)}}));
    }
    page_.Say(words_("GUIDE_REMEDIES"));
  }

  void Windows() {
    page_.Head("GUIDE_SECTION_WINDOWS");
    letter::Table table{{{words_("NOTICE_COLUMN_WINDOW"), 7},
                         {words_("NOTICE_COLUMN_ADDRESS"), 5},
                         {words_("NOTICE_COLUMN_HOTLINE"), 4}},
                        {}};
    const auto as_published = [&](const std::string& text) {
      return text.empty() ? words_("NOTICE_AS_PUBLISHED") : text;
    };
    for (const catalogue::HelpWindow& window : subject_.catalogue->windows()) {
      const Region* city = subject_.catalogue->regions().CityOf(window.region);
      const bool near = window.region == subject_.authority->region ||
                        (city != nullptr && city->code == subject_.authority->region);
      if (!near) continue;
      table.rows.push_back({window.name,
                            as_published(absl::StrCat(
                                window.address, window.hours.empty() ? "" : "\n", window.hours)),
                            as_published(window.hotline)});
    }
    if (!table.rows.empty()) page_.Put(std::move(table));
    if (!subject_.authority->hotline.empty()) {
      page_.Say(words_("NOTICE_HOTLINE", {{"name", subject_.authority->name},
                                          {"number", subject_.authority->hotline}}));
    }
    for (const catalogue::Hotline& hotline : subject_.catalogue->hotlines()) {
      page_.Say(words_("NOTICE_HOTLINE", {{"name", hotline.name}, {"number", hotline.number}}));
    }
  }

  void Remarks() {
    page_.Head("GUIDE_SECTION_REMARKS");
    for (const char* key : {"NOTICE_FREE", "GUIDE_TRUE", "NOTICE_UNVERIFIED", "GUIDE_CODES_NOTE"}) {
      page_.Say(words_(key));
    }
  }

  RuleGroup Applied() const {
    RuleGroup applied;
    std::copy_if(subject_.rules.begin(), subject_.rules.end(), std::back_inserter(applied),
                 [](const Rule* rule) { return rule->applied_for; });
    return applied;
  }
  std::string IdsOf(const RuleGroup& rules) const {
    std::vector<std::string> ids;
    for (const Rule* rule : rules) ids.push_back(rule->id);
    return words_.List(ids);
  }
  // Ids of the rules under which one applies that are so; all of them as a word.
  template <typename Is>
  std::string IdsWhere(Is is) const {
    const RuleGroup applied = Applied();
    RuleGroup found;
    for (const Rule* rule : applied) {
      if (is(*rule)) found.push_back(rule);
    }
    if (!found.empty() && found.size() == applied.size()) return words_("GUIDE_ALL_CASES");
    return IdsOf(found);
  }

  const GuideSubject& subject_;
  const GuideWords& words_;
  GuidePage page_;
};

}  // namespace

letter::Document ServiceGuide(const GuideSubject& subject, const GuideWords& words) {
  return ServiceGuideWriter(subject, words).Write();
}

}  // namespace xiufu::ctl
