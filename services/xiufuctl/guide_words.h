#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/governing.h"
#include "libs/catalogue/messages.h"
#include "libs/catalogue/rule.h"

namespace xiufu::ctl {

// The words of guides, flow charts and sheets (deploy/messages/guides.toml, and those that letters
// have too). Printed is Chinese. Views messages and catalogue.
class GuideWords {
 public:
  GuideWords(const catalogue::Messages* messages, const catalogue::Catalogue* catalogue)
      : messages_(messages), catalogue_(catalogue) {}

  catalogue::BilingualText Both(absl::string_view key,
                                absl::Span<const catalogue::MessageArg> args = {}) const;
  std::string operator()(absl::string_view key,
                         absl::Span<const catalogue::MessageArg> args = {}) const {
    return Both(key, args).zh;
  }
  // Keys that were asked for and that there are no words for.
  const std::set<std::string>& missing() const { return missing_; }

  // "一、基本信息"; the first is 0.
  std::string Section(size_t index, absl::string_view name_key) const;
  std::string Day(absl::CivilDay day) const;                      // "2026年11月24日"
  std::string List(const std::vector<std::string>& items) const;  // "甲、乙"
  std::string Sentence(const std::vector<std::string>& parts) const;
  // With a mark behind it where it is not verified.
  std::string Source(absl::string_view source, absl::string_view confidence) const;
  std::string Confidence(absl::string_view confidence) const;
  std::string Rule(const catalogue::Rule& rule) const;        // name and id
  std::string RuleInCell(const catalogue::Rule& rule) const;  // the id on a line of its own
  std::string Rules(const std::vector<const catalogue::Rule*>& rules) const;
  std::string Limit(const catalogue::Deadline& deadline) const;  // "自受理起7个工作日内"
  // The step and its limit, marked where it is not verified.
  std::string StepLimit(const catalogue::Deadline& deadline) const;
  // "满3个月（自认定文书日期起）", "没有最短公示期", "没有固定期限，公示至列入事由消除"
  std::string Minimum(const catalogue::Rule& rule) const;
  std::string Maximum(const catalogue::Rule& rule) const;
  // The result of an approval, also of the mark of a sole trader.
  std::string Result(const catalogue::Rule& rule) const;
  // The kinds of record, classes, fields, ... that a rule is for.
  std::string When(const catalogue::Rule& rule,
                   const std::vector<catalogue::MatterKind>& matters) const;
  // What a class standard takes: "罚款、没收违法所得；罚款5000.00元以下"
  std::string Standard(const catalogue::GoverningStandard& standard) const;
  std::string Class(const catalogue::ClassStandard& standard) const;
  std::string Proof(const catalogue::Condition& condition, absl::string_view authority_kind,
                    absl::CivilDay on) const;
  std::string Carrier(const catalogue::Effect& effect) const;
  // The paper, by the name it has at a line of authorities.
  std::string Material(absl::string_view kind, absl::string_view authority_kind,
                       absl::CivilDay on) const;

 private:
  std::string Term(absl::string_view key, const catalogue::Term& term) const;

  const catalogue::Messages* messages_;
  const catalogue::Catalogue* catalogue_;
  mutable std::set<std::string> missing_;
};

}  // namespace xiufu::ctl
