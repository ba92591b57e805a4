#pragma once

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace xiufu::ctl {

// What follows a family's name: words, options ("--name value") and switches ("--name"), in any
// order.
class Arguments {
 public:
  using Names = std::initializer_list<absl::string_view>;

  // INVALID_ARGUMENT, worded for the operator, for a name that is in none of these, is given twice
  // without being in `repeated`, or lacks its value.
  static absl::StatusOr<Arguments> Read(const std::vector<std::string>& args, Names options,
                                        Names switches = {}, Names repeated = {});

  const std::vector<std::string>& words() const { return words_; }
  // "" when there are fewer words.
  std::string word(size_t index) const { return index < words_.size() ? words_[index] : ""; }
  bool Has(const std::string& name) const;
  std::string Value(const std::string& name, const std::string& fallback = "") const;
  // Of an option that may be given more than once, in the order in which it was.
  std::vector<std::string> Values(const std::string& name) const;

 private:
  absl::Status TakeOption(const std::string& name, const std::string* value, bool repeated);

  std::vector<std::string> words_;
  std::map<std::string, std::string> options_;
  std::map<std::string, std::vector<std::string>> repeated_;
  std::set<std::string> switches_;
};

// Says on stderr what is wrong, when that is known, and how the family is used.
int UsageError(absl::string_view usage, const absl::Status& why = absl::OkStatus());

}  // namespace xiufu::ctl
