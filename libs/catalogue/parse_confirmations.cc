#include "libs/catalogue/parse_confirmations.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/catalogue/own_facts.h"
#include "libs/catalogue/parse_common.h"
#include "libs/catalogue/rule_fact.h"
#include "libs/catalogue/select.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {
namespace {

constexpr size_t kDigestSize = 64;

bool IsDigest(absl::string_view text) {
  return text.size() == kDigestSize && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isxdigit(static_cast<unsigned char>(c));
         });
}

const Rule* VersionOf(const CatalogueData& data, const Confirmation& confirmation) {
  for (const Rule& rule : data.rules) {
    if (rule.id == confirmation.rule &&
        rule.provenance.effective_from == confirmation.effective_from) {
      return &rule;
    }
  }
  return nullptr;
}

// Whether the rule still says what was confirmed.
bool Covers(data::Table& row, const CatalogueData& data, const Confirmation& confirmation) {
  if (confirmation.rule == kOwnFacts) return false;  // no rule says it: see own_facts.h
  const Rule* rule = VersionOf(data, confirmation);
  if (rule == nullptr) {
    row.ComplainAbout("rule",
                      absl::StrCat("no version of '", confirmation.rule, "' is in force from ",
                                   FormatDay(confirmation.effective_from)));
    return false;
  }
  const std::vector<RuleFact> facts = FactsOf(data, *rule);
  const bool asked_only = !confirmation.changed_to.empty();
  if (confirmation.field.empty()) return !asked_only && DigestOf(facts) == confirmation.content;
  for (const RuleFact& fact : facts) {
    if (fact.field != confirmation.field) continue;
    return !asked_only && DigestOf(fact) == confirmation.content;
  }
  row.ComplainAbout("field", absl::StrCat("'", confirmation.field, "' is no fact of ", rule->id));
  return false;
}

bool IsSame(const Confirmation& a, const Confirmation& b) {
  return a.authority == b.authority && a.rule == b.rule && a.effective_from == b.effective_from &&
         a.field == b.field && a.content == b.content && a.changed_to == b.changed_to;
}

Confirmation ReadConfirmation(data::Table& row, const CatalogueData& data) {
  Confirmation confirmation;
  confirmation.file = row.file();
  confirmation.line = row.line();
  confirmation.authority = row.Text("authority");
  confirmation.rule = row.Text("rule");
  confirmation.effective_from = row.Day("effective_from");
  confirmation.field = row.OptionalText("field");
  confirmation.content = row.Text("content");
  confirmation.document = row.Text("document");
  confirmation.date = row.Day("date");
  confirmation.by = row.Text("by");
  confirmation.changed_to = row.OptionalText("changed_to");
  if (!IsAuthorityCode(confirmation.authority)) {
    row.ComplainAbout("authority", "not [a-z0-9-]{1,32}");
  }
  if (!IsDigest(confirmation.content)) row.ComplainAbout("content", "not a SHA-256 in hex");
  confirmation.covers = Covers(row, data, confirmation);
  row.Finish();
  return confirmation;
}

}  // namespace

std::vector<Confirmation> ParseConfirmations(const data::File& file, const CatalogueData& data,
                                             data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Confirmation> confirmations;
  for (data::Table& row : table.OptionalTables("confirmation")) {
    Confirmation confirmation = ReadConfirmation(row, data);
    if (std::any_of(confirmations.begin(), confirmations.end(),
                    [&](const Confirmation& other) { return IsSame(other, confirmation); })) {
      row.Complain("the same is confirmed twice");
    }
    confirmations.push_back(std::move(confirmation));
  }
  table.Finish();
  return confirmations;
}

void CheckConfirmations(const Catalogue& catalogue, const AuthorityRegistry& authorities,
                        data::Problems& problems) {
  const CatalogueData& data = catalogue.data();
  for (const Confirmation& confirmation : data.confirmations) {
    const Authority* authority = authorities.FindByCode(confirmation.authority);
    const Rule* rule = VersionOf(data, confirmation);
    if (authority == nullptr) {
      problems.Add(confirmation.file, confirmation.line,
                   absl::StrCat("authority: '", confirmation.authority, "' is not registered"));
    } else if (rule != nullptr && (!FitsAny(rule->when.authority_kinds, authority->kind) ||
                                   !FitsAny(rule->when.authorities, authority->code))) {
      problems.Add(confirmation.file, confirmation.line,
                   absl::StrCat("rule: ", rule->id, " is not for ", authority->code));
    }
  }
}

}  // namespace xiufu::catalogue
