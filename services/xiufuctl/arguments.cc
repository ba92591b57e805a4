#include "services/xiufuctl/arguments.h"

#include <algorithm>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/xiufuctl/command.h"

namespace xiufu::ctl {
namespace {

bool IsOneOf(Arguments::Names names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

absl::StatusOr<Arguments> Arguments::Read(const std::vector<std::string>& args, Names options,
                                          Names switches, Names repeated) {
  Arguments read;
  for (size_t i = 0; i < args.size(); ++i) {
    if (!absl::StartsWith(args[i], "--")) {
      read.words_.push_back(args[i]);
      continue;
    }
    const std::string name = args[i].substr(2);
    if (IsOneOf(switches, name)) {
      read.switches_.insert(name);
    } else if (const bool again = IsOneOf(repeated, name); again || IsOneOf(options, name)) {
      const std::string* value = ++i < args.size() ? &args[i] : nullptr;
      if (absl::Status taken = read.TakeOption(name, value, again); !taken.ok()) return taken;
    } else {
      return absl::InvalidArgumentError(absl::StrCat("未知选项 / unknown option: --", name));
    }
  }
  return read;
}

absl::Status Arguments::TakeOption(const std::string& name, const std::string* value,
                                   bool repeated) {
  if (value == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("选项缺少值 / option without value: --", name));
  }
  if (repeated) {
    repeated_[name].push_back(*value);
  } else if (!options_.emplace(name, *value).second) {
    return absl::InvalidArgumentError(absl::StrCat("选项重复 / option given twice: --", name));
  }
  return absl::OkStatus();
}

bool Arguments::Has(const std::string& name) const {
  return options_.contains(name) || switches_.contains(name) || repeated_.contains(name);
}

std::string Arguments::Value(const std::string& name, const std::string& fallback) const {
  const auto found = options_.find(name);
  return found == options_.end() ? fallback : found->second;
}

std::vector<std::string> Arguments::Values(const std::string& name) const {
  const auto found = repeated_.find(name);
  return found == repeated_.end() ? std::vector<std::string>() : found->second;
}

int UsageError(absl::string_view usage, const absl::Status& why) {
  if (!why.ok()) std::cerr << why.message() << '\n';
  std::cerr << "用法 / usage:\n" << usage;
  return kExitUsage;
}

}  // namespace xiufu::ctl
