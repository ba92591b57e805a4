#include "services/routing/domain/order_number.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/mod31.h"

namespace xiufu::routing {

std::string OrderNumber(absl::string_view region, absl::CivilDay day, int64_t sequence) {
  const std::string body = absl::StrFormat("DB%s%04d%02d%02d%04d", std::string(region), day.year(),
                                           day.month(), day.day(), sequence);
  return absl::StrCat(body, std::string(1, Mod31CheckCharacter(body).value_or('0')));
}

}  // namespace xiufu::routing
