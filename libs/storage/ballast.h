#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace xiufu::storage {

// A file beside the store that holds nothing but room: given up when the disk is full, so that
// checkpoints and what is under way can finish, and taken again as the proof that there is room
// once more.
class Ballast {
 public:
  Ballast(std::string path, int64_t bytes) : path_(std::move(path)), bytes_(bytes) {}
  // True when the room is held (always for 0 bytes).
  bool Take();
  void GiveUp();

 private:
  const std::string path_;
  const int64_t bytes_;
};

}  // namespace xiufu::storage
