#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu {

// What other programs see in a PDF: poppler-utils and zbar-tools.
class PdfReader {
 public:
  explicit PdfReader(const std::string& content) {
    folder_.Write("letter.pdf", content);
    KeepForPeople(content);
  }

  // In reading order, without the form feeds between pages.
  std::string Text() const { return Run("pdftotext -enc UTF-8 {} -"); }
  std::string Text(int page) const {
    return Run(absl::StrCat("pdftotext -enc UTF-8 -f ", page, " -l ", page, " {} -"));
  }
  // Text with neither spaces nor line breaks: where lines break is no matter.
  std::string Words() const {
    std::string words;
    for (char c : Text()) {
      if (!isspace(static_cast<unsigned char>(c))) words.push_back(c);
    }
    return words;
  }
  int Pages() const { return std::stoi("0" + Run("pdfinfo {} | sed -n 's/^Pages: *//p'")); }
  std::string Fonts() const { return Run("pdffonts {} | tail -n +3"); }
  // Words that are not wholly within the margins of a page (28 mm left, 26 mm right), footer aside.
  std::string Outside() const {
    return Run(
        "pdftotext -enc UTF-8 -bbox {} - | sed -n 's/.*<word xMin=\"\\([0-9.]*\\)\" "
        "yMin=\"[0-9.]*\" xMax=\"\\([0-9.]*\\)\" yMax=\"\\([0-9.]*\\)\">\\(.*\\)<\\/word>.*/"
        "\\1 \\2 \\3 \\4/p' | awk '$1 < 79 || $2 > 522 || $3 > 815'");
  }
  std::string QrText() const {
    // zbarimg complains about pages without one.
    return Run(
        "pdftoppm -r 150 -png {} {}.page && { zbarimg --quiet --raw --nodbus {}.page*.png; true; "
        "}");
  }

 private:
  // For people to look at: XIUFU_KEEP_LETTERS=folder; by test, in the order in which it read them.
  static void KeepForPeople(const std::string& content) {
    const char* folder = std::getenv("XIUFU_KEEP_LETTERS");
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    if (folder == nullptr || test == nullptr) return;
    static int count = 0;
    const std::string path =
        absl::StrCat(folder, "/", test->name(), "_", absl::Dec(++count, absl::kZeroPad3), ".pdf");
    FILE* file = fopen(path.c_str(), "wb");
    if (file == nullptr) return;
    fwrite(content.data(), 1, content.size(), file);
    fclose(file);
  }
  // {}: the file.
  std::string Run(std::string command) const {
    const std::string file = folder_.FilePath("letter.pdf");
    for (size_t at = command.find("{}"); at != std::string::npos; at = command.find("{}")) {
      command.replace(at, 2, file);
    }
    FILE* pipe = popen(command.c_str(), "r");
    std::string out;
    std::array<char, 4096> chunk;
    size_t read = 0;
    while ((read = fread(chunk.data(), 1, chunk.size(), pipe)) > 0) out.append(chunk.data(), read);
    EXPECT_EQ(pclose(pipe), 0) << command;
    return out;
  }

  TempFolder folder_;
};

}  // namespace xiufu
