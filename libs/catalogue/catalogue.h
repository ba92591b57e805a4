#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "libs/base/region.h"
#include "libs/catalogue/evaluation.h"
#include "libs/catalogue/facts.h"
#include "libs/catalogue/help.h"
#include "libs/catalogue/item.h"
#include "libs/catalogue/rule.h"
#include "libs/catalogue/supervision.h"
#include "libs/catalogue/terms.h"

namespace xiufu::catalogue {

struct CatalogueData;  // tables.h

// The law as data (deploy/catalogue): the rules of every instrument, class standards, materials,
// deadlines, effects, regions. Immutable, thread-safe, cheap to copy. Evaluation is pure: no clock,
// no store, no files.
class Catalogue {
 public:
  // Reads all files of the catalogue. INVALID_ARGUMENT lists everything wrong at once, each line
  // with file:line.
  static absl::StatusOr<Catalogue> Load(absl::string_view dir);
  // The same from archive().
  static absl::StatusOr<Catalogue> FromFiles(absl::string_view archive);
  explicit Catalogue(std::shared_ptr<const CatalogueData> data) : data_(std::move(data)) {}

  const std::string& version() const;
  const std::string& sha256() const;   // hex, over names and contents of all files
  const std::string& archive() const;  // of all files; what FromFiles restores it from

  // What may be done about the record by somebody who applies on the day `on`.
  Evaluation Evaluate(const RecordFacts& facts, absl::CivilDay on) const;

  // nullptr when unknown. Pointers stay valid as long as any copy of the catalogue lives.
  // The version of a rule that is in force on a day, as the authority has confirmed it.
  const Rule* FindRule(absl::string_view id, absl::CivilDay on,
                       absl::string_view authority_code = "") const;
  absl::Span<const Rule> rules() const;
  const MaterialKind* FindMaterial(absl::string_view kind) const;
  const Finding* FindFinding(absl::string_view id) const;
  // The rule about breaches of a regime, as the authority has confirmed it; nullptr: it has none.
  const Rule* BreachRuleOf(absl::string_view regime, absl::CivilDay on,
                           absl::string_view authority_code) const;
  const AuthorityKind* FindAuthorityKind(absl::string_view id) const;
  const Channel* FindChannel(absl::string_view id) const;
  // Where records of a line are repaired; of a line that is not known: what the catalogue says of
  // those.
  const Channel* ChannelOf(absl::string_view authority_kind) const;
  const RegionTable& regions() const;
  // How the suite supervises.
  const Supervision& supervision() const;
  // Everything, for those who print or check the catalogue as a whole (tables.h).
  const CatalogueData& data() const { return *data_; }
  // Where one is helped in person, by region, and the numbers anybody may call.
  absl::Span<const HelpWindow> windows() const;
  absl::Span<const Hotline> hotlines() const;
  absl::Span<const ConsultationTopic> topics() const;
  const WindowTerms& window_terms() const;
  // The blank by which a paper is handed in to a line of authorities; nullptr where the paper has
  // none. `material` empty: of any paper.
  const Form* FindForm(FormKind kind, absl::string_view material, absl::string_view authority_kind,
                       absl::CivilDay on) const;
  absl::Span<const Item> items() const;
  const OneThing& one_thing() const;
  // What the platforms call the repair of such a record of a line; nullptr when nobody said.
  const Item* ItemOf(MatterKind matter, absl::string_view authority_kind) const;

  // What the words of a record tell, where its feed has no code for it.
  // The fields of a penalty: by words of its act or basis, or by the line of its authority.
  std::vector<std::string> FieldsOf(absl::string_view words,
                                    absl::string_view authority_kind) const;
  // The line of an authority that is not registered, by its name.
  const AuthorityKind* AuthorityKindOf(absl::string_view name) const;
  // The line whose list this is, by the list's name.
  const AuthorityKind* AuthorityKindOfList(absl::string_view list) const;
  // By a feed's digit, or by the words of the reason.
  const Ground* GroundOf(MatterKind matter, absl::string_view text) const;

  // The kinds a feed's 处罚类别 names: texts of the 2021 law, older texts or the legacy digits,
  // separated by 、,，;；/ or |. In the order of the law, each once. INVALID_ARGUMENT names what is
  // unknown.
  absl::StatusOr<std::vector<std::string>> ParsePenaltyKinds(absl::string_view text) const;

 private:
  std::shared_ptr<const CatalogueData> data_;
};

}  // namespace xiufu::catalogue
