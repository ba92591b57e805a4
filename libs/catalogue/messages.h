#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace xiufu::catalogue {

// What people read: Chinese first, English beside it.
struct BilingualText {
  std::string zh;
  std::string en;
  friend bool operator==(const BilingualText&, const BilingualText&) = default;
};

// Fills "{name}" in a text.
struct MessageArg {
  MessageArg(absl::string_view name, absl::string_view both) : name(name), zh(both), en(both) {}
  MessageArg(absl::string_view name, absl::string_view zh, absl::string_view en)
      : name(name), zh(zh), en(en) {}
  std::string name;
  std::string zh;
  std::string en;
};

// Texts by key (deploy/messages). Thread-safe once loaded: nothing changes any more.
class Messages {
 public:
  Messages() = default;
  explicit Messages(std::map<std::string, BilingualText> texts) : texts_(std::move(texts)) {}

  // Reads messages.toml of `dir` and every other file there. INVALID_ARGUMENT lists everything
  // wrong, each with file:line: also keys whose two texts name different arguments, and a key that
  // two files have.
  static absl::StatusOr<Messages> Load(absl::string_view dir);

  // The texts with the arguments filled in. A missing key gives the key itself and a missing
  // argument stays as
  // "{name}": a timeline must not fail over a word. Check keys at start with Require().
  BilingualText Text(absl::string_view key, absl::Span<const MessageArg> args = {}) const;
  bool Contains(absl::string_view key) const;
  // Takes the texts of `others` over; the keys that were there already, which stay as they were.
  std::vector<std::string> Add(Messages others);
  // FAILED_PRECONDITION naming every key that is missing.
  absl::Status Require(absl::Span<const absl::string_view> keys) const;

 private:
  std::map<std::string, BilingualText> texts_;
};

}  // namespace xiufu::catalogue
