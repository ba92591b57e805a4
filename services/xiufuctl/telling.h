#pragma once

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/xiufuctl/command.h"

namespace xiufu::ctl {

// How the commands tell an operator what came of it.

// Of an id as messages carry it; "" for none.
std::string IdText(const std::string& bytes);

// Says on stderr that it did not work, and each field that was wrong. Returns kExitFailed.
int Failed(const absl::Status& status);

// Says `done`, or that it did not work. Returns the exit code.
int Done(const absl::Status& status, const char* done);

// The exit code of what was printed: kExitFailed when stdout would not take it.
int Told();

// A list: for programs one object with the array `name`, for people one row after the other, or
// `none` when there are no rows.
template <typename Row>
int TellRows(const absl::StatusOr<std::vector<Row>>& rows, const char* name, const char* none,
             bool json, nlohmann::json (*to_json)(const std::type_identity_t<Row>&),
             void (*print)(const std::type_identity_t<Row>&)) {
  if (!rows.ok()) return Failed(rows.status());
  if (json) {
    nlohmann::json list = nlohmann::json::array();
    for (const Row& row : *rows) list.push_back(to_json(row));
    std::cout << nlohmann::json{{name, list}}.dump() << '\n';
  } else {
    for (const Row& row : *rows) print(row);
    if (rows->empty()) std::cout << none << '\n';
  }
  return Told();
}

}  // namespace xiufu::ctl
