#pragma once

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace xiufu {

// A folder of data files for one test, removed with it. A copy of a shipped folder can be spoilt at
// will.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "xiufu-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = pattern;
  }
  explicit TempFolder(const std::string& copy_of) : TempFolder() {
    std::filesystem::copy(copy_of, path_);
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::string path() const { return path_.string(); }
  std::string FilePath(const std::string& name) const { return (path_ / name).string(); }

  std::string Read(const std::string& name) const {
    std::ostringstream content;
    content << std::ifstream(path_ / name).rdbuf();
    return content.str();
  }
  void Write(const std::string& name, const std::string& content) {
    std::ofstream(path_ / name) << content;
  }
  void Append(const std::string& name, const std::string& content) {
    Write(name, Read(name) + content);
  }
  // Replaces the first occurrence and returns its line. Throws when there is none: the test would
  // prove nothing.
  int Replace(const std::string& name, const std::string& from, const std::string& to) {
    std::string content = Read(name);
    const size_t at = content.find(from);
    if (at == std::string::npos) throw std::runtime_error("not in " + name + ": " + from);
    content.replace(at, from.size(), to);
    Write(name, content);
    return static_cast<int>(std::count(content.begin(),
                                       content.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
           1;
  }
  void Remove(const std::string& name) { std::filesystem::remove(path_ / name); }

 private:
  std::filesystem::path path_;
};

}  // namespace xiufu
