#include "services/intake/drivers/window_letters.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "libs/base/legal_day.h"
#include "services/intake/drivers/notice_letter.h"

namespace xiufu::intake {
namespace {

constexpr absl::string_view kWindowKeys[] = {"WINDOW_FORMS_TITLE",
                                             "WINDOW_FORMS_OPENING",
                                             "WINDOW_FORMS_WHERE",
                                             "WINDOW_FORMS_PAPERS",
                                             "WINDOW_FORMS_AFTER",
                                             "WINDOW_COLUMN_RECORDS",
                                             "WINDOW_COLUMN_CHANNEL",
                                             "WINDOW_COLUMN_STATE",
                                             "WINDOW_COLUMN_FILE",
                                             "WINDOW_COLUMN_TIME",
                                             "WINDOW_COLUMN_DIGEST",
                                             "WINDOW_PRECHECK_TITLE",
                                             "WINDOW_PRECHECK_OPENING",
                                             "WINDOW_PRECHECK_RECORDS",
                                             "WINDOW_PRECHECK_PAPERS",
                                             "WINDOW_PRECHECK_LACKING",
                                             "WINDOW_PRECHECK_COMPLETE",
                                             "WINDOW_PRECHECK_NOTHING",
                                             "WINDOW_PRECHECK_NOT_ASKED",
                                             "WINDOW_PRECHECK_NO_FILING",
                                             "WINDOW_PAPER_PRESENT",
                                             "WINDOW_PAPER_MISSING",
                                             "WINDOW_PAPER_WRONG_TYPE",
                                             "WINDOW_PAPER_TOO_LARGE",
                                             "WINDOW_PAPER_EXPIRED",
                                             "WINDOW_PAPER_OF_AGENT",
                                             "WINDOW_SLIP_TITLE",
                                             "WINDOW_SLIP_NUMBER",
                                             "WINDOW_SLIP_CODE",
                                             "WINDOW_SLIP_WINDOW",
                                             "WINDOW_SLIP_CLERK",
                                             "WINDOW_SLIP_TIME",
                                             "WINDOW_SLIP_STATE",
                                             "WINDOW_SLIP_DRAFT",
                                             "WINDOW_SLIP_SUBMITTED",
                                             "WINDOW_SLIP_APPLICANT",
                                             "WINDOW_SLIP_CAPACITY",
                                             "WINDOW_SLIP_POWER",
                                             "WINDOW_SLIP_POWER_TEXT",
                                             "WINDOW_SLIP_MATERIALS",
                                             "WINDOW_SLIP_NONE",
                                             "WINDOW_SLIP_MISSING",
                                             "WINDOW_SLIP_NOT_ACCEPTANCE",
                                             "WINDOW_SLIP_QUERY",
                                             "WINDOW_SLIP_SEAL",
                                             "WINDOW_SLIP_SIGNATURE",
                                             "WINDOW_CAPACITY_1",
                                             "WINDOW_CAPACITY_2",
                                             "WINDOW_CAPACITY_3",
                                             "WINDOW_CAPACITY_4",
                                             "WINDOW_CAPACITY_5",
                                             "WINDOW_ACT_1",
                                             "WINDOW_ACT_2",
                                             "WINDOW_ACT_3",
                                             "WINDOW_ACT_4",
                                             "WINDOW_ACT_5"};
constexpr size_t kDigestPrinted = 12;

absl::string_view KeyOf(PaperState state) {
  switch (state) {
    case PaperState::kPresent:
      return "WINDOW_PAPER_PRESENT";
    case PaperState::kMissing:
      return "WINDOW_PAPER_MISSING";
    case PaperState::kWrongType:
      return "WINDOW_PAPER_WRONG_TYPE";
    case PaperState::kTooLarge:
      return "WINDOW_PAPER_TOO_LARGE";
    case PaperState::kExpired:
      break;
  }
  return "WINDOW_PAPER_EXPIRED";
}

std::string Minute(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M", time, absl::FixedTimeZone(8 * 60 * 60));
}

// What both letters are made of.
class SlipWriter {
 protected:
  SlipWriter(const Notice& notice, const LetterWords& words, absl::string_view title)
      : notice_(notice), words_(words), document_(EmptyLetter(notice, words, words(title))) {
    const catalogue::BilingualText both = words.Both(title);
    Put(letter::Title{both.zh, both.en});
  }

  void Head(absl::string_view key) { Put(letter::Heading{words_(key), 1}); }
  void Say(std::string text, bool strong = false) {
    Put(letter::Paragraph{.text = std::move(text), .strong = strong});
  }
  void Put(letter::Block block) { document_.blocks.push_back(std::move(block)); }

  const Notice& notice_;
  const LetterWords& words_;
  letter::Document document_;
};

class PrecheckWriter : SlipWriter {
 public:
  PrecheckWriter(const Precheck& precheck, const LetterWords& words)
      : SlipWriter(precheck.notice, words, "WINDOW_PRECHECK_TITLE"), precheck_(precheck) {}

