#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/data/node.h"
#include "libs/data/problems.h"

namespace xiufu::data {

// One TOML file of a folder.
struct File {
  std::string path;  // as complaints name it
  std::string stem;  // file name without ".toml"
  std::string content;
  Node root;
};

// The *.toml files of `dir` by name. A folder or file that cannot be read, a folder without any,
// and syntax errors go to `problems`.
std::vector<File> ReadFolder(absl::string_view dir, Problems& problems);

// nullptr and a complaint when `files` has no such stem.
const File* RequireFile(const std::vector<File>& files, absl::string_view dir,
                        absl::string_view stem, Problems& problems);

// SHA-256 in hex over names and contents, so that equal digests mean equal data.
std::string DigestOf(const std::vector<File>& files);

}  // namespace xiufu::data
