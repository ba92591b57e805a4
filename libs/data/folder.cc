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

File ReadOne(const std::filesystem::path& path, Problems& problems) {
  File file{path.string(), path.stem().string(), {}, {}};
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (!in.good() && !in.eof()) problems.Add(file.path, 0, "cannot read the file");
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
