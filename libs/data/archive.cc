#include "libs/data/archive.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace xiufu::data {
namespace {

constexpr absl::string_view kSuffix = ".toml";
constexpr char kArchiveName[] = "archive";

// Takes one file off the front; nothing when the text does not begin with one.
bool TakeFile(absl::string_view& archive, std::string& stem, std::string& content) {
  const size_t end = archive.find('\n');
  if (end == absl::string_view::npos) return false;
  const std::pair<absl::string_view, absl::string_view> head =
      absl::StrSplit(archive.substr(0, end), absl::MaxSplits(' ', 1));
  absl::string_view name = head.first;
  size_t size = 0;
  if (!absl::ConsumeSuffix(&name, kSuffix) || !absl::SimpleAtoi(head.second, &size)) return false;
  archive.remove_prefix(end + 1);
  if (archive.size() < size) return false;
  stem = std::string(name);
  content = std::string(archive.substr(0, size));
  archive.remove_prefix(size);
  return true;
}

}  // namespace

std::string ArchiveOf(const std::vector<File>& files) {
  std::string archive;
  for (const File& file : files) {
    absl::StrAppend(&archive, file.stem, kSuffix, " ", file.content.size(), "\n", file.content);
  }
  return archive;
}

std::vector<File> FilesOf(absl::string_view archive, Problems& problems) {
  std::vector<File> files;
  while (!archive.empty()) {
    File file;
    if (!TakeFile(archive, file.stem, file.content)) {
      problems.AddUnreadable(kArchiveName, 0, "not an archive of data files");
      return files;
    }
    file.path = absl::StrCat(kArchiveName, "/", file.stem, kSuffix);
    file.root = ParseFile(file.path, file.content, problems);
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace xiufu::data
