#include "libs/data/folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "libs/base/id.h"

namespace xiufu::data {
namespace {

std::vector<std::filesystem::path> ListTomlFiles(absl::string_view dir, Problems& problems) {
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  std::filesystem::directory_iterator at(std::string{dir}, error), end;
  for (; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".toml") paths.push_back(at->path());
  }
  if (error) {
    problems.Add(dir, 0, absl::StrCat("cannot read the folder: ", error.message()));
  } else if (paths.empty()) {
    problems.Add(dir, 0, "no .toml file in the folder");
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// People write these files: what is larger is something else.
constexpr uintmax_t kMaxBytes = 4 << 20;

// Why it is not read at all: waiting on a pipe or filling the memory would tell nobody.
std::string WhyNot(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (error || !std::filesystem::exists(status)) return "cannot read the file";
  if (!std::filesystem::is_regular_file(status)) return "not a file";
  const uintmax_t size = std::filesystem::file_size(path, error);
  return size > kMaxBytes ? absl::StrCat("larger than ", kMaxBytes, " bytes") : "";
}

File ReadOne(const std::filesystem::path& path, Problems& problems) {
  File file{path.string(), path.stem().string(), {}, {}};
  file.root.value = Node::Fields();
  if (const std::string why = WhyNot(path); !why.empty()) {
    problems.AddUnreadable(file.path, 0, why);
    return file;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (!in.good() && !in.eof()) {
    problems.AddUnreadable(file.path, 0, "cannot read the file");
    return file;
  }
  file.content = content.str();
  file.root = ParseFile(file.path, file.content, problems);
  return file;
}

}  // namespace

std::vector<File> ReadFolder(absl::string_view dir, Problems& problems) {
  std::vector<File> files;
  for (const auto& path : ListTomlFiles(dir, problems)) files.push_back(ReadOne(path, problems));
  return files;
}

const File* RequireFile(const std::vector<File>& files, absl::string_view dir,
                        absl::string_view stem, Problems& problems) {
  for (const File& file : files) {
    if (file.stem == stem) return &file;
  }
  problems.Add(absl::StrCat(dir, "/", stem, ".toml"), 0, "file missing");
  return nullptr;
}

std::string DigestOf(const std::vector<File>& files) {
  std::string digests;
  for (const File& file : files) {
    absl::StrAppend(&digests, Sha256(file.stem), Sha256(file.content));
  }
  return HexEncode(Sha256(digests));
}

}  // namespace xiufu::data
