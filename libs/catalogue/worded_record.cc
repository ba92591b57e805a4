#include "libs/catalogue/worded_record.h"

#include "absl/strings/str_cat.h"
#include "libs/base/text.h"

namespace xiufu::catalogue {
namespace {

const Authority* Registered(const WordedRecord& record, const AuthorityRegistry& authorities) {
  const Authority* known = authorities.FindByUscc(record.authority_uscc);
  if (known == nullptr) known = authorities.FindByName(record.authority_name);
  if (known != nullptr) return known;
  // One that was gone before anybody was registered here: its line is its successor's.
  for (const Succession& row : authorities.successions()) {
    if (row.IsOf(record.authority_uscc, record.authority_name)) {
      return authorities.FindByCode(row.to);
    }
  }
  return nullptr;
}

}  // namespace

std::string LineOf(const WordedRecord& record, const Catalogue& catalogue,
                   const AuthorityRegistry& authorities) {
  if (const Authority* known = Registered(record, authorities)) return known->kind;
  const AuthorityKind* kind = catalogue.AuthorityKindOf(record.authority_name);
  if (kind == nullptr) kind = catalogue.AuthorityKindOfList(record.list_name);
  return kind == nullptr ? "" : kind->id;
}

RecordFacts FactsOf(const WordedRecord& record, const Catalogue& catalogue,
                    const AuthorityRegistry& authorities) {
  RecordFacts facts;
  facts.matter = record.matter;
  if (const Authority* known = Registered(record, authorities)) facts.authority_code = known->code;
  facts.authority_kind = LineOf(record, catalogue, authorities);
  facts.determined_on = record.determined_on;
  facts.published_on = record.published_on;
  facts.corrected_on = record.corrected_on;
  facts.restriction_until = record.restriction_until;
  facts.restarted_on = record.restarted_on;
  facts.basis = record.basis;
  if (record.matter == MatterKind::kPenalty) {
    facts.kinds = record.kinds;
    facts.fine_fen = record.fine_fen;
    facts.confiscated_fen = record.confiscated_fen;
    facts.procedure = record.procedure;
    const absl::string_view basis = FirstCharacters(record.legal_basis, kLookedAt);
    facts.fields =
        catalogue.FieldsOf(absl::StrCat(record.violation, " ", basis), facts.authority_kind);
    return facts;
  }
  const Ground* ground =
      catalogue.GroundOf(record.matter, FirstCharacters(record.ground, kLookedAt));
  if (ground != nullptr) {
    facts.ground = ground->id;
    facts.curable = ground->curable;
  }
  return facts;
}

}  // namespace xiufu::catalogue
