#include "services/intake/domain/precheck.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/intake/domain/material.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

PaperState Judge(const PaperAtHand& paper, const catalogue::MaterialKind& kind, absl::CivilDay on) {
  if (!paper.valid_until.empty() && *ParseDay(paper.valid_until) < on) return PaperState::kExpired;
  if (paper.media_type.empty()) return PaperState::kPresent;
  const auto& types = kind.media_types;
  const bool taken = std::find(types.begin(), types.end(), paper.media_type) != types.end();
  const bool as_named = paper.beginning.empty() || MediaTypeOf(paper.beginning) == paper.media_type;
  if (!taken || !as_named) return PaperState::kWrongType;
  return paper.size > kind.max_bytes ? PaperState::kTooLarge : PaperState::kPresent;
}

// Of several papers of a kind, one that is right is enough.
PaperState StateOf(const std::string& kind, const std::vector<PaperAtHand>& papers,
                   absl::CivilDay on, const catalogue::Catalogue& catalogue) {
  PaperState state = PaperState::kMissing;
  for (const PaperAtHand& paper : papers) {
    if (paper.kind != kind || state == PaperState::kPresent) continue;
    state = Judge(paper, *catalogue.FindMaterial(kind), on);
  }
  return state;
}

void AskForPower(const catalogue::Catalogue& catalogue, std::vector<NoticeMaterial>& asked) {
  const catalogue::MaterialKind* power =
      catalogue.FindMaterial(catalogue.window_terms().power_material);
  if (power == nullptr) return;
  const bool known = std::any_of(asked.begin(), asked.end(), [&](const NoticeMaterial& material) {
    return material.kind == power->kind;
  });
  if (known) return;
  asked.push_back({power->kind,
                   power->name,
                   power->name_en,
                   power->provenance.source,
                   power->provenance.confidence,
                   {}});
}

}  // namespace

absl::Status ValidatePapers(const std::vector<PaperAtHand>& papers,
                            const catalogue::Catalogue& catalogue) {
  Violations violations;
  if (papers.size() > kMaxPapersAtHand) {
    violations.Add("papers", absl::StrCat(papers.size(), " papers"),
                   absl::StrCat("at most ", kMaxPapersAtHand));
    return violations.ToStatus();
  }
  for (size_t i = 0; i < papers.size(); ++i) {
    const auto field = [&](absl::string_view name) {
      return absl::StrCat("papers[", i, "].", name);
    };
    const PaperAtHand& paper = papers[i];
    if (catalogue.FindMaterial(paper.kind) == nullptr) {
      violations.Add(field("kind"), paper.kind.empty() ? "empty" : "unknown",
                     "a kind of the catalogue");
    }
    if (paper.media_type.size() > 100) violations.Add(field("media_type"), "too long", "a type");
    if (paper.size < 0) violations.Add(field("size"), "negative", "the content's bytes");
    if (paper.beginning.size() > kMaxBeginning) {
      violations.Add(field("beginning"), absl::StrCat(paper.beginning.size(), " bytes"),
                     absl::StrCat("at most the first ", kMaxBeginning, " bytes"));
    }
    if (!paper.valid_until.empty() && !ParseDay(paper.valid_until).ok()) {
      violations.Add(field("valid_until"), "not a day", "yyyy-mm-dd, or nothing");
    }
  }
  return violations.ToStatus();
}

Precheck PrecheckPapers(Notice notice, const std::vector<PaperAtHand>& papers, bool by_agent,
                        const catalogue::Catalogue& catalogue) {
  Precheck result;
  if (by_agent) AskForPower(catalogue, notice.asked);
  for (const NoticeMaterial& material : notice.asked) {
    result.papers.push_back({material, StateOf(material.kind, papers, notice.on, catalogue)});
  }
  for (const PaperAtHand& paper : papers) {
    const bool asked =
        std::any_of(notice.asked.begin(), notice.asked.end(),
                    [&](const NoticeMaterial& material) { return material.kind == paper.kind; });
    auto& others = result.not_asked;
    const std::string& name = catalogue.FindMaterial(paper.kind)->name;
    if (!asked && std::find(others.begin(), others.end(), name) == others.end()) {
      others.push_back(name);
    }
  }
  const auto is_present = [](const PrecheckedPaper& paper) {
    return paper.state == PaperState::kPresent;
  };
  const bool applicable =
      std::any_of(notice.records.begin(), notice.records.end(), [](const NoticeRecord& record) {
        return record.eligibility.verdict != catalogue::Verdict::kNotRepairable;
      });
  result.complete =
      applicable && std::all_of(result.papers.begin(), result.papers.end(), is_present);
  result.notice = std::move(notice);
  return result;
}

}  // namespace xiufu::intake
