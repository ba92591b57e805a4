#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/region.h"
#include "libs/catalogue/confirmation.h"
#include "libs/catalogue/help.h"
#include "libs/catalogue/item.h"
#include "libs/catalogue/messages.h"
#include "libs/catalogue/rule.h"
#include "libs/catalogue/supervision.h"
#include "libs/catalogue/terms.h"

namespace xiufu::catalogue {

// How a record is classed. Rows are tried in the order of the file and the first that fits decides,
// so the special stands before the general.
struct ClassStandard {
  std::string id;                            // "CLASS-FINE"; by its place where it has none
  std::vector<MatterKind> matters;           // empty: penalties
  std::vector<std::string> kinds;            // empty: any
  std::vector<std::string> authority_kinds;  // empty: any
  std::vector<std::string> authorities;      // codes; empty: any
  std::string procedure;                     // empty: any
  // Bounds of the fine in 分, both inclusive. A row with bounds fits only where the record states a
  // fine.
  std::optional<int64_t> fine_from;
  std::optional<int64_t> fine_to;
  RecordClass record_class = RecordClass::kPending;
  Provenance provenance;
};

// Which regime governs a record that was determined before the rule of today (open question Q1).
struct TransitionPolicy {
  enum class Periods {
    kBoth,           // work both out; the machine speaks only where they agree
    kDetermination,  // those of the time of the determination
    kApplication,    // those of the day on which one applies
  };
  Periods periods = Periods::kBoth;
  // Of records older than every regime here: publicity lasted no longer than that.
  calendar::Period longest_before;
  std::string source;
  std::string confidence;
};

// What a law, administrative regulation or central policy excludes from repair.
struct Exclusion {
  std::vector<std::string> kinds;            // empty: any
  std::vector<std::string> authority_kinds;  // empty: any
  std::vector<std::string> authorities;      // empty: any
  Provenance provenance;
};

struct PenaltyKind {
  std::string name;
  std::string name_en;
};

// Where a row names an authority by its code; whether there is one, only deploy/authorities tells.
struct AuthorityMention {
  std::string code;
  std::string file;
  int line = 0;
};

// Everything deploy/catalogue says, checked: every reference resolves.
struct CatalogueData {
  // Read from a store: what was in force once is not measured by what is asked of new files.
  bool archived = false;
  std::string version;
  std::string sha256;
  std::string archive;
  std::vector<Rule> rules;
  std::vector<ClassStandard> classes;
  TransitionPolicy transition;
  std::vector<Exclusion> exclusions;
  std::vector<MaterialKind> materials;
  std::vector<Reviewer> reviewers;
  std::vector<Condition> conditions;
  std::vector<PenaltyField> fields;
  std::vector<Ground> grounds;
  std::vector<Finding> findings;
  std::vector<AuthorityKind> authority_kinds;
  std::vector<Channel> channels;
  std::string default_channel;  // where the line of an authority cannot be told
  std::vector<Item> items;
  OneThing one_thing;
  std::vector<PenaltyKind> kinds;  // in the order of the law
  std::map<std::string, std::vector<std::string>>
      aliases;             // other text or legacy digit → names of kinds
  std::string other_kind;  // classes what is unknown
  std::vector<HelpWindow> windows;
  std::vector<Hotline> hotlines;
  std::vector<ConsultationTopic> topics;
  WindowTerms window_terms;
  std::vector<Form> forms;  // the special before the general
  std::vector<Confirmation> confirmations;
  std::vector<ConfirmedRule> confirmed;
  std::vector<ConfirmedStandard> confirmed_standards;
  std::vector<AuthorityMention> mentions;
  Supervision supervision;  // nothing in one that a store kept from before there was any
  Messages reasons;
  RegionTable regions;
};

}  // namespace xiufu::catalogue
