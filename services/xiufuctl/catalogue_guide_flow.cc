// 流程图: who does what and by when, from the rules' steps and the states of a case.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "services/xiufuctl/catalogue_guide.h"
#include "services/xiufuctl/guide_page.h"
#include "xiufu/common/v1/common.pb.h"

namespace xiufu::ctl {
namespace {

using catalogue::Handling;
using catalogue::Rule;
using common::v1::CaseState;
using letter::FlowStep;

class ChartWriter {
 public:
  ChartWriter(const GuideSubject& subject, const GuideWords& words)
      : subject_(subject), words_(words) {}

  // Of an application under rules with one procedure.
  letter::FlowChart Application(const RuleGroup& group) {
    const Rule& rule = *group.front();
    const bool in_suite = HandlingOf(rule) == Handling::kInSuite;
    Add(words_("GUIDE_FLOW_APPLY"), {subject_.catalogue->ChannelOf(subject_.authority->kind)->name},
        FlowStep::Shape::kEnd);
    if (in_suite) {
      Add(StateName(common::v1::CASE_STATE_RECEIVED), {PreCheckOf(rule)});
      Add(StateName(common::v1::CASE_STATE_WITH_AUTHORITY), {}, FlowStep::Shape::kQuestion);
      Branch("GUIDE_FLOW_WHEN_NOT_OURS", common::v1::CASE_STATE_TO_BE_ASSIGNED, /*back=*/true);
      Branch("GUIDE_FLOW_WHEN_WITHDRAWN", common::v1::CASE_STATE_WITHDRAWN);
      chart_.steps.back().onward = words_("GUIDE_FLOW_WHEN_OURS");
    } else if (HandlingOf(rule) == Handling::kRelayed) {
      Add(words_("GUIDE_FLOW_RELAY"), {});
    }
    const bool accepts = in_suite || catalogue::FindDeadline(rule, "ACCEPT") != nullptr;
    if (!accepts && rule.pre_check != "NONE") {
      Add(words_("GUIDE_FLOW_PRE_CHECK"), {PreCheckOf(rule)}, FlowStep::Shape::kQuestion);
      Supplement();
    }
    if (accepts) {
      Add(in_suite ? StateName(common::v1::CASE_STATE_ACCEPTED) : words_("GUIDE_FLOW_ACCEPT"),
          LimitsOf(rule, {"ACCEPT"}), FlowStep::Shape::kQuestion);
      Supplement();
      if (in_suite) {
        Branch("GUIDE_FLOW_WHEN_NOT_ACCEPTED", common::v1::CASE_STATE_NOT_ACCEPTED);
        Branch("GUIDE_FLOW_WHEN_NO_SUPPLEMENT", common::v1::CASE_STATE_CLOSED_NO_SUPPLEMENT);
      }
    }
    Decision(rule, in_suite);
    Add(words_("GUIDE_FLOW_END", {{"results", ResultsOf(group)}}),
        LimitsOf(rule, {"EXECUTE", "SHARE"}), FlowStep::Shape::kEnd);
    return std::move(chart_);
  }

  // Of what nobody applies for: it ends by itself, or the authority deals with it.
  letter::FlowChart Other(const Rule& rule) {
    Add(rule.name, {words_.When(rule, subject_.matters_of.at(&rule))}, FlowStep::Shape::kEnd);
    if (rule.by_person) {
      Add(words_("GUIDE_FLOW_BY_PERSON", {{"authority", subject_.authority->name}}),
          LimitsOf(rule, {"ACCEPT", "DECIDE", "EXTEND", "OVERALL"}));
    } else if (rule.published) {
      Add(words_("GUIDE_FLOW_PUBLISHED"), {words_.Maximum(rule)});
    }
    Add(rule.result_word, LimitsOf(rule, {"EXECUTE", "SHARE"}), FlowStep::Shape::kEnd);
    return std::move(chart_);
  }

 private:
  void Decision(const Rule& rule, bool in_suite) {
    Add(in_suite ? StateName(common::v1::CASE_STATE_DECIDED) : words_("GUIDE_FLOW_DECIDE"),
        LimitsOf(rule, {"DECIDE", "EXTEND"}), FlowStep::Shape::kQuestion);
    chart_.steps.back().branches.push_back(
        {words_("GUIDE_FLOW_WHEN_REFUSED"), words_("GUIDE_FLOW_REFUSED")});
    if (in_suite && catalogue::FindDeadline(rule, "EXTEND") != nullptr) {
      Branch("GUIDE_FLOW_WHEN_EXTENDED", common::v1::CASE_STATE_EXTENDED, /*back=*/true);
    }
    chart_.steps.back().onward = words_("GUIDE_FLOW_WHEN_APPROVED");
    if (rule.ends_publicity_on == "NATIONAL_DECISION") Add(words_("GUIDE_FLOW_NATIONAL"), {});
    Add(in_suite ? StateName(common::v1::CASE_STATE_CONCLUDED) : words_("GUIDE_FLOW_RESULT_BACK"),
        LimitsOf(rule, {"OVERALL"}));
  }

