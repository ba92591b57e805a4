#include "libs/letter/render.h"

#include <cairo-pdf.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/legal_day.h"
#include "libs/letter/frame.h"
#include "libs/letter/paginate.h"
#include "libs/letter/pieces.h"

namespace xiufu::letter {
namespace {

// A4 with the margins of official documents (GB/T 9704): 28 mm left, 26 mm right.
constexpr double kPageWidth = 210 * kMillimetre;
constexpr double kPageHeight = 297 * kMillimetre;
constexpr double kLeft = 28 * kMillimetre;
constexpr double kRight = 26 * kMillimetre;
constexpr double kTop = 30 * kMillimetre;
constexpr double kBottom = 30 * kMillimetre;
constexpr double kTextWidth = kPageWidth - kLeft - kRight;
constexpr double kTextHeight = kPageHeight - kTop - kBottom;
constexpr double kFooter = kPageHeight - 22 * kMillimetre;
constexpr double kFooterTextSize = 9;
constexpr double kPageNumberWidth = 90;

cairo_status_t Append(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

class PdfFile {
 public:
  explicit PdfFile(const Document& document)
      : surface_(cairo_pdf_surface_create_for_stream(Append, &bytes_, kPageWidth, kPageHeight),
                 cairo_surface_destroy),
        cairo_(cairo_create(surface_.get()), cairo_destroy) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE,
                                   document.title.c_str());
    // Cairo would take the time of day.
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                   FormatDay(document.day).c_str());
  }

  cairo_t* cairo() { return cairo_.get(); }

  absl::StatusOr<std::string> Finish() {
    cairo_surface_finish(surface_.get());
    for (cairo_status_t status :
         {cairo_status(cairo_.get()), cairo_surface_status(surface_.get())}) {
      if (status != CAIRO_STATUS_SUCCESS) {
        return absl::InternalError(absl::StrCat("cairo: ", cairo_status_to_string(status)));
      }
    }
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo_;
};

void DrawFooter(cairo_t* cairo, const Document& document, const Typesetter& typesetter, size_t page,
                size_t pages) {
  const std::string number = absl::StrReplaceAll(
      document.page_number, {{"{page}", absl::StrCat(page)}, {"{pages}", absl::StrCat(pages)}});
  Line(cairo, kLeft, kFooter, kLeft + kTextWidth, kFooter);
  Draw(cairo,
       typesetter.Set(document.footer, {.size = kFooterTextSize}, kTextWidth - kPageNumberWidth),
       kLeft, kFooter + 4);
  Draw(cairo,
       typesetter.Set(number, {.size = kFooterTextSize, .align = Align::kRight}, kPageNumberWidth),
       kLeft + kTextWidth - kPageNumberWidth, kFooter + 4);
}

}  // namespace

absl::StatusOr<std::string> RenderPdf(const Fonts& fonts, const Document& document) {
  const Typesetter typesetter(fonts);
  const absl::StatusOr<Pieces> pieces =
      PiecesOf(document.blocks, {&typesetter, kTextWidth, kTextHeight});
  if (!pieces.ok()) return pieces.status();
  const std::vector<Page> pages = Paginate(*pieces, kTextHeight);
  PdfFile file(document);
  for (size_t i = 0; i < pages.size(); ++i) {
    for (const Placed& placed : pages[i]) {
      if (placed.piece->draw) placed.piece->draw(file.cairo(), kLeft, kTop + placed.y);
    }
    DrawFooter(file.cairo(), document, typesetter, i + 1, pages.size());
    cairo_show_page(file.cairo());
  }
  return file.Finish();
}

}  // namespace xiufu::letter
