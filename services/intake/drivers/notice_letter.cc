#include "services/intake/drivers/notice_letter.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/base/text.h"

namespace xiufu::intake {
namespace {

using letter::Align;

constexpr size_t kActBytes = 72;  // in the table; whole in the details
constexpr size_t kDigestShown = 12;

// Records that have something in common, in order of their first.
template <typename Key>
class Groups {
 public:
  void Add(const Key& key, size_t record) {
    for (auto& [known, records] : groups_) {
      if (known == key) return records.push_back(record);
    }
    groups_.push_back({key, {record}});
  }
  auto begin() const { return groups_.begin(); }
  auto end() const { return groups_.end(); }

 private:
  std::vector<std::pair<Key, std::vector<size_t>>> groups_;
};

bool IsApplicable(const NoticeRecord& record) {
  return record.eligibility.verdict != catalogue::Verdict::kNotRepairable;
}

template <typename Key>
size_t Size(const Groups<Key>& groups) {
  return static_cast<size_t>(std::distance(groups.begin(), groups.end()));
}

class NoticeWriter {
 public:
  NoticeWriter(const Notice& notice, NoticeKind kind, const LetterWords& words,
               const std::string& link)
      : notice_(notice),
        prefix_(kind == NoticeKind::kOfRecord ? "REPAIR_NOTICE_" : "NOTICE_"),
        words_(words),
        link_(link),
        document_(EmptyLetter(notice, words, words(absl::StrCat(prefix_, "TITLE")))) {}

  letter::Document Write() {
    Opening();
    Records();
    Conditions();
    Materials();
    Fetched();
    Channels();
    Limits();
    Windows();
    Remarks();
    Details();
    return std::move(document_);
  }

 private:
  void Opening() {
    const catalogue::BilingualText title = words_.Both(absl::StrCat(prefix_, "TITLE"));
    Put(letter::Title{title.zh, title.en});
    Put(letter::Paragraph{.text = words_("NOTICE_ADDRESSEE", {{"name", notice_.subject_name}}),
                          .indented = false,
                          .keep_with_next = true});
    Groups<std::string> verdicts;
    for (size_t i = 0; i < notice_.records.size(); ++i) verdicts.Add(VerdictOf(i), i);
    std::vector<std::string> counts;
    for (const auto& [verdict, records] : verdicts) {
      counts.push_back(
          words_("NOTICE_COUNT", {{"verdict", verdict}, {"count", absl::StrCat(records.size())}}));
    }
    Say(words_(absl::StrCat(prefix_, "OPENING"), {{"date", words_.Day(notice_.on)},
                                                  {"count", absl::StrCat(notice_.records.size())},
                                                  {"uscc", notice_.subject_uscc},
                                                  {"counts", words_.List(counts)}}));
  }