  letter::Document Write() {
    Put(letter::Paragraph{.text = words_("NOTICE_ADDRESSEE", {{"name", notice_.subject_name}}),
                          .indented = false,
                          .keep_with_next = true});
    Say(words_("WINDOW_PRECHECK_OPENING", {{"uscc", notice_.subject_uscc},
                                           {"date", words_.Day(notice_.on)},
                                           {"count", absl::StrCat(notice_.records.size())}}));
    Outcome();
    if (!precheck_.papers.empty()) {
      Head("WINDOW_PRECHECK_PAPERS");
      Put(Papers());
    }
    Head("WINDOW_PRECHECK_RECORDS");
    Put(Records());
    NotAsked();
    Say(words_("WINDOW_PRECHECK_NO_FILING"));
    Say(words_("NOTICE_FREE"), true);
    Put(letter::Paragraph{
        .text = words_("NOTICE_ISSUER"), .align = letter::Align::kRight, .keep_with_next = true});
    Put(letter::Paragraph{.text = words_.Day(notice_.on), .align = letter::Align::kRight});
    return std::move(document_);
  }

 private:
  void Outcome() {
    if (precheck_.papers.empty()) return Say(words_("WINDOW_PRECHECK_NOTHING"), true);
    std::vector<std::string> lacking;
    for (const PrecheckedPaper& paper : precheck_.papers) {
      if (paper.state != PaperState::kPresent) lacking.push_back(words_.Names(paper.material));
    }
    Say(lacking.empty()
            ? words_("WINDOW_PRECHECK_COMPLETE")
            : words_("WINDOW_PRECHECK_LACKING",
                     {{"count", absl::StrCat(lacking.size())}, {"papers", words_.List(lacking)}}),
        true);
  }

  letter::Table Papers() const {
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                         {words_("NOTICE_COLUMN_MATERIAL"), 6.2},
                         {words_("NOTICE_COLUMN_USED_FOR"), 3.5},
                         {words_("WINDOW_COLUMN_STATE"), 6}},
                        {}};
    for (const PrecheckedPaper& paper : precheck_.papers) {
      table.rows.push_back({absl::StrCat(table.rows.size() + 1), words_.Names(paper.material),
                            paper.material.needed_by.empty() ? words_("WINDOW_PAPER_OF_AGENT")
                                                             : words_.NumbersOf(paper.material),
                            words_(KeyOf(paper.state))});
    }
    return table;
  }

  letter::Table Records() const {
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                         {words_("NOTICE_COLUMN_RECORD"), 6.2},
                         {words_("NOTICE_COLUMN_AUTHORITY"), 3.9},
                         {words_("NOTICE_COLUMN_VERDICT"), 2.8, letter::Align::kCentre},
                         {words_("NOTICE_COLUMN_EARLIEST"), 2.8, letter::Align::kCentre}},
                        {}};
    for (const NoticeRecord& record : notice_.records) {
      const Eligibility& eligibility = record.eligibility;
      const bool open = eligibility.verdict != catalogue::Verdict::kNotRepairable;
      table.rows.push_back(
          {absl::StrCat(table.rows.size() + 1), words_.Document(record.record),
           record.record.authority.name,
           words_(absl::StrCat("NOTICE_VERDICT_", catalogue::ToString(eligibility.verdict))),
           open && eligibility.earliest ? FormatDay(*eligibility.earliest)
                                        : words_("LETTER_UNKNOWN")});
    }
    return table;
  }

  void NotAsked() {
    if (precheck_.not_asked.empty()) return;
    Say(words_("WINDOW_PRECHECK_NOT_ASKED", {{"papers", words_.List(precheck_.not_asked)}}));
  }

  const Precheck& precheck_;
};

class FilingSlipWriter : SlipWriter {
 public:
  FilingSlipWriter(const FilingSlip& slip, const LetterWords& words)
      : SlipWriter(slip.notice, words, "WINDOW_SLIP_TITLE"),
        slip_(slip),
        application_(slip.view.application.application) {}