  void Supplement() {
    chart_.steps.back().branches.push_back({words_("GUIDE_FLOW_WHEN_INCOMPLETE"),
                                            StateName(common::v1::CASE_STATE_SUPPLEMENT_REQUESTED),
                                            true});
    chart_.steps.back().onward = words_("GUIDE_FLOW_WHEN_COMPLETE");
  }

  void Branch(const char* when, CaseState state, bool back = false) {
    chart_.steps.back().branches.push_back({words_(when), StateName(state), back});
  }

  std::string StateName(CaseState state) const {
    return words_(absl::StrCat(
        "GUIDE_STATE_", absl::StripPrefix(common::v1::CaseState_Name(state), "CASE_STATE_")));
  }

  std::string PreCheckOf(const Rule& rule) const {
    return words_(absl::StrCat("GUIDE_PRE_CHECK_", rule.pre_check));
  }

  Handling HandlingOf(const Rule& rule) const {
    return catalogue::EffectiveHandling(rule, *subject_.authority);
  }

  std::vector<std::string> LimitsOf(const Rule& rule,
                                    const std::vector<absl::string_view>& kinds) const {
    std::vector<std::string> limits;
    for (const absl::string_view kind : kinds) {
      const catalogue::Deadline* deadline = catalogue::FindDeadline(rule, kind);
      if (deadline != nullptr) limits.push_back(words_.StepLimit(*deadline));
    }
    return limits;
  }

  // Each result once, with the rules it is of where they differ.
  std::string ResultsOf(const RuleGroup& group) const {
    std::vector<std::pair<std::string, std::vector<std::string>>> results;
    for (const Rule* rule : group) {
      const std::string result = words_.Result(*rule);
      const auto same = std::find_if(results.begin(), results.end(),
                                     [&](const auto& each) { return each.first == result; });
      if (same == results.end()) {
        results.push_back({result, {rule->id}});
      } else {
        same->second.push_back(rule->id);
      }
    }
    if (results.size() == 1) return results.front().first;
    std::vector<std::string> texts;
    for (const auto& [word, ids] : results) {
      texts.push_back(words_("GUIDE_RESULT_OF", {{"result", word}, {"rules", words_.List(ids)}}));
    }
    return absl::StrJoin(texts, "\n");
  }

  void Add(std::string text, const std::vector<std::string>& notes,
           FlowStep::Shape shape = FlowStep::Shape::kStep) {
    chart_.steps.push_back({std::move(text), absl::StrJoin(notes, "\n"), shape});
  }

  const GuideSubject& subject_;
  const GuideWords& words_;
  letter::FlowChart chart_;
};

}  // namespace

letter::Document ProcedureCharts(const GuideSubject& subject, const GuideWords& words) {
  GuidePage page(EmptyGuide(subject, words, words("GUIDE_FLOW_TITLE")), words);
  page.Put(letter::Title{absl::StrCat(subject.authority->name, "\n", words("GUIDE_FLOW_OF")),
                         words.Both("GUIDE_FLOW_TITLE").en});
  bool first = true;
  for (const RuleGroup& group : ProceduresOf(subject)) {
    if (!std::exchange(first, false)) page.Put(letter::PageBreak{});
    page.Head("GUIDE_FLOW_SECTION_APPLICATION");
    page.SayOfNext(words("GUIDE_FLOW_FOR", {{"rules", words.Rules(group)}}));
    page.Put(ChartWriter(subject, words).Application(group));
  }
  bool others = false;
  for (const Rule* rule : subject.rules) {
    if (rule->applied_for) continue;
    if (!std::exchange(others, true)) {
      page.Put(letter::PageBreak{});
      page.Head("GUIDE_FLOW_SECTION_OTHER");
    }
    page.Put(letter::Heading{words.Rule(*rule), 2});
    page.Put(ChartWriter(subject, words).Other(*rule));
  }
  page.Put(letter::Paragraph{.text = words("NOTICE_UNVERIFIED"), .indented = false, .small = true});
  return page.Finish();
}

}  // namespace xiufu::ctl