  void Records() {
    Head("NOTICE_SECTION_RECORDS");
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, Align::kCentre},
                         {words_("NOTICE_COLUMN_RECORD"), 5.3},
                         {words_("NOTICE_COLUMN_AUTHORITY"), 2.9},
                         {words_("NOTICE_COLUMN_VERDICT"), 2.1, Align::kCentre},
                         {words_("NOTICE_COLUMN_EARLIEST"), 2.6, Align::kCentre},
                         {words_("NOTICE_COLUMN_PUBLICITY_END"), 2.6, Align::kCentre}},
                        {}};
    for (size_t i = 0; i < notice_.records.size(); ++i) {
      const RecordSnapshot& record = notice_.records[i].record;
      const Eligibility& eligibility = notice_.records[i].eligibility;
      table.rows.push_back(
          {absl::StrCat(i + 1), ShortOf(record), record.authority.name, VerdictOf(i),
           DayOrUnknown(IsApplicable(notice_.records[i]) ? eligibility.earliest : std::nullopt),
           DayOrUnknown(eligibility.publicity_end)});
    }
    Put(std::move(table));
  }

  void Materials() {
    Head("NOTICE_SECTION_MATERIALS");
    if (notice_.asked.empty()) return Say(words_("NOTICE_NO_MATERIALS"));
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, Align::kCentre},
                         {words_("NOTICE_COLUMN_MATERIAL"), 4.6},
                         {words_("NOTICE_COLUMN_USED_FOR"), 2.6, Align::kCentre},
                         {words_("NOTICE_COLUMN_WHY"), 8.5}},
                        {}};
    for (const NoticeMaterial& material : notice_.asked) {
      table.rows.push_back({absl::StrCat(table.rows.size() + 1), NamesOf(material),
                            words_.Numbers(RecordsOf(material)), WhyOf(material)});
    }
    Put(std::move(table));
  }

  void Fetched() {
    Head("NOTICE_SECTION_FETCHED");
    if (!notice_.fetched.empty()) {
      std::vector<std::string> names;
      for (const NoticeMaterial& material : notice_.fetched) {
        names.push_back(words_(
            "NOTICE_FETCHED_FOR",
            {{"material", material.name}, {"records", words_.Numbers(RecordsOf(material))}}));
      }
      Say(words_("NOTICE_FETCHED", {{"materials", words_.List(names)}}));
    }
    Say(words_("NOTICE_NOTHING_ELSE"));
  }

  void Channels() {
    Head("NOTICE_SECTION_CHANNELS");
    Groups<std::pair<std::string, std::string>> ways;  // channel, key of the handling
    std::vector<size_t> none;
    for (size_t i = 0; i < notice_.records.size(); ++i) {
      const Eligibility& eligibility = notice_.records[i].eligibility;
      if (!IsApplicable(notice_.records[i])) {
        none.push_back(i);
        continue;
      }
      ways.Add({eligibility.channel ? eligibility.channel->name : words_("NOTICE_CHANNEL_UNKNOWN"),
                eligibility.handling
                    ? absl::StrCat("NOTICE_HANDLING_", catalogue::ToString(*eligibility.handling))
                    : "NOTICE_HANDLING_UNKNOWN"},
               i);
    }
    for (const auto& [way, records] : ways) {
      Say(words_("NOTICE_APPLY_AT", {{"records", words_.Numbers(records)},
                                     {"channel", way.first},
                                     {"authorities", AuthoritiesOf(records)},
                                     {"handling", words_(way.second)}}));
    }
    if (!none.empty()) Say(words_("NOTICE_NOTHING_TO_APPLY", {{"records", words_.Numbers(none)}}));
  }

  void Limits() {
    Groups<std::vector<std::string>> procedures;  // by their time limits
    for (size_t i = 0; i < notice_.records.size(); ++i) {
      const NoticeRecord& record = notice_.records[i];
      if (!record.rule || !IsApplicable(record)) continue;
      std::vector<std::string> limits;
      for (const catalogue::Deadline& deadline : record.rule->deadlines) {
        limits.push_back(deadline.id);
      }
      procedures.Add(limits, i);
    }
    if (procedures.begin() == procedures.end()) return;
    Head("NOTICE_SECTION_LIMITS");
    for (const auto& [limits, records] : procedures) {
      const catalogue::Rule& rule = *notice_.records[records.front()].rule;
      const catalogue::MessageArg numbers("records", words_.Numbers(records));
      if (rule.deadlines.empty()) {
        Say(words_("NOTICE_NO_LIMITS", {numbers}));
      } else {
        Put(letter::Paragraph{.text = words_("NOTICE_LIMITS_OF", {numbers}),
                              .keep_with_next = true});
        Put(LimitsOf(rule));
      }
    }
    Results();
  }

  letter::Table LimitsOf(const catalogue::Rule& rule) const {
    letter::Table table{{{words_("NOTICE_COLUMN_STEP"), 3.6},
                         {words_("NOTICE_COLUMN_LIMIT"), 5.6},
                         {words_("NOTICE_COLUMN_SOURCE"), 7.6}},
                        {}};
    for (const catalogue::Deadline& deadline : rule.deadlines) {
      const catalogue::Provenance& from = deadline.provenance;
      table.rows.push_back({words_(absl::StrCat("NOTICE_STEP_", deadline.kind)),
                            words_.Limit(deadline).zh,
                            words_.Source(from.source, from.confidence)});
    }
    return table;
  }

  void Results() {
    Groups<std::pair<std::string, std::string>> results;  // word, effects
    for (size_t i = 0; i < notice_.records.size(); ++i) {
      const NoticeRecord& record = notice_.records[i];
      if (!record.rule || !IsApplicable(record)) continue;
      std::vector<std::string> effects;
      for (const catalogue::Effect& effect : record.rule->effects) effects.push_back(effect.name);
      results.Add({record.result_word.zh, words_.List(effects)}, i);
    }
    for (const auto& [result, records] : results) {
      Say(words_(result.second.empty() ? "NOTICE_RESULT_ONLY_WORD" : "NOTICE_RESULT",
                 {{"records", words_.Numbers(records)},
                  {"word", result.first},
                  {"effects", result.second}}));
    }
  }

  // By what is governed alike, so that fifty records of one kind are told once.
  void Conditions() {
    Groups<std::pair<std::string, std::string>> kinds;  // name of the rule, what it asks for
    for (size_t i = 0; i < notice_.records.size(); ++i) {
      const NoticeRecord& record = notice_.records[i];
      if (IsApplicable(record)) kinds.Add({RuleOf(record), ConditionsOf(record.eligibility)}, i);
    }
    if (kinds.begin() == kinds.end()) return;
    Head("NOTICE_SECTION_CONDITIONS");
    for (const auto& [kind, records] : kinds) {
      Say(words_("NOTICE_CONDITIONS", {{"records", words_.Numbers(records)},
                                       {"rule", kind.first},
                                       {"conditions", kind.second}}));
    }
  }

  void Details() {
    Head("NOTICE_SECTION_DETAILS");
    for (size_t i = 0; i < notice_.records.size(); ++i) Detail(i);
  }

  void Detail(size_t index) {
    const RecordSnapshot& record = notice_.records[index].record;
    const Eligibility& eligibility = notice_.records[index].eligibility;
    Put(letter::Heading{words_("NOTICE_DETAIL_HEADING", {{"number", words_.Numbers({index})},
                                                         {"document", words_.Document(record)}}),
                        2});
    Say(words_("NOTICE_DETAIL_WHAT", {{"authority", record.authority.name},
                                      {"date", words_.Day(record.words.determined_on)},
                                      {"what", words_.What(record)}}));
    Say(words_(
        "NOTICE_DETAIL_REASONS",
        {{"reasons", words_.Sentence(ReasonsOf(eligibility))},
         {"source", eligibility.source.empty() ? words_("LETTER_UNKNOWN") : eligibility.source},
         {"confidence", words_.Confidence(eligibility.confidence)}}));
  }

  void Windows() {
    Head("NOTICE_SECTION_WINDOWS");
    letter::Table table{{{words_("NOTICE_COLUMN_WINDOW"), 7},
                         {words_("NOTICE_COLUMN_ADDRESS"), 5},
                         {words_("NOTICE_COLUMN_HOTLINE"), 4, Align::kCentre}},
                        {}};
    for (const NoticeWindow& window : notice_.windows) {
      const catalogue::HelpWindow& known = window.window;
      const std::string place = absl::StrCat(
          known.address, known.address.empty() || known.hours.empty() ? "" : "\n", known.hours);
      table.rows.push_back({known.name, OrAsPublished(place), OrAsPublished(known.hotline)});
    }
    if (!table.rows.empty()) Put(std::move(table));
    for (const catalogue::Hotline& hotline : notice_.hotlines) {
      Say(words_("NOTICE_HOTLINE", {{"name", hotline.name}, {"number", hotline.number}}));
    }
  }

  void Remarks() {
    Head("NOTICE_SECTION_REMARKS");
    bool strong = true;  // the first: free of charge
    int number = 1;
    for (const catalogue::BilingualText& remark : RemarksOf(notice_, words_)) {
      Put(letter::Paragraph{.text = words_("FORM_CLAUSE", {{"number", absl::StrCat(number++)},
                                                           {"clause", remark.zh}}),
                            .strong = std::exchange(strong, false)});
    }
    Put(letter::Paragraph{
        .text = words_("NOTICE_ISSUER"), .align = Align::kRight, .keep_with_next = true});
    Put(letter::Paragraph{
        .text = words_.Day(notice_.on), .align = Align::kRight, .keep_with_next = true});
    Put(letter::QrCode{link_, words_("NOTICE_QR", {{"link", link_}})});
  }

  // What a paper is called, and where it is called otherwise.
  std::string NamesOf(const NoticeMaterial& material) const {
    Groups<std::string> others;
    for (const MaterialNeed& need : material.needed_by) {
      if (need.name != material.name) others.Add(need.name, need.record);
    }
    // Where nobody calls it otherwise, that is its name.
    if (Size(others) == 1 && others.begin()->second.size() == material.needed_by.size()) {
      return others.begin()->first;
    }
    std::string names = material.name;
    for (const auto& [name, records] : others) {
      absl::StrAppend(
          &names, "\n",
          words_("NOTICE_CALLED_THERE", {{"records", words_.Numbers(records)}, {"name", name}}));
    }
    return names;
  }

  // What it proves, and below it by what for which records.
  std::string WhyOf(const NoticeMaterial& material) const {
    Groups<std::string> reasons;
    for (size_t i = 0; i < material.needed_by.size(); ++i) {
      std::string proves;
      for (const catalogue::BilingualText& condition : material.needed_by[i].proves) {
        absl::StrAppend(&proves, words_("NOTICE_PROVES", {{"condition", condition.zh}}));
      }
      reasons.Add(proves.empty() ? words_("NOTICE_BY_RULE") : proves, i);
    }
    std::vector<std::string> lines;
    for (const auto& [proves, needs] : reasons) {
      lines.push_back(proves);
      Groups<std::string> sources;
      for (size_t need : needs) {
        const MaterialNeed& one = material.needed_by[need];
        sources.Add(words_.Source(one.source, one.confidence), one.record);
      }
      for (const auto& [source, records] : sources) {
        lines.push_back(
            words_("NOTICE_WHY", {{"records", words_.Numbers(records)}, {"source", source}}));
      }
    }
    return absl::StrJoin(lines, "\n");
  }

  static std::vector<size_t> RecordsOf(const NoticeMaterial& material) {
    std::vector<size_t> records;
    for (const MaterialNeed& need : material.needed_by) records.push_back(need.record);
    return records;
  }

  std::string AuthoritiesOf(const std::vector<size_t>& records) const {
    std::vector<std::string> names;
    for (size_t record : records) {
      const std::string& name = notice_.records[record].record.authority.name;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return words_.List(names);
  }

  // Without the conditions, which are told with their states.
  static std::vector<std::string> ReasonsOf(const Eligibility& eligibility) {
    std::vector<std::string> reasons;
    for (const catalogue::BilingualText& reason : eligibility.reasons) {
      const auto& conditions = eligibility.conditions;
      const bool told = std::any_of(
          conditions.begin(), conditions.end(),
          [&](const catalogue::ConditionState& condition) { return condition.name == reason; });
      if (!told) reasons.push_back(reason.zh);
    }
    return reasons;
  }

  std::string ConditionsOf(const Eligibility& eligibility) const {
    std::vector<std::string> conditions;
    for (const catalogue::ConditionState& condition : eligibility.conditions) {
      conditions.push_back(
          words_(absl::StrCat("NOTICE_CONDITION_", catalogue::ToString(condition.state)),
                 {{"condition", condition.name.zh}}));
    }
    return conditions.empty() ? words_("LETTER_UNKNOWN") : words_.Sentence(conditions);
  }

  std::string RuleOf(const NoticeRecord& record) const {
    if (!record.rule) return words_("LETTER_UNKNOWN");
    const catalogue::Provenance& from = record.rule->provenance;
    return words_("NOTICE_RULE", {{"rule", record.rule->name},
                                  {"id", record.rule->id},
                                  {"source", words_.Source(from.source, from.confidence)}});
  }

  std::string ShortOf(const RecordSnapshot& record) const {
    std::string text = record.document_no;
    absl::StrAppend(&text, text.empty() ? "" : "\n", ClipUtf8(words_.Act(record), kActBytes));
    absl::StrAppend(&text, "\n",
                    words_("NOTICE_DECIDED_ON", {{"date", FormatDay(record.words.determined_on)}}));
    return text;
  }

  std::string VerdictOf(size_t record) const {
    return words_(absl::StrCat("NOTICE_VERDICT_",
                               catalogue::ToString(notice_.records[record].eligibility.verdict)));
  }
  std::string DayOrUnknown(const std::optional<absl::CivilDay>& day) const {
    return day ? FormatDay(*day) : words_("LETTER_UNKNOWN");
  }
  std::string OrAsPublished(const std::string& text) const {
    return text.empty() ? words_("NOTICE_AS_PUBLISHED") : text;
  }

  void Head(absl::string_view key) { Put(letter::Heading{words_(key), 1}); }
  void Say(std::string text) { Put(letter::Paragraph{.text = std::move(text)}); }
  void Put(letter::Block block) { document_.blocks.push_back(std::move(block)); }

  const Notice& notice_;
  const absl::string_view prefix_;  // of the keys that differ between the kinds
  const LetterWords& words_;
  const std::string& link_;
  letter::Document document_;
};

}  // namespace

letter::Document EmptyLetter(const Notice& notice, const LetterWords& words, std::string title) {
  letter::Document document;
  document.title = std::move(title);
  document.day = notice.on;
  document.footer =
      words("LETTER_FOOTER", {{"catalogue", notice.catalogue_version},
                              {"digest", notice.catalogue_sha256.substr(0, kDigestShown)},
                              {"calendar", notice.calendar_version}});
  // The arguments of this text are filled in by whoever counts the pages.
  document.page_number = words("LETTER_PAGE");
  return document;
}

letter::Document NoticeLetter(const Notice& notice, NoticeKind kind, const LetterWords& words,
                              const std::string& link) {
  return NoticeWriter(notice, kind, words, link).Write();
}

}  // namespace xiufu::intake
