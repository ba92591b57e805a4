#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/law.h"
#include "libs/catalogue/messages.h"
#include "libs/letter/document.h"
#include "services/xiufuctl/guide_words.h"

namespace xiufu::ctl {

// What the documents of an authority are about: the rules that govern its records on a day.
struct GuideSubject {
  const catalogue::Catalogue* catalogue = nullptr;
  const catalogue::Authority* authority = nullptr;
  absl::CivilDay on;
  std::vector<catalogue::MatterKind> matters;
  std::vector<const catalogue::Rule*> rules;
  // Of these rules: the kinds of record of this authority that each is for.
  std::map<const catalogue::Rule*, std::vector<catalogue::MatterKind>> matters_of;
};

// Rules with one procedure: the same who, by when and where.
using RuleGroup = std::vector<const catalogue::Rule*>;
// Of the rules under which one applies.
std::vector<RuleGroup> ProceduresOf(const GuideSubject& subject);

// A document of its own, with nothing in it yet.
letter::Document EmptyGuide(const GuideSubject& subject, const GuideWords& words,
                            const std::string& title);

letter::Document ServiceGuide(const GuideSubject& subject, const GuideWords& words);
letter::Document ProcedureCharts(const GuideSubject& subject, const GuideWords& words);
letter::Document ConfirmationSheet(const GuideSubject& subject, const GuideWords& words);

// The three, in this order: 办事指南, 流程图, 业务方案确认表. NOT_FOUND for an authority that is
// not registered, FAILED_PRECONDITION naming words that are missing.
absl::StatusOr<std::vector<letter::Document>> GuideOf(const catalogue::Law& law,
                                                      const catalogue::Messages& messages,
                                                      const std::string& authority,
                                                      absl::CivilDay on);

// Writes each as PDF and as Markdown into a folder, which is made when it is not there. Gives the
// files' paths.
absl::StatusOr<std::vector<std::string>> WriteGuide(const std::vector<letter::Document>& documents,
                                                    const std::string& authority,
                                                    const std::string& folder);

}  // namespace xiufu::ctl
