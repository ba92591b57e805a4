#include "services/xiufuctl/catalogue_guide.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/catalogue/governing.h"
#include "libs/letter/markdown.h"
#include "libs/letter/render.h"

namespace xiufu::ctl {
namespace {

constexpr size_t kDigestShown = 12;

bool SameProcedure(const catalogue::Rule& a, const catalogue::Rule& b) {
  const auto same_limits = [](const catalogue::Deadline& x, const catalogue::Deadline& y) {
    return x.id == y.id && x.provenance.confidence == y.provenance.confidence;
  };
  return a.pre_check == b.pre_check && a.decides == b.decides && a.handling == b.handling &&
         a.ends_publicity_on == b.ends_publicity_on &&
         std::equal(a.deadlines.begin(), a.deadlines.end(), b.deadlines.begin(), b.deadlines.end(),
                    same_limits);
}

absl::Status WriteFile(const std::filesystem::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (out) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("不能写入 / cannot write: ", path.string()));
}

}  // namespace

std::vector<RuleGroup> ProceduresOf(const GuideSubject& subject) {
  std::vector<RuleGroup> groups;
  for (const catalogue::Rule* rule : subject.rules) {
    if (!rule->applied_for) continue;
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const RuleGroup& group) {
      return SameProcedure(*group.front(), *rule);
    });
    if (same == groups.end()) {
      groups.push_back({rule});
    } else {
      same->push_back(rule);
    }
  }
  return groups;
}

letter::Document EmptyGuide(const GuideSubject& subject, const GuideWords& words,
                            const std::string& title) {
  letter::Document document;
  document.title = title;
  document.day = subject.on;
  document.footer =
      words("GUIDE_FOOTER", {{"authority", subject.authority->name},
                             {"date", FormatDay(subject.on)},
                             {"catalogue", subject.catalogue->version()},
                             {"digest", subject.catalogue->sha256().substr(0, kDigestShown)}});
  document.page_number = words("LETTER_PAGE");
  return document;
}

absl::StatusOr<std::vector<letter::Document>> GuideOf(const catalogue::Law& law,
                                                      const catalogue::Messages& messages,
                                                      const std::string& authority,
                                                      absl::CivilDay on) {
  GuideSubject subject;
  subject.catalogue = &law.catalogue;
  subject.authority = law.authorities.FindByCode(authority);
  subject.on = on;
  if (subject.authority == nullptr) {
    return absl::NotFoundError(absl::StrCat("未登记的单位 / no such authority: ", authority));
  }
  subject.matters = catalogue::MattersOf(law.catalogue, *subject.authority, on);
  for (auto& each : catalogue::RulesGoverning(law.catalogue, *subject.authority, on)) {
    subject.rules.push_back(each.rule);
    subject.matters_of.emplace(each.rule, std::move(each.matters));
  }
  const GuideWords words(&messages, &law.catalogue);
  std::vector<letter::Document> documents = {ServiceGuide(subject, words),
                                             ProcedureCharts(subject, words),
                                             ConfirmationSheet(subject, words)};
  if (words.missing().empty()) return documents;
  return absl::FailedPreconditionError(
      absl::StrCat("用语目录缺少 / words are missing: ", absl::StrJoin(words.missing(), ", ")));
}

absl::StatusOr<std::vector<std::string>> WriteGuide(const std::vector<letter::Document>& documents,
                                                    const std::string& authority,
                                                    const std::string& folder) {
  const auto fonts = letter::Fonts::Load();
  if (!fonts.ok()) return fonts.status();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::vector<std::string> paths;
  for (const letter::Document& document : documents) {
    const absl::StatusOr<std::string> pdf = letter::RenderPdf(**fonts, document);
    if (!pdf.ok()) return pdf.status();
    const std::string stem =
        absl::StrCat(document.title, "_", authority, "_", FormatDay(document.day));
    for (const auto& [suffix, content] :
         {std::pair(".pdf", *pdf), std::pair(".md", letter::RenderMarkdown(document))}) {
      const std::filesystem::path path = std::filesystem::path(folder) / (stem + suffix);
      if (absl::Status status = WriteFile(path, content); !status.ok()) return status;
      paths.push_back(path.string());
    }
  }
  return paths;
}

}  // namespace xiufu::ctl
