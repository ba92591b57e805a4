#include "services/intake/drivers/letters.h"

#include <utility>

#include "libs/base/id.h"
#include "libs/base/legal_day.h"
#include "libs/letter/render.h"
#include "services/intake/drivers/form_letter.h"
#include "services/intake/drivers/letter_words.h"
#include "services/intake/drivers/notice_letter.h"
#include "services/intake/drivers/window_letters.h"

namespace xiufu::intake {
namespace {

// gRPC clients take 4 MiB unless they are told otherwise; the rest of the message is small.
constexpr size_t kMostBytes = (4 << 20) - (16 << 10);

}  // namespace

absl::StatusOr<PrintedLetter> Letters::Print(const Notice& notice) {
  const LetterWords words(messages_);
  return Make(
      NoticeLetter(notice, NoticeKind::kOneTime, words, link_),
      words("NOTICE_FILE", {{"uscc", notice.subject_uscc}, {"date", FormatDay(notice.on)}}));
}

absl::StatusOr<PrintedLetter> Letters::PrintOfRecord(const Notice& notice) {
  const LetterWords words(messages_);
  return Make(NoticeLetter(notice, NoticeKind::kOfRecord, words, link_),
              words("REPAIR_NOTICE_FILE", {{"uscc", notice.subject_uscc},
                                           {"document", words.Document(notice.records[0].record)},
                                           {"date", FormatDay(notice.on)}}));
}

absl::StatusOr<PrintedLetter> Letters::PrintForm(const Notice& notice, catalogue::FormKind kind) {
  const LetterWords words(messages_);
  const absl::StatusOr<letter::Document> document = FormLetter(notice, kind, words);
  if (!document.ok()) return document.status();
  return Make(*document, words("FORM_FILE", {{"form", document->title},
                                             {"uscc", notice.subject_uscc},
                                             {"date", FormatDay(notice.on)}}));
}

absl::StatusOr<PrintedLetter> Letters::Print(const FoundDocument& found,
                                             const ResultWordsByCase& results,
                                             const std::string& progress_link) {
  const LetterWords words(messages_);
  return Make(DocumentLetter(found, results, words, progress_link), DocumentFileName(found, words));
}

absl::StatusOr<PrintedLetter> Letters::PrintForms(const Notice& notice) {
  const LetterWords words(messages_);
  const absl::StatusOr<letter::Document> document = FormSetLetter(notice, words);
  if (!document.ok()) return document.status();
  return Make(*document, words("FORM_FILE", {{"form", document->title},
                                             {"uscc", notice.subject_uscc},
                                             {"date", FormatDay(notice.on)}}));
}

absl::StatusOr<PrintedLetter> Letters::PrintPrecheck(const Precheck& precheck) {
  const LetterWords words(messages_);
  const letter::Document document = PrecheckLetter(precheck, words);
  return Make(document, words("FORM_FILE", {{"form", document.title},
                                            {"uscc", precheck.notice.subject_uscc},
                                            {"date", FormatDay(precheck.notice.on)}}));
}

absl::StatusOr<PrintedLetter> Letters::PrintSlip(const FilingSlip& slip) {
  const LetterWords words(messages_);
  const letter::Document document = SlipLetter(slip, words);
  return Make(document, words("FORM_FILE", {{"form", document.title},
                                            {"uscc", slip.notice.subject_uscc},
                                            {"date", FormatDay(slip.on)}}));
}

absl::StatusOr<PrintedLetter> Letters::Make(const letter::Document& document,
                                            std::string file_name) {
  const absl::StatusOr<std::shared_ptr<const letter::Fonts>> fonts = LoadedFonts();
  if (!fonts.ok()) return fonts.status();
  absl::StatusOr<std::string> pdf = letter::RenderPdf(**fonts, document);
  if (!pdf.ok()) return pdf.status();
  if (pdf->size() > kMostBytes) {
    return absl::ResourceExhaustedError(
        "the letter is too large for one answer: name fewer records");
  }
  std::string digest = HexEncode(Sha256(*pdf));
  return PrintedLetter{std::move(file_name), "application/pdf", *std::move(pdf), std::move(digest)};
}

absl::StatusOr<std::shared_ptr<const letter::Fonts>> Letters::LoadedFonts() {
  const absl::MutexLock lock(&mutex_);
  if (fonts_ == nullptr) {
    absl::StatusOr<std::shared_ptr<const letter::Fonts>> loaded = letter::Fonts::Load(folder_);
    if (!loaded.ok()) return loaded.status();
    fonts_ = *std::move(loaded);
  }
  return fonts_;
}

}  // namespace xiufu::intake
