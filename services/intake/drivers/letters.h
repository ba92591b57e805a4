#pragma once

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "libs/catalogue/help.h"
#include "libs/catalogue/messages.h"
#include "libs/letter/document.h"
#include "libs/letter/fonts.h"
#include "services/intake/app/read_filings.h"
#include "services/intake/domain/notice.h"
#include "services/intake/domain/precheck.h"
#include "services/intake/drivers/document_letter.h"

namespace xiufu::intake {

struct PrintedLetter {
  std::string file_name;
  std::string media_type;
  std::string content;
  std::string sha256;  // hex
};

// Makes letters and forms of notices and papers of applications: the same give the same bytes. Any
// thread; takes some tens of milliseconds of it. FAILED_PRECONDITION when the fonts are not
// installed, which is looked at again with the next letter; RESOURCE_EXHAUSTED for a letter that no
// answer could carry.
class Letters {
 public:
  // The QR code of a notice leads to `link`. The messages outlive it.
  Letters(const catalogue::Messages* messages, std::string link,
          std::string fonts = letter::kFontFolder)
      : messages_(messages), link_(std::move(link)), folder_(std::move(fonts)) {}

  absl::StatusOr<PrintedLetter> Print(const Notice& notice);
  // 信用修复告知书; of a notice about one record.
  absl::StatusOr<PrintedLetter> PrintOfRecord(const Notice& notice);
  // INVALID_ARGUMENT when no record of the notice asks for such a form.
  absl::StatusOr<PrintedLetter> PrintForm(const Notice& notice, catalogue::FormKind kind);
  // `results` and `progress_link` as in DocumentLetter.
  absl::StatusOr<PrintedLetter> Print(const FoundDocument& found, const ResultWordsByCase& results,
                                      const std::string& progress_link);

  // What windows hand out (window_letters.h).
  absl::StatusOr<PrintedLetter> PrintForms(const Notice& notice);
  absl::StatusOr<PrintedLetter> PrintPrecheck(const Precheck& precheck);
  absl::StatusOr<PrintedLetter> PrintSlip(const FilingSlip& slip);

  const catalogue::Messages& messages() const { return *messages_; }

 private:
  absl::StatusOr<PrintedLetter> Make(const letter::Document& document, std::string file_name);
  absl::StatusOr<std::shared_ptr<const letter::Fonts>> LoadedFonts();

  const catalogue::Messages* const messages_;
  const std::string link_;
  const std::string folder_;
  absl::Mutex mutex_;
  std::shared_ptr<const letter::Fonts> fonts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::intake
