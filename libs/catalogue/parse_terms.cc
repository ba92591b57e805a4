#include "libs/catalogue/parse_terms.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/parse_common.h"
#include "libs/catalogue/parse_predicate.h"
#include "libs/catalogue/start_event.h"

namespace xiufu::catalogue {
namespace {

constexpr int64_t kLargestMaterial = 100 * 1024 * 1024;
constexpr absl::string_view kMediaTypes[] = {"application/pdf", "image/jpeg", "image/png"};

const std::vector<std::string>& KnownMediaTypes() {
  static const std::vector<std::string> types = [] {
    std::vector<std::string> list;
    for (absl::string_view type : kMediaTypes) list.emplace_back(type);
    return list;
  }();
  return types;
}

// A parent that exists and stands above: together with ascending codes no chain can go round.
void CheckParents(data::Table& table, const std::vector<Region>& regions) {
  for (const Region& region : regions) {
    const bool found = std::any_of(regions.begin(), regions.end(), [&](const Region& other) {
      return other.code == region.parent && other.code < region.code;
    });
    if (!region.parent.empty() && !found) {
      table.ComplainAbout("region", absl::StrCat(region.code, ": parent '", region.parent,
                                                 "' is not a region with a smaller code"));
    }
  }
}

}  // namespace

std::vector<MaterialKind> ParseMaterials(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<MaterialKind> materials;
  for (data::Table& row : table.Tables("material")) {
    MaterialKind material;
    material.kind = row.Text("kind");
    CheckNew(row, "kind", material.kind, materials, &MaterialKind::kind);
    material.name = row.Text("name");
    material.name_en = row.Text("name_en");
    material.media_types = row.Texts("media_types");
    CheckKnown(row, "media_types", material.media_types, KnownMediaTypes());
    material.max_bytes = row.Integer("max_bytes", 1, kLargestMaterial);
    material.fetched = row.OptionalBool("fetched", false);
    material.provenance = ReadProvenance(row);
    row.Finish();
    materials.push_back(std::move(material));
  }
  table.Finish();
  return materials;
}

std::vector<Deadline> ParseDeadlines(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Deadline> deadlines;
  for (data::Table& row : table.Tables("deadline")) {
    Deadline deadline;
    deadline.id = row.Text("id");
    CheckNew(row, "id", deadline.id, deadlines, &Deadline::id);
    deadline.kind = row.OneOf("kind", {"ACCEPT", "DECIDE", "EXTEND", "OVERALL", "EXECUTE", "SHARE",
                                       "SUPPLEMENT", "PRE_CHECK"});
    deadline.start_event =
        row.OneOf("start_event", {kReceived, kSubmitted, kPreCheckBegun, kPushedToAuthority,
                                  kAcceptedByAuthority, kSupplementRequested, kSupplementComplete,
                                  kDecideDue, kDecided, kResultReceived});
    deadline.start_event_pushed = row.OptionalText("start_event_pushed");
    if (!deadline.start_event_pushed.empty() && deadline.start_event_pushed != kReceivedUpstream) {
      row.ComplainAbout("start_event_pushed", absl::StrCat("not ", kReceivedUpstream));
    }
    deadline.days = static_cast<int>(row.Integer("days", 1, 1000));
    deadline.day_kind = row.OneOf("day_kind", {"WORKING", "CALENDAR"}) == "WORKING"
                            ? DayKind::kWorking
                            : DayKind::kCalendar;
    deadline.pauses_on_supplement = row.OptionalBool("pauses_on_supplement", false);
    deadline.provenance = ReadProvenance(row);
    row.Finish();
    deadlines.push_back(std::move(deadline));
  }
  table.Finish();
  return deadlines;
}

std::vector<Effect> ParseEffects(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Effect> effects;
  for (data::Table& row : table.Tables("effect")) {
    Effect effect;
    effect.id = row.Text("id");
    CheckNew(row, "id", effect.id, effects, &Effect::id);
    effect.name = row.Text("name");
    effect.name_en = row.Text("name_en");
    effect.carried_by = row.OneOf("carried_by", {"publication", "authority"}) == "publication"
                            ? CarriedBy::kPublication
                            : CarriedBy::kAuthority;
    row.Finish();
    effects.push_back(std::move(effect));
  }
  table.Finish();
  return effects;
}

std::vector<Region> ParseRegions(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Region> regions;
  for (data::Table& row : table.Tables("region")) {
    Region region;
    region.code = row.Text("code");
    CheckNew(row, "code", region.code, regions, &Region::code);
    if (!IsRegionCode(region.code)) row.ComplainAbout("code", "not six digits");
    region.name = row.Text("name");
    region.name_en = row.Text("name_en");
    region.parent = row.OptionalText("parent");
    region.current = row.OptionalBool("current", true);
    row.Finish();
    regions.push_back(std::move(region));
  }
  CheckParents(table, regions);
  table.Text("source");
  ReadConfidence(table);
  table.Finish();
  return regions;
}

std::vector<Condition> ParseConditions(const data::File& file, const CatalogueData& data,
                                       data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Condition> conditions;
  for (data::Table& row : table.Tables("condition")) {
    Condition condition;
    condition.id = row.Text("id");
    CheckNew(row, "id", condition.id, conditions, &Condition::id);
    condition.name = row.Text("name");
    condition.name_en = row.Text("name_en");
    const std::string proof = row.OneOf("proof", {"PAPERS", "AUTHORITY", "RESTRICTION"});
    condition.proof = proof == "PAPERS"      ? Proof::kPapers
                      : proof == "AUTHORITY" ? Proof::kAuthority
                                             : Proof::kRestriction;
    condition.materials = row.OptionalTexts("materials");
    CheckKnown(row, "materials", condition.materials, NamesOf(data.materials, &MaterialKind::kind));
    if ((condition.proof == Proof::kPapers) == condition.materials.empty()) {
      row.ComplainAbout("materials", "belong to a condition that PAPERS prove, and only to it");
    }
    condition.by_ground = row.OptionalBool("by_ground", false);
    if (condition.by_ground && condition.proof != Proof::kAuthority) {
      row.ComplainAbout("by_ground", "belongs to a condition of AUTHORITY");
    }
    row.Finish();
    conditions.push_back(std::move(condition));
  }
  table.Finish();
  return conditions;
}

std::vector<Reviewer> ParseReviewers(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Reviewer> reviewers;
  for (data::Table& row : table.Tables("reviewer")) {
    Reviewer reviewer{row.Text("id"), row.Text("name"), row.Text("name_en")};
    CheckNew(row, "id", reviewer.id, reviewers, &Reviewer::id);
    const std::string by = row.OneOf("by", {"AUTHORITY", "MACHINE", "PERSON"});
    if (by == "MACHINE") reviewer.by = ReviewedBy::kMachine;
    if (by == "PERSON") reviewer.by = ReviewedBy::kReviewer;
    row.Finish();
    reviewers.push_back(std::move(reviewer));
  }
  table.Finish();
  return reviewers;
}

std::vector<PenaltyField> ParseFields(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<PenaltyField> fields;
  for (data::Table& row : table.Tables("field")) {
    PenaltyField field{row.Text("id"), row.Text("name"), row.Text("name_en"), row.Texts("words"),
                       row.OptionalTexts("authority_kinds")};
    CheckNew(row, "id", field.id, fields, &PenaltyField::id);
    row.Finish();
    fields.push_back(std::move(field));
  }
  table.Text("source");
  ReadConfidence(table);
  table.Finish();
  return fields;
}

std::vector<Ground> ParseGrounds(const data::File& file, const CatalogueData& data,
                                 data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Ground> grounds;
  for (data::Table& row : table.Tables("ground")) {
    Ground ground;
    ground.id = row.Text("id");
    CheckNew(row, "id", ground.id, grounds, &Ground::id);
    ground.name = row.Text("name");
    ground.name_en = row.Text("name_en");
    ground.matters = ReadMatters(row);
    if (ground.matters.empty()) row.Complain("matters: missing");
    ground.texts = row.Texts("texts");
    ground.curable = row.OptionalTruth("curable");
    ground.materials = row.OptionalTexts("materials");
    CheckKnown(row, "materials", ground.materials, NamesOf(data.materials, &MaterialKind::kind));
    row.Text("source");
    ReadConfidence(row);
    row.Finish();
    grounds.push_back(std::move(ground));
  }
  table.Finish();
  return grounds;
}

std::vector<Finding> ParseFindings(const data::File& file, const std::vector<Effect>& effects,
                                   data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Finding> findings;
  for (data::Table& row : table.Tables("finding")) {
    Finding finding{row.Text("id"), row.Text("name"), row.Text("name_en"),
                    row.OptionalBool("breach", false), row.OptionalText("of_effect")};
    CheckNew(row, "id", finding.id, findings, &Finding::id);
    if (!finding.of_effect.empty()) {
      CheckKnown(row, "of_effect", {finding.of_effect}, NamesOf(effects, &Effect::id));
    }
    finding.source = row.Text("source");
    finding.confidence = ReadConfidence(row);
    row.Finish();
    findings.push_back(std::move(finding));
  }
  table.Finish();
  return findings;
}

void ParseAuthorityKinds(const data::File& file, data::Problems& problems, CatalogueData& data) {
  data::Table table(file.path, file.root, problems);
  for (data::Table& row : table.Tables("channel")) {
    Channel channel{row.Text("id"),     row.Text("name"),    row.Text("name_en"),
                    row.Text("source"), ReadConfidence(row), row.OptionalText("link")};
    CheckNew(row, "id", channel.id, data.channels, &Channel::id);
    row.Finish();
    data.channels.push_back(std::move(channel));
  }
  const std::vector<std::string> channels = NamesOf(data.channels, &Channel::id);
  data.default_channel = table.Text("default_channel");
  CheckKnown(table, "default_channel", {data.default_channel}, channels);
  for (data::Table& row : table.Tables("authority_kind")) {
    AuthorityKind kind{
        row.Text("id"),      row.Text("name"),           row.Text("name_en"),
        row.Text("channel"), row.OptionalTexts("words"), row.OptionalTexts("list_words")};
    CheckNew(row, "id", kind.id, data.authority_kinds, &AuthorityKind::id);
    CheckKnown(row, "channel", {kind.channel}, channels);
    row.Finish();
    data.authority_kinds.push_back(std::move(kind));
  }
  table.Finish();
}

TransitionPolicy ParseTransition(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  TransitionPolicy policy;
  table.OneOf("procedure", {"APPLICATION"});
  const std::string periods = table.OneOf("periods", {"BOTH", "DETERMINATION", "APPLICATION"});
  policy.periods = periods == "BOTH"            ? TransitionPolicy::Periods::kBoth
                   : periods == "DETERMINATION" ? TransitionPolicy::Periods::kDetermination
                                                : TransitionPolicy::Periods::kApplication;
  policy.longest_before = ReadPeriod(table, "longest_before");
  policy.source = table.Text("source");
  policy.confidence = ReadConfidence(table);
  table.Finish();
  return policy;
}

void ParsePenaltyKindFile(const data::File& file, data::Problems& problems, CatalogueData& data) {
  data::Table table(file.path, file.root, problems);
  for (data::Table& row : table.Tables("kind")) {
    PenaltyKind kind{row.Text("name"), row.Text("name_en")};
    CheckNew(row, "name", kind.name, data.kinds, &PenaltyKind::name);
    row.Finish();
    data.kinds.push_back(std::move(kind));
  }
  const std::vector<std::string> names = NamesOf(data.kinds, &PenaltyKind::name);
  data.other_kind = table.Text("other");
  CheckKnown(table, "other", {data.other_kind}, names);
  for (data::Table& row : table.OptionalTables("alias")) {
    const std::string text = row.Text("text");
    const std::vector<std::string> kinds = row.Texts("kinds");
    CheckKnown(row, "kinds", kinds, names);
    if (!data.aliases.emplace(text, kinds).second) row.ComplainAbout("text", "twice");
    row.Finish();
  }
  table.Text("source");
  ReadConfidence(table);
  table.Finish();
}

}  // namespace xiufu::catalogue
