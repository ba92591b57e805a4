#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/data/folder.h"

namespace xiufu::data {

// The files of a folder as one text, the same for the same files: for each its name and its size in
// bytes on a line, then its content.
std::string ArchiveOf(const std::vector<File>& files);

// The files of such a text. A text that is none, and syntax errors, go to `problems`.
std::vector<File> FilesOf(absl::string_view archive, Problems& problems);

}  // namespace xiufu::data
