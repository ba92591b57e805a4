#include "libs/catalogue/parse_predicate.h"

#include "absl/strings/str_cat.h"
#include "libs/catalogue/parse_common.h"

namespace xiufu::catalogue {
namespace {

constexpr RecordClass kClasses[] = {RecordClass::kMinor, RecordClass::kGeneral,
                                    RecordClass::kPending, RecordClass::kSerious};

// The members of `all` that the texts under `key` name; complains about what is none of them.
template <typename Enum, size_t N>
std::vector<Enum> ReadMembers(data::Table& row, absl::string_view key, const Enum (&all)[N]) {
  std::vector<Enum> members;
  for (const std::string& name : row.OptionalTexts(key)) {
    bool known = false;
    for (const Enum member : all) {
      if (ToString(member) != name) continue;
      members.push_back(member);
      known = true;
    }
    if (!known) row.ComplainAbout(key, absl::StrCat("'", name, "' is not known"));
  }
  return members;
}

std::vector<std::string> ReadKnown(data::Table& row, absl::string_view key,
                                   const std::vector<std::string>& known) {
  std::vector<std::string> names = row.OptionalTexts(key);
  CheckKnown(row, key, names, known);
  return names;
}

Basis ReadBasis(data::Table& row) {
  const std::string name = row.OptionalText("basis");
  if (name.empty()) return Basis::kOrdinary;
  for (const Basis basis : kBases) {
    if (ToString(basis) == name) return basis;
  }
  row.ComplainAbout("basis", absl::StrCat("'", name, "' is not known"));
  return Basis::kOrdinary;
}

}  // namespace

std::vector<MatterKind> ReadMatters(data::Table& row) {
  return ReadMembers(row, "matters", kMatterKinds);
}

RecordClass ClassFrom(absl::string_view name) {
  for (const RecordClass candidate : kClasses) {
    if (ToString(candidate) == name) return candidate;
  }
  return RecordClass::kPending;
}

Predicate ReadPredicate(data::Table& row, const CatalogueData& data) {
  Predicate when;
  when.matters = ReadMatters(row);
  when.authority_kinds =
      ReadKnown(row, "authority_kinds", NamesOf(data.authority_kinds, &AuthorityKind::id));
  when.authorities = ReadAuthorityCodes(row);
  when.classes = ReadMembers(row, "classes", kClasses);
  when.fields = ReadKnown(row, "fields", NamesOf(data.fields, &PenaltyField::id));
  when.only_kinds = ReadKnown(row, "only_kinds", NamesOf(data.kinds, &PenaltyKind::name));
  when.grounds = ReadKnown(row, "grounds", NamesOf(data.grounds, &Ground::id));
  when.procedures = ReadKnown(row, "procedures", {"简易", "普通"});
  when.curable = row.OptionalTruth("curable");
  when.basis = ReadBasis(row);
  return when;
}

}  // namespace xiufu::catalogue
