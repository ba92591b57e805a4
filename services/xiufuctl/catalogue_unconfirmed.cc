#include "services/xiufuctl/catalogue_unconfirmed.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/catalogue/governing.h"
#include "libs/catalogue/own_facts.h"
#include "libs/catalogue/tables.h"

namespace xiufu::ctl {
namespace {

using catalogue::Provenance;
using catalogue::Rule;
using catalogue::RuleFact;

// The day nearest to today on which the row is in force.
absl::CivilDay DayOfRow(const Provenance& row, absl::CivilDay today) {
  if (row.effective_to && *row.effective_to < today) return *row.effective_to;
  return std::max(row.effective_from, today);
}

class UnconfirmedLister {
 public:
  UnconfirmedLister(const catalogue::Law& law, absl::CivilDay today) : law_(law), today_(today) {}

  std::string List() {
    for (const Rule& rule : law_.catalogue.rules()) AddRule(rule);
    for (const catalogue::ClassStandard& each : law_.catalogue.data().classes) AddStandard(each);
    for (const catalogue::Authority& authority : law_.authorities.all()) AddOwn(authority);
    return std::move(text_);
  }

 private:
  void AddRule(const Rule& rule) {
    const std::vector<const Rule*> confirmed = AsEachHasIt(rule);
    const auto of_row = [](const Rule& each) { return each.provenance.confidence; };
    Add(rule.id, rule.name, rule.provenance, confirmed, of_row,
        absl::StrCat(LapsedOf(rule), AskedOf(rule)));
    for (size_t i = 0; i < rule.deadlines.size(); ++i) {
      Add(
          absl::StrCat(rule.id, "/", rule.deadlines[i].id), rule.name, rule.deadlines[i].provenance,
          confirmed, [i](const Rule& each) { return each.deadlines[i].provenance.confidence; }, "");
    }
  }

  // A standard once, whoever it classes the records of.
  void AddStandard(const catalogue::ClassStandard& standard) {
    if (standard.provenance.confidence == "T") return;
    std::vector<std::string> done;
    for (const catalogue::ConfirmedStandard& each : law_.catalogue.data().confirmed_standards) {
      if (each.id == standard.id) done.push_back(each.authority);
    }
    absl::StrAppend(&text_, standard.id, "\t", standard.provenance.confidence, "\t",
                    ToString(standard.record_class), "\t", standard.provenance.source);
    if (!done.empty()) {
      absl::StrAppend(&text_, "\t已确认 / confirmed: ", absl::StrJoin(done, " "));
    }
    const RuleFact fact = catalogue::FactOf(standard);
    for (const catalogue::Authority& authority : law_.authorities.all()) {
      text_ += Asked(authority.code, catalogue::kOwnFacts, fact);
    }
    absl::StrAppend(&text_, "\n");
  }

  // What is about the authority itself; its standards have been told.
  void AddOwn(const catalogue::Authority& authority) {
    for (const RuleFact& fact : catalogue::OwnFactsOf(law_.catalogue, authority, today_)) {
      const auto& classes = law_.catalogue.data().classes;
      const bool standard = std::any_of(classes.begin(), classes.end(),
                                        [&](const auto& each) { return each.id == fact.field; });
      if (standard || catalogue::IsVerified(fact.confidence)) continue;
      absl::StrAppend(&text_, catalogue::kOwnFacts, "/", authority.code, "/", fact.field, "\t",
                      fact.confidence, "\t", authority.name, "\t", fact.source);
      absl::StrAppend(&text_, Asked(authority.code, catalogue::kOwnFacts, fact), "\n");
    }
  }

  // What an authority wants it to say instead, as long as it says what it said.
  std::string Asked(const std::string& authority, const std::string& rule,
                    const RuleFact& fact) const {
    std::string asked;
    for (const catalogue::Confirmation& each : law_.catalogue.data().confirmations) {
      if (each.changed_to.empty() || each.authority != authority || each.rule != rule ||
          each.field != fact.field || each.content != catalogue::DigestOf(fact)) {
        continue;
      }
      absl::StrAppend(&asked, "\t要求改为 / to be changed to: ", authority, " ", fact.field, " → ",
                      each.changed_to, "（", each.document, "）");
    }
    return asked;
  }

  // The rule as each authority has it whose records it can govern.
  std::vector<const Rule*> AsEachHasIt(const Rule& rule) {
    authorities_.clear();
    std::vector<const Rule*> all;
    for (const catalogue::Authority& authority : law_.authorities.all()) {
      for (const auto& each : Governing(authority, DayOfRow(rule.provenance, today_))) {
        if (each.rule->id != rule.id) continue;
        all.push_back(each.rule);
        authorities_.push_back(authority.code);
      }
    }
    return all;
  }

  const std::vector<catalogue::GoverningRule>& Governing(const catalogue::Authority& authority,
                                                         absl::CivilDay on) {
    const auto [at, fresh] = governing_.try_emplace({authority.code, on});
    if (fresh) at->second = catalogue::RulesGoverning(law_.catalogue, authority, on);
    return at->second;
  }

  template <typename ConfidenceOf>
  void Add(const std::string& id, const std::string& name, const Provenance& row,
           const std::vector<const Rule*>& as_each_has_it, ConfidenceOf confidence_of,
           const std::string& lapsed) {
    if (row.confidence == "T") return;
    std::vector<std::string> done;
    size_t whole = 0;
    for (size_t i = 0; i < as_each_has_it.size(); ++i) {
      const Rule& rule = *as_each_has_it[i];
      if (confidence_of(rule) == catalogue::kConfirmedByAuthority) {
        ++whole;
        done.push_back(authorities_[i]);
      } else if (!rule.confirmed.empty()) {
        done.push_back(absl::StrCat(authorities_[i], "(", absl::StrJoin(rule.confirmed, ","), ")"));
      }
    }
    if (!as_each_has_it.empty() && whole == as_each_has_it.size()) return;
    absl::StrAppend(&text_, id, "\t", row.confidence, "\t", name, "\t", row.source);
    if (!done.empty()) {
      absl::StrAppend(&text_, "\t已确认 / confirmed: ", absl::StrJoin(done, " "));
    }
    absl::StrAppend(&text_, lapsed, "\n");
  }

  std::string AskedOf(const Rule& rule) const {
    std::string asked;
    for (const catalogue::Authority& authority : law_.authorities.all()) {
      for (const RuleFact& fact : catalogue::FactsOf(law_.catalogue.data(), rule)) {
        asked += Asked(authority.code, rule.id, fact);
      }
    }
    return asked;
  }

  std::string LapsedOf(const Rule& rule) const {
    std::vector<std::string> lapsed;
    for (const catalogue::Confirmation& each : law_.catalogue.data().confirmations) {
      if (!each.covers && each.changed_to.empty() && each.rule == rule.id &&
          each.effective_from == rule.provenance.effective_from) {
        lapsed.push_back(absl::StrCat(each.authority, " ", each.document));
      }
    }
    if (lapsed.empty()) return "";
    return absl::StrCat("\t内容已改，须重新确认 / changed since: ", absl::StrJoin(lapsed, ", "));
  }

  const catalogue::Law& law_;
  const absl::CivilDay today_;
  std::vector<std::string> authorities_;  // of AsEachHasIt
  std::map<std::pair<std::string, absl::CivilDay>, std::vector<catalogue::GoverningRule>>
      governing_;
  std::string text_;
};

}  // namespace

std::string UnconfirmedText(const catalogue::Law& law, absl::CivilDay today) {
  return UnconfirmedLister(law, today).List();
}

}  // namespace xiufu::ctl
