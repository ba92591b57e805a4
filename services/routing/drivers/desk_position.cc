#include "services/routing/drivers/desk_position.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace xiufu::routing {

std::string PositionText(const DeskPosition& position) {
  return absl::StrCat(absl::ToUnixMillis(position.at), " ", position.id.ToString(), " ",
                      position.task.ToString(), " ", position.answer_id);
}

DeskPosition PositionOf(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, absl::MaxSplits(' ', 3));
  int64_t millis = 0;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[0], &millis)) return {};
  return {absl::FromUnixMillis(millis), Id::Parse(parts[1]).value_or(Id()),
          Id::Parse(parts[2]).value_or(Id()), parts[3]};
}

}  // namespace xiufu::routing
