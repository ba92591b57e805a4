#include "libs/catalogue/confirmation.h"

#include <algorithm>
#include <utility>

#include "libs/catalogue/own_facts.h"
#include "libs/catalogue/rule_fact.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {
namespace {

bool Has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsVersion(const Rule& rule, const Confirmation& confirmation) {
  return rule.id == confirmation.rule &&
         rule.provenance.effective_from == confirmation.effective_from;
}

// The fields of the rule that the authority has confirmed, each once.
std::vector<std::string> ConfirmedFields(const CatalogueData& data, const Rule& rule,
                                         const std::vector<RuleFact>& facts,
                                         const std::string& authority) {
  std::vector<std::string> fields;
  for (const Confirmation& each : data.confirmations) {
    if (!each.covers || each.authority != authority || !IsVersion(rule, each)) continue;
    for (const RuleFact& fact : facts) {
      const bool meant = each.field.empty() || each.field == fact.field;
      if (meant && !Has(fields, fact.field)) fields.push_back(fact.field);
    }
  }
  return fields;
}

Rule Raised(Rule rule, std::vector<std::string> fields, size_t of_all) {
  if (fields.size() == of_all) rule.provenance.confidence = kConfirmedByAuthority;
  for (Deadline& deadline : rule.deadlines) {
    if (Has(fields, deadline.id)) deadline.provenance.confidence = kConfirmedByAuthority;
  }
  rule.confirmed = std::move(fields);
  return rule;
}

std::vector<std::string> AuthoritiesIn(const std::vector<Confirmation>& confirmations) {
  std::vector<std::string> authorities;
  for (const Confirmation& each : confirmations) {
    if (!Has(authorities, each.authority)) authorities.push_back(each.authority);
  }
  return authorities;
}

}  // namespace

std::vector<ConfirmedRule> ConfirmRules(const CatalogueData& data) {
  std::vector<ConfirmedRule> confirmed;
  for (const std::string& authority : AuthoritiesIn(data.confirmations)) {
    for (const Rule& rule : data.rules) {
      const std::vector<RuleFact> facts = FactsOf(data, rule);
      std::vector<std::string> fields = ConfirmedFields(data, rule, facts, authority);
      if (fields.empty()) continue;
      confirmed.push_back({authority, Raised(rule, std::move(fields), facts.size())});
    }
  }
  return confirmed;
}

const Rule* AsConfirmedBy(const CatalogueData& data, const Rule* rule,
                          absl::string_view authority) {
  if (rule == nullptr) return nullptr;
  for (const ConfirmedRule& confirmed : data.confirmed) {
    if (confirmed.authority == authority && confirmed.rule.id == rule->id &&
        confirmed.rule.provenance.effective_from == rule->provenance.effective_from) {
      return &confirmed.rule;
    }
  }
  return rule;
}

std::vector<ConfirmedStandard> ConfirmStandards(const CatalogueData& data) {
  std::vector<ConfirmedStandard> confirmed;
  for (const Confirmation& each : data.confirmations) {
    for (const ClassStandard& standard : data.classes) {
      if (each.rule == kOwnFacts && each.field == standard.id && each.changed_to.empty() &&
          each.content == DigestOf(FactOf(standard))) {
        confirmed.push_back({each.authority, standard.id});
      }
    }
  }
  return confirmed;
}

std::string ConfidenceFor(const CatalogueData& data, const ClassStandard& standard,
                          absl::string_view authority) {
  const bool confirmed = std::any_of(
      data.confirmed_standards.begin(), data.confirmed_standards.end(),
      [&](const auto& each) { return each.authority == authority && each.id == standard.id; });
  return confirmed ? kConfirmedByAuthority : standard.provenance.confidence;
}

}  // namespace xiufu::catalogue
