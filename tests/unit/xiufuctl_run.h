#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string error;
};

// Runs one command as main() does, and takes down what it prints.
inline Outcome RunFamily(const CommandFamily& family, const std::vector<std::string>& args) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.exit_code = family.run(args);
  outcome.error = testing::internal::GetCapturedStderr();
  outcome.out = testing::internal::GetCapturedStdout();
  return outcome;
}

}  // namespace xiufu::ctl