  letter::Document Write() {
    Put(letter::Form{
        {{{words_("WINDOW_SLIP_NUMBER"), application_.number}},
         {{words_("WINDOW_SLIP_CODE"), application_.query_code},
          {words_("WINDOW_SLIP_STATE"), StateInWords()}},
         {{words_("FORM_NAME"), notice_.subject_name}, {words_("FORM_USCC"), notice_.subject_uscc}},
         {{words_("WINDOW_SLIP_APPLICANT"), application_.applicant.name},
          {words_("WINDOW_SLIP_CAPACITY"), CapacityInWords()}},
         {{words_("WINDOW_SLIP_WINDOW"), slip_.window_name}},
         {{words_("WINDOW_SLIP_CLERK"), slip_.view.filing.desk.clerk},
          {words_("WINDOW_SLIP_TIME"), Minute(slip_.view.filing.filed)}}}});
    Power();
    Head("FORM_RECORDS");
    Put(Records());
    Head("WINDOW_SLIP_MATERIALS");
    Materials();
    Missing();
    for (const char* note : {"WINDOW_SLIP_QUERY", "WINDOW_SLIP_NOT_ACCEPTANCE"}) {
      Put(letter::Paragraph{.text = words_(note), .small = true});
    }
    // Nobody signs below nothing.
    Put(letter::Paragraph{
        .text = words_("NOTICE_FREE"), .strong = true, .small = true, .keep_with_next = true});
    Put(letter::Signature{{{words_("WINDOW_SLIP_SEAL"), ""},
                           {words_("WINDOW_SLIP_SIGNATURE"), ""},
                           {words_("FORM_DATE"), words_.Day(slip_.on)}}});
    return std::move(document_);
  }

 private:
  std::string StateInWords() const {
    return IsDraft(application_)
               ? words_("WINDOW_SLIP_DRAFT")
               : words_("WINDOW_SLIP_SUBMITTED", {{"time", Minute(application_.submitted)}});
  }
  std::string CapacityInWords() const {
    return words_(
        absl::StrCat("WINDOW_CAPACITY_", static_cast<int>(application_.applicant.capacity)));
  }

  void Power() {
    const std::optional<PowerOfAttorney>& power = slip_.view.power;
    if (!power) return;
    std::vector<std::string> acts;
    for (const Act act : power->acts) {
      acts.push_back(words_(absl::StrCat("WINDOW_ACT_", static_cast<int>(act))));
    }
    const std::string by = power->organisation_name.empty()
                               ? power->agent_name
                               : absl::StrCat(power->organisation_name, " ", power->agent_name);
    Put(letter::Form{{{{words_("WINDOW_SLIP_POWER"),
                        words_("WINDOW_SLIP_POWER_TEXT", {{"agent", by},
                                                          {"acts", words_.List(acts)},
                                                          {"from", FormatDay(power->valid_from)},
                                                          {"to", FormatDay(power->valid_to)}})}}}});
  }

  letter::Table Records() const {
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                         {words_("FORM_COLUMN_DOCUMENT"), 5},
                         {words_("NOTICE_COLUMN_AUTHORITY"), 4.2},
                         {words_("FORM_COLUMN_WHAT"), 6.5}},
                        {}};
    for (const NoticeRecord& record : notice_.records) {
      table.rows.push_back({absl::StrCat(table.rows.size() + 1), words_.Document(record.record),
                            record.record.authority.name, words_.Act(record.record)});
    }
    return table;
  }

  void Materials() {
    const std::vector<Material>& materials = slip_.view.application.materials;
    if (materials.empty()) return Say(words_("WINDOW_SLIP_NONE"));
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                         {words_("NOTICE_COLUMN_MATERIAL"), 5},
                         {words_("WINDOW_COLUMN_FILE"), 4.6},
                         {words_("WINDOW_COLUMN_TIME"), 3, letter::Align::kCentre},
                         {words_("WINDOW_COLUMN_DIGEST"), 3.1, letter::Align::kCentre}},
                        {}};
    for (const Material& material : materials) {
      table.rows.push_back({absl::StrCat(table.rows.size() + 1), NameOf(material.kind),
                            material.file_name, Minute(material.created),
                            HexEncode(material.sha256).substr(0, kDigestPrinted)});
    }
    Put(std::move(table));
  }

  void Missing() {
    if (slip_.missing.empty()) return;
    std::vector<std::string> names;
    for (const std::string& kind : slip_.missing) names.push_back(NameOf(kind));
    Say(words_("WINDOW_SLIP_MISSING",
               {{"count", absl::StrCat(names.size())}, {"papers", words_.List(names)}}),
        true);
  }

  // As those call it who ask for it; the catalogue's name of what nobody asks for.
  std::string NameOf(const std::string& kind) const {
    for (const NoticeMaterial& material : notice_.asked) {
      if (material.kind == kind) return words_.Names(material);
    }
    const auto known = slip_.material_names.find(kind);
    return known == slip_.material_names.end() ? kind : known->second;
  }

  const FilingSlip& slip_;
  const Application& application_;
};

}  // namespace

letter::Document PrecheckLetter(const Precheck& precheck, const LetterWords& words) {
  return PrecheckWriter(precheck, words).Write();
}

letter::Document SlipLetter(const FilingSlip& slip, const LetterWords& words) {
  return FilingSlipWriter(slip, words).Write();
}

absl::Status CheckWindowMessages(const catalogue::Messages& messages) {
  return messages.Require(kWindowKeys);
}

}  // namespace xiufu::intake
