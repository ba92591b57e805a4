#include <qrencode.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/letter/frame.h"
#include "libs/letter/pieces.h"

namespace xiufu::letter {
namespace {

constexpr double kQrSize = 28 * kMillimetre;
constexpr int kQuietZone = 4;  // modules, ISO/IEC 18004

// Dark modules as one path, so that no seams show between them.
void DrawModules(cairo_t* cairo, const QRcode& code, double x, double y) {
  const double module = kQrSize / (code.width + 2 * kQuietZone);
  for (int row = 0; row < code.width; ++row) {
    for (int column = 0; column < code.width; ++column) {
      if ((code.data[row * code.width + column] & 1) == 0) continue;
      cairo_rectangle(cairo, x + (column + kQuietZone) * module, y + (row + kQuietZone) * module,
                      module, module);
    }
  }
  cairo_fill(cairo);
}

}  // namespace

absl::StatusOr<Pieces> PiecesOf(const QrCode& code, const Bench& bench) {
  const std::shared_ptr<QRcode> encoded(QRcode_encodeString8bit(code.text.c_str(), 0, QR_ECLEVEL_M),
                                        QRcode_free);
  if (encoded == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("a text of ", code.text.size(), " bytes does not fit into a QR code"));
  }
  const double left = kQrSize + 3 * kCellPadding;
  const TextLayout caption =
      bench.typesetter->Set(code.caption, {.size = kCellTextSize}, bench.width - left);
  Piece piece;
  piece.height = std::max(kQrSize, HeightOf(caption));
  piece.space_before = 10;
  piece.draw = [encoded, caption, left, height = piece.height](cairo_t* cairo, double x, double y) {
    DrawModules(cairo, *encoded, x, y);
    Draw(cairo, caption, x + left, y + (height - HeightOf(caption)) / 2);
  };
  return Pieces{std::move(piece)};
}

}  // namespace xiufu::letter
